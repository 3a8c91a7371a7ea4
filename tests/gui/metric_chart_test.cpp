#include "widgets/metric_chart.h"

#include "widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QWheelEvent>
#include <QtTest>
#include <qcustomplot.h>

#include <gtest/gtest.h>

#include <cmath>

#include "tests/gui/named.h"

namespace pretext {
namespace {

QWidget* plotOf(MetricChart& chart) {
  for (auto* child : chart.findChildren<QWidget*>()) {
    if (child->inherits("QCustomPlot")) return child;
  }
  return nullptr;
}

TEST(MetricChartTest, ShowsItsSamplesAsATable) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.show();
  const int first = chart.addCurve("one", categoryColor(0));
  const int second = chart.addCurve("two", categoryColor(1));
  chart.appendSamples(first, std::vector<MetricSample>{{1, 0.9}, {2, 0.8}});
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), as a table"), Qt::Key_Space);
  auto* table = named<QTableView>(chart, "Values of Loss (nats)");
  ASSERT_NE(table, nullptr);
  chart.appendSamples(second, std::vector<MetricSample>{{1, 0.5}});
  const auto* model = table->model();
  ASSERT_EQ(model->rowCount(), 3);
  QStringList last;
  for (int column = 0; column < 3; ++column) last << model->index(2, column).data().toString();
  EXPECT_EQ(last, QStringList({"two", "1", "0.5"}));
  chart.clear();
  EXPECT_EQ(model->rowCount(), 0);
}

/// Of readings at the steps 0, 1, ….
std::vector<MetricBucket> bucketsOf(const std::vector<double>& values) {
  std::vector<MetricBucket> buckets;
  for (std::int64_t step = 0; step < std::ssize(values); ++step) {
    const MetricSample sample{step, values[static_cast<std::size_t>(step)]};
    if (step % MetricBucket::kSteps == 0) buckets.push_back({step, 0, 0.0, sample, sample, {}});
    auto& bucket = buckets.back();
    if (sample.value < bucket.low.value) bucket.low = sample;
    if (sample.value > bucket.high.value) bucket.high = sample;
    ++bucket.num_finite;
    bucket.mean += (sample.value - bucket.mean) / static_cast<double>(bucket.num_finite);
  }
  return buckets;
}

TEST(MetricChartTest, ALongCurveKeepsItsSpikesAndShowsEveryReadingOfWhatIsZoomedTo) {
  constexpr int kBuckets = 200;
  std::vector<double> values(kBuckets * MetricBucket::kSteps);
  for (std::size_t step = 0; step < values.size(); ++step) values[step] = (step * 7919) % 1000;
  values[30'123] = 5000.0;
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.resize(600, 400);
  chart.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&chart));
  const int curve = chart.addCurve("run", categoryColor(0));
  chart.setOverview(curve, {bucketsOf(values), [&](std::int64_t first, std::int64_t last) {
                              std::vector<MetricSample> samples;
                              for (auto step = first; step <= last; ++step)
                                samples.push_back({step, values[static_cast<std::size_t>(step)]});
                              return samples;
                            }});
  EXPECT_EQ(chart.lastStep(curve), kBuckets * MetricBucket::kSteps - 1);
  chart.appendSamples(curve, std::vector<MetricSample>{{51'300, 1.0}});
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), as a table"), Qt::Key_Space);
  const auto* model = named<QTableView>(chart, "Values of Loss (nats)")->model();
  EXPECT_EQ(model->rowCount(), 2 * kBuckets + 1);
  const auto hasStep = [&](const QString& step) {
    return !model->match(model->index(0, 1), Qt::DisplayRole, step, 1, Qt::MatchExactly).isEmpty();
  };
  EXPECT_TRUE(hasStep(QStringLiteral("30,123"))) << "the spike";
  EXPECT_FALSE(hasStep(QStringLiteral("30,124")));

  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), as a table"), Qt::Key_Space);
  auto* plot = plotOf(chart);
  ASSERT_TRUE(QTest::qWaitFor([&] { return plot->width() > 100; }));
  QTest::qWait(50);  // Laid out with its first painting.
  const QPointF middle(0.5 * plot->width(), 0.5 * plot->height());
  while (chart.shownSteps().second - chart.shownSteps().first > 6'000) {
    QWheelEvent wheel(middle, plot->mapToGlobal(middle), {}, {0, 120}, {}, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot, &wheel);
  }
  QTest::qWait(20);
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), as a table"), Qt::Key_Space);
  EXPECT_TRUE(hasStep(QLocale().toString(std::llround(chart.shownSteps().first) + 1)));
  EXPECT_TRUE(hasStep(QLocale().toString(std::llround(chart.shownSteps().second) - 1)));
  EXPECT_TRUE(hasStep(QStringLiteral("51,300"))) << "what came later stays";
  EXPECT_LT(model->rowCount(), 20'000);

  auto* whole = chart.findChild<QCustomPlot*>();
  // Moved there and back again, each reading in view is drawn once, in its place.
  for (const double way : {3'000.0, 3'000.0, -4'000.0, -4'000.0, 2'000.0}) {
    whole->xAxis->moveRange(way);
    QTest::qWait(20);
    const auto [low, high] = chart.shownSteps();
    std::vector<std::int64_t> drawn;
    for (const auto& point : *whole->graph(0)->data()) {
      if (point.key > low && point.key < high) drawn.push_back(std::llround(point.key));
    }
    ASSERT_FALSE(drawn.empty());
    EXPECT_EQ(std::ssize(drawn), drawn.back() - drawn.front() + 1);
    EXPECT_TRUE(std::ranges::is_sorted(drawn)) << "moved by " << way;
  }

  // What is copied is all there is.
  for (auto* action : plot->actions()) {
    if (action->text() == "Copy the &values") action->trigger();
  }
  EXPECT_EQ(QGuiApplication::clipboard()->text().count('\n'), 1 + std::ssize(values) + 1);
  QTest::mouseDClick(plot, Qt::LeftButton, {}, middle.toPoint());
  QTest::qWait(20);
  EXPECT_EQ(model->rowCount(), 2 * kBuckets + 1) << "the overview again";
}

TEST(MetricChartTest, ASwitchMakesTheScaleLogarithmic) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.show();
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), logarithmic scale"), Qt::Key_Space);
  EXPECT_TRUE(chart.hasLogScale());
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), logarithmic scale"), Qt::Key_Space);
  EXPECT_FALSE(chart.hasLogScale());
}

TEST(MetricChartTest, StepsHaveALogarithmicScaleTooAndBack) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.show();
  const int curve = chart.addCurve("run", categoryColor(0));
  chart.appendSamples(curve, std::vector<MetricSample>{{0, 2.0}, {1, 1.0}, {10, 0.5}, {1000, 0.2}});
  chart.setLogPlaces(true);
  EXPECT_GT(chart.shownSteps().first, 0.0) << "what a logarithm has no place for";
  EXPECT_LT(chart.shownSteps().first, 1.0);
  EXPECT_GT(chart.shownSteps().second, 1000.0);
  chart.setLogPlaces(false);
  EXPECT_LT(chart.shownSteps().first, 0.0);
}

TEST(MetricChartTest, NewSamplesLeaveTheViewThatAPersonChose) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.resize(600, 400);
  chart.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&chart));
  const int curve = chart.addCurve("run", categoryColor(0));
  std::vector<MetricSample> samples;
  for (int step = 0; step < 100; ++step) samples.push_back({step, 1.0 / (1 + step)});
  chart.appendSamples(curve, samples);
  chart.appendSamples(curve, std::vector<MetricSample>{{100, 0.0}});
  EXPECT_GE(chart.shownSteps().second, 100.0) << "it follows the run";

  auto* plot = plotOf(chart);
  ASSERT_NE(plot, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return plot->width() > 100; }));
  QTest::qWait(50);  // Laid out with its first painting.
  const QPointF middle(0.5 * plot->width(), 0.5 * plot->height());
  const auto whole = chart.shownSteps();
  const auto turn = [&](Qt::KeyboardModifiers modifiers) {
    QWheelEvent wheel(middle, plot->mapToGlobal(middle), {}, {0, 120}, {}, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot, &wheel);
  };
  turn(Qt::NoModifier);
  EXPECT_EQ(chart.shownSteps(), whole) << "it scrolls the page";
  turn(Qt::ControlModifier);
  const auto zoomed = chart.shownSteps();
  EXPECT_LT(zoomed.second, 100.0);
  chart.appendSamples(curve, std::vector<MetricSample>{{200, 0.0}});
  EXPECT_EQ(chart.shownSteps(), zoomed);
  QTest::mouseDClick(plot, Qt::LeftButton, {}, middle.toPoint());
  EXPECT_GE(chart.shownSteps().second, 200.0);
}

TEST(MetricChartTest, AReadingThatIsNotFiniteIsAGapAndTheCurveGoesOn) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.show();
  const int curve = chart.addCurve("run", categoryColor(0));
  chart.appendSamples(curve, std::vector<MetricSample>{{1, 0.9}, {2, qQNaN()}, {3, qInf()}});
  EXPECT_EQ(chart.lastStep(curve), 3) << "or what follows would be read again";
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), as a table"), Qt::Key_Space);
  const auto* model = named<QTableView>(chart, "Values of Loss (nats)")->model();
  ASSERT_EQ(model->rowCount(), 3);
  EXPECT_EQ(model->index(1, 2).data().toString().toLower(), "nan");
  EXPECT_EQ(model->index(2, 2).data().toString().toLower(), "nan");
}

TEST(MetricChartTest, TheCrosshairTellsValuesAndLetsOthersFollow) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.resize(600, 400);
  chart.show();
  const int curve = chart.addCurve("run", categoryColor(0));
  chart.appendSamples(curve, std::vector<MetricSample>{{1, 4.0}, {2, 2.0}, {3, 0.0}});
  const auto readout = [&] {
    QString all;
    for (const auto* label : chart.findChildren<QLabel*>()) all += label->text() + '|';
    return all;
  };
  chart.pointAt(2.4);
  EXPECT_TRUE(readout().contains("step 2  2|")) << readout().toStdString();
  chart.setSmoothing(0.5);
  chart.pointAt(2.4);
  EXPECT_TRUE(readout().contains("step 2  2|")) << "three readings are not smoothed";
  std::vector<MetricSample> more;
  for (int step = 4; step <= 100; ++step) more.push_back({step, 0.0});
  chart.appendSamples(curve, more);
  // (0.25 * 4 + 0.5 * 2) / 0.75: the weights of a start at nothing are corrected.
  chart.pointAt(2.4);
  EXPECT_TRUE(readout().contains("step 2  2.667|")) << readout().toStdString();
  chart.pointAt(4);
  EXPECT_TRUE(readout().contains("step 4  0.5333|")) << readout().toStdString();
  chart.pointAt(qQNaN());
  EXPECT_FALSE(readout().contains("step")) << readout().toStdString();

  QSignalSpy pointed(&chart, &MetricChart::pointed);
  QTest::mouseMove(plotOf(chart), QPoint(300, 150));
  ASSERT_TRUE(pointed.count() > 0 || pointed.wait(1000));
  EXPECT_GT(pointed.last().at(0).toDouble(), 1.0);
  QEvent leave(QEvent::Leave);
  QCoreApplication::sendEvent(plotOf(chart), &leave);
  EXPECT_TRUE(std::isnan(pointed.last().at(0).toDouble()));
}

TEST(MetricChartTest, DraggingZoomsToARectangle) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.resize(600, 400);
  chart.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&chart));
  const int curve = chart.addCurve("run", categoryColor(0));
  chart.appendSamples(curve, std::vector<MetricSample>{{0, 1.0}, {50, 0.5}, {100, 0.0}});
  auto* plot = plotOf(chart);
  ASSERT_TRUE(QTest::qWaitFor([&] { return plot->width() > 100; }));
  QTest::qWait(50);  // Laid out with its first painting.
  const auto whole = chart.shownSteps();
  const QPoint begin(plot->width() / 3, plot->height() / 3);
  const QPoint end(plot->width() / 2, plot->height() / 2);
  const auto drag = [&](Qt::KeyboardModifiers modifiers) {
    QTest::mousePress(plot, Qt::LeftButton, modifiers, begin);
    for (const auto& place : {(begin + end) / 2, end}) {
      QMouseEvent move(QEvent::MouseMove, place, plot->mapToGlobal(place), Qt::NoButton,
                       Qt::LeftButton, modifiers);
      QCoreApplication::sendEvent(plot, &move);
    }
    QTest::mouseRelease(plot, Qt::LeftButton, modifiers, end);
  };
  drag(Qt::NoModifier);
  const auto zoomed = chart.shownSteps();
  EXPECT_GT(zoomed.first, whole.first);
  EXPECT_LT(zoomed.second, whole.second);
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), logarithmic scale"), Qt::Key_Space);
  EXPECT_EQ(chart.shownSteps(), zoomed) << "the other axis's scale leaves the steps";
  drag(Qt::ShiftModifier);
  EXPECT_LT(chart.shownSteps().first, zoomed.first);
  EXPECT_NEAR(chart.shownSteps().second - chart.shownSteps().first, zoomed.second - zoomed.first,
              1e-6);
}

}  // namespace
}  // namespace pretext
