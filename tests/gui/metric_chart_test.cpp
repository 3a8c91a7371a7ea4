#include "widgets/metric_chart.h"

#include "widgets/theme.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QTableView>
#include <QWheelEvent>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"

namespace pretext {
namespace {

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

TEST(MetricChartTest, ASwitchMakesTheScaleLogarithmic) {
  MetricChart chart(QStringLiteral("Loss (nats)"));
  chart.show();
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), logarithmic scale"), Qt::Key_Space);
  EXPECT_TRUE(chart.hasLogScale());
  QTest::keyClick(named<QCheckBox>(chart, "Loss (nats), logarithmic scale"), Qt::Key_Space);
  EXPECT_FALSE(chart.hasLogScale());
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

  QWidget* plot = nullptr;
  for (auto* child : chart.findChildren<QWidget*>()) {
    if (child->inherits("QCustomPlot")) plot = child;
  }
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

}  // namespace
}  // namespace pretext
