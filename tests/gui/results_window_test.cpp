#include "app/main_window.h"
#include "app/pages/compare_curves.h"
#include "core/objective/simclr.h"
#include "core/store/metric_store.h"
#include "widgets/metric_chart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// Compare.
class ResultsWindowTest : public WindowFixture {};

TEST_F(ResultsWindowTest, ComparedCurvesGrowAndFollowTheMetric) {
  ingestSample();
  const auto run = leaveFinishedRun().run;
  Database other(folder.path());
  const auto log = [&](const char* key, std::int64_t step, double value) {
    MetricWriter writer(other, run, 1);
    writer.add(key, step, value);
    writer.flush();
  };
  log("train/loss", 1, 3.0);
  log("val/rankme", 1, 7.0);
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  QTest::keyClick(named<QCheckBox>(window, "Curves, as a table"), Qt::Key_Space);
  const auto* model = named<QTableView>(window, "Values of Curves")->model();
  const auto values = [&] {
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
      texts << model->index(row, 0).data().toString() + model->index(row, 2).data().toString();
    return texts;
  };
  const auto name = QString::fromStdString(RunStore(other).require(run).name);
  EXPECT_EQ(values(), QStringList({name + "3"}));
  log("train/loss", 2, 2.0);
  EXPECT_TRUE(QTest::qWaitFor([&] { return values() == QStringList({name + "3", name + "2"}); }));
  auto* metric = named<QComboBox>(window, "Metric");
  metric->setCurrentIndex(metric->findData("val/rankme"));
  Q_EMIT metric->activated(metric->currentIndex());
  EXPECT_EQ(values(), QStringList({name + "7"}));
  RunStore(other).rename(run, "renamed");
  EXPECT_TRUE(QTest::qWaitFor([&] { return values() == QStringList({"renamed7"}); }));
}

TEST_F(ResultsWindowTest, EveryMetricHasAChartOfItsOwn) {
  ingestSample();
  const auto run = leaveFinishedRun().run;
  Database other(folder.path());
  MetricWriter writer(other, run, 1);
  for (const auto* key : {"train/loss", "val/rankme", "val/std_ratio"}) writer.add(key, 1, 0.5);
  writer.flush();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  auto* metric = named<QComboBox>(window, "Metric");
  EXPECT_NE(metric->currentText(), "all of them") << "one, at first";
  metric->setFocus();
  QTest::keyClick(metric, Qt::Key_Home);
  ASSERT_EQ(metric->currentText(), "all of them");
  QTest::qWait(10);  // They are shown by the event loop.
  const auto shown = [&] {
    int count = 0;
    for (auto* chart : window.findChild<CompareCurves*>()->findChildren<MetricChart*>())
      count += chart->isVisible();
    return count;
  };
  EXPECT_EQ(shown(), 3);
  QTest::keyClick(metric, Qt::Key_Down);
  QTest::qWait(10);
  EXPECT_EQ(shown(), 1);
}

TEST_F(ResultsWindowTest, ALossAtChanceAndACollapseAreSaidInASentence) {
  ingestSample();
  const auto run = leaveFinishedRun().run;
  Database other(folder.path());
  const auto batch =
      Experiment::from_json(RunStore(other).require(run).settings()).integer("training.batch_size");
  const auto log = [&](const char* key, double value) {
    MetricWriter writer(other, run, 1);
    for (const std::int64_t step : {100, 300}) writer.add(key, step, value);
    writer.flush();
  };
  Workspace workspace(folder.path());
  MainWindow window(workspace, run);
  window.show();
  const auto isSaid = [&](const char* words) {
    for (auto* label : window.findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(words)) return true;
    return false;
  };
  log("train/loss", 0.9 * nt_xent_chance(batch));
  workspace.announceChange();
  EXPECT_FALSE(isSaid("The loss is at chance"));
  log("train/loss", 0.999 * nt_xent_chance(batch));
  workspace.announceChange();
  EXPECT_TRUE(isSaid("The loss is at chance"));
  log("train/loss", 1.2 * nt_xent_chance(batch));
  workspace.announceChange();
  EXPECT_TRUE(isSaid("The loss is above chance"));
  log("val/std_ratio", 0.01);
  workspace.announceChange();
  EXPECT_TRUE(isSaid("The representation has collapsed"));
}

TEST_F(ResultsWindowTest, RunsOfTwoObjectivesAreComparedByWhatEachHas) {
  ingestSample();
  {
    Database other(folder.path());
    const auto corpus = CorpusStore(other).require("drawn").id;
    Experiment classifier("finetune");
    classifier.set("objective.start", std::string("untrained"));
    WriteTransaction transaction(other);
    for (const auto& experiment : {Experiment(), classifier}) {
      const auto run = RunStore(other).insert(experiment, corpus);
      RunStore(other).set_progress(run, 1, 10, 1.0, 1.0);  // One that has not begun is not ticked.
    }
    transaction.commit();
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  QStringList texts;
  for (auto* table : window.findChildren<QTableWidget*>()) {
    if (!table->isVisible()) continue;
    for (int row = 0; row < table->rowCount(); ++row) {
      if (table->verticalHeaderItem(row)->text() != "objective.temperature") continue;
      for (int column = 0; column < 2; ++column) texts << table->item(row, column)->text();
    }
  }
  EXPECT_EQ(texts, QStringList({QStringLiteral("–"), QStringLiteral("0.1")}));
}

}  // namespace
}  // namespace pretext
