#include "widgets/plot_export.h"

#include "core/base/error.h"
#include "core/store/run_store.h"
#include "widgets/curve_axis.h"
#include "widgets/metric_chart.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QImage>
#include <QTableWidget>
#include <QtTest>
#include <qcustomplot.h>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

QByteArray read(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TEST(PlotExportTest, AChartIsWrittenInEachForm) {
  const TemporaryFolder folder;
  MetricChart chart(QStringLiteral("Loss"));
  chart.resize(400, 300);
  chart.setSmoothing(0.5);
  const int same = chart.addCurve("one, \"first\"", Qt::red);  // Another run of that name.
  chart.appendSamples(same, std::vector<MetricSample>{{1, 9.0, 0}});
  chart.show();
  QTest::qWait(10);
  const int curve = chart.addCurve("one, \"first\"", Qt::blue);
  const MetricSample samples[] = {{1, 2.5, 0}, {2, 1.25, 0}};
  chart.appendSamples(curve, samples);
  auto* plot = chart.findChild<QCustomPlot*>();
  const auto file = [&](const char* name) {
    return QString::fromStdString((folder.path() / name).string());
  };
  for (const auto* name : {"a.png", "a.svg", "a.pdf", "a.csv"}) exportPlot(*plot, file(name));
  EXPECT_GT(QImage(file("a.png")).width(), 400);
  EXPECT_TRUE(read(file("a.svg")).contains("<svg"));
  EXPECT_TRUE(read(file("a.pdf")).startsWith("%PDF"));
  EXPECT_EQ(read(file("a.csv")),
            "curve,x,y\n\"one, \"\"first\"\"\",1,9\n"
            "\"one, \"\"first\"\"\",1,2.5\n\"one, \"\"first\"\"\",2,1.25\n");
  EXPECT_THROW(exportPlot(*plot, file("a.bmp")), UserError);
  EXPECT_THROW(exportPlot(*plot, file("none/a.csv")), UserError);
}

TEST(PlotExportTest, ATableIsCopiedByItsKeys) {
  QTableWidget table(2, 2);
  table.setHorizontalHeaderLabels({"a", "b"});
  int number = 0;
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 2; ++column)
      table.setItem(row, column, new QTableWidgetItem(QString::number(number++)));
  EXPECT_EQ(tableText(table), "a\tb\n0\t1\n2\t3");
  offerCopy(table);
  table.show();
  table.setFocus();
  table.item(1, 1)->setSelected(true);
  for (auto* action : table.actions()) action->trigger();
  EXPECT_EQ(QApplication::clipboard()->text(), "b\n3");
}

TEST(CurveAxisTest, PlacesReadingsByEpochSamplesAndTime) {
  RunRecord run;
  run.total_steps = 100;
  Experiment experiment;
  experiment.set("training.batch_size", std::int64_t{32});
  experiment.set("training.epochs", std::int64_t{5});
  run.spec = experiment.to_json();
  const MetricSample sample{.step = 40, .value = 1.0, .wall_ms = 12'500};
  const auto at = [&](CurveAxis axis, const std::vector<CheckpointRecord>& checkpoints = {}) {
    return CurveScale(axis, run, checkpoints, 10'000).at(sample);
  };
  EXPECT_DOUBLE_EQ(CurveScale().at(sample), 40.0);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kStep), 40.0);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kEpoch), 2.0);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kEpoch, {{.step = 10, .epoch = 1.0}}), 4.0);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kSamples), 1280.0);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kElapsed), 2.5);
  EXPECT_DOUBLE_EQ(at(CurveAxis::kWallTime), 12.5);
  EXPECT_EQ(placeText(CurveAxis::kElapsed, 3725.0), "1:02:05");
}

TEST(CurveAxisTest, AChartOverTimeStillKnowsItsLastStep) {
  RunRecord run;
  run.spec = Experiment().to_json();
  MetricChart chart(QStringLiteral("Loss"));
  chart.setAxis(CurveAxis::kElapsed);
  const int curve =
      chart.addCurve("run", Qt::blue, CurveScale(CurveAxis::kElapsed, run, {}, 1'000));
  const MetricSample samples[] = {{7, 2.5, 2'000}, {9, 1.25, 61'000}};
  chart.appendSamples(curve, samples);
  EXPECT_EQ(chart.lastStep(curve), 9);
  EXPECT_GE(chart.shownSteps().second, 60.0);
}

}  // namespace
}  // namespace pretext
