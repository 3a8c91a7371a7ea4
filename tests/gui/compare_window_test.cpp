#include "app/main_window.h"
#include "core/store/metric_store.h"
#include "widgets/parallel_plot.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// Three runs: two of the rate 0.01 with other seeds, one of 0.1. Their last losses: 1, 3, 5.
class CompareWindowTest : public WindowFixture {
 protected:
  void leaveRuns() {
    ingestSample();
    Database other(folder.path());
    const auto corpus = CorpusStore(other).require("drawn").id;
    for (int i = 0; i < 3; ++i) {
      Experiment experiment;
      experiment.set("seed", std::int64_t{i});
      experiment.set("training.learning_rate", i < 2 ? 0.01 : 0.1);
      WriteTransaction transaction(other);
      const auto run = RunStore(other).insert(experiment, corpus);
      RunStore(other).set_progress(run, 2, 2, 1.0, 1.0);
      RunStore(other).set_status(run, "finished", "");
      transaction.commit();
      MetricWriter writer(other, run, 1);
      writer.add("train/loss", 1, 10.0);
      writer.add("train/loss", 2, 1.0 + 2.0 * i);
      writer.flush();
    }
  }
  static void tickAll(MainWindow& window) {
    auto* runs = named<QListWidget>(window, "Runs to compare");
    for (int row = 0; row < runs->count(); ++row) runs->item(row)->setCheckState(Qt::Checked);
  }
};

TEST_F(CompareWindowTest, RunsAlikeButForTheirSeedsBecomeTheirMean) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  QTest::keyClick(named<QCheckBox>(window, "Curves, as a table"), Qt::Key_Space);
  const auto* model = named<QTableView>(window, "Values of Curves")->model();
  EXPECT_EQ(model->rowCount(), 6);
  QTest::keyClick(named<QCheckBox>(window, "Mean over seeds"), Qt::Key_Space);
  QStringList values;
  for (int row = 0; row < model->rowCount(); ++row)
    values << model->index(row, 2).data().toString();
  values.sort();
  EXPECT_EQ(values, QStringList({"10", "10", "2", "5"})) << values.join(' ').toStdString();
}

TEST_F(CompareWindowTest, ABrushKeepsTheRunsThatPassThere) {
  leaveRuns();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  named<QTabWidget>(window, "What differs between the runs")->setCurrentIndex(1);
  QTest::qWait(10);
  auto* plot = named<ParallelPlot>(window, "Parallel coordinates");
  ASSERT_NE(plot, nullptr);
  EXPECT_EQ(plot->brushed().size(), 3u);
  const int loss = 2;  // After the seed and the rate.
  const auto low = plot->placeOf(loss, 1.0).toPoint() + QPoint(0, 4);
  const auto middle = plot->placeOf(loss, 3.0).toPoint() - QPoint(0, 4);
  QTest::mousePress(plot, Qt::LeftButton, {}, low);
  QTest::mouseMove(plot, middle);
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle);
  EXPECT_EQ(plot->brushed(), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(named<QLabel>(window, "Brushed runs")->text(), "2 of 3 runs pass");
  QTest::keyClick(plot, Qt::Key_Escape);
  EXPECT_EQ(plot->brushed().size(), 3u);
  QTest::mousePress(plot, Qt::LeftButton, {}, low);
  QTest::mouseMove(plot, middle);
  QTest::mouseRelease(plot, Qt::LeftButton, {}, middle);
  QTest::mouseClick(named<QPushButton>(window, "Keep only the brushed runs"), Qt::LeftButton);
  const auto* runs = named<QListWidget>(window, "Runs to compare");
  EXPECT_EQ(runs->item(0)->checkState(), Qt::Unchecked) << "run 3";
  EXPECT_EQ(runs->item(1)->checkState(), Qt::Checked);
  EXPECT_EQ(runs->item(2)->checkState(), Qt::Checked);
}

TEST_F(CompareWindowTest, BaselinesComeFirstAndWhatDiffersIsSearched) {
  leaveRuns();
  {
    Database other(folder.path());
    RunStore(other).set_tags(1, {"baseline"});
    for (const int run : {1, 3}) {
      ResultStore(other).add_evaluation(run, {.step = 2,
                                              .kind = "linear",
                                              .baseline = "trained",
                                              .split = "test",
                                              .protocol = "p",
                                              .accuracy = run == 1 ? 0.5 : 0.625,
                                              .corpus_id = 1});
    }
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCompare);
  tickAll(window);
  const auto* table = named<QTableWidget>(window, "What differs");
  EXPECT_TRUE(table->horizontalHeaderItem(0)->text().endsWith("(baseline)"));
  QStringList accuracies;
  const int last = table->rowCount() - 1;
  for (int column = 0; column < 3; ++column) accuracies << table->item(last, column)->text();
  EXPECT_EQ(accuracies, QStringList({"50.0 %", "62.5 %  (+12.5)", ""}));
  auto* search = named<QLineEdit>(window, "Search what differs");
  QTest::keyClicks(search, "rate");
  QStringList shown;
  for (int row = 0; row < table->rowCount(); ++row) {
    if (!table->isRowHidden(row)) shown << table->verticalHeaderItem(row)->text();
  }
  EXPECT_EQ(shown, QStringList({"training.learning_rate"}));
}

}  // namespace
}  // namespace pretext
