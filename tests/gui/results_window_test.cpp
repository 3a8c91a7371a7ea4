#include "app/main_window.h"
#include "core/store/metric_store.h"
#include "widgets/embedding_scatter.h"
#include "widgets/thumbnail_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// Embeddings and Compare.
class ResultsWindowTest : public WindowFixture {};

TEST_F(ResultsWindowTest, EmbeddingsShowTheirClassesAndAClickedPointItsNeighbours) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  leaveFinishedRun();  // Newer, but without points: the page opens on the one that has some.
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kEmbeddings);
  auto* classes = named<QListWidget>(window, "Classes");
  ASSERT_NE(classes, nullptr);
  ASSERT_EQ(classes->count(), 13);  // The sample's twelve, and all of them.
  auto* scatter = named<EmbeddingScatter>(window, "Embedding scatter");
  ASSERT_NE(scatter, nullptr);
  const auto before = scatter->grab().toImage();
  QTest::mouseClick(classes->viewport(), Qt::LeftButton, {},
                    classes->visualItemRect(classes->item(2)).center());
  EXPECT_EQ(classes->currentRow(), 2);
  EXPECT_NE(scatter->grab().toImage(), before);

  QPoint place(-1, -1);
  for (int x = 0; x < scatter->width() && place.x() < 0; x += 4) {
    for (int y = 0; y < scatter->height() && place.x() < 0; y += 4) {
      if (scatter->sampleAt(QPointF(x, y)) == 23) place = {x, y};
    }
  }
  ASSERT_GE(place.x(), 0);
  QTest::mouseClick(scatter, Qt::LeftButton, {}, place);
  auto* neighbours = named<QListView>(window, "Nearest neighbours")->model();
  EXPECT_EQ(neighbours->rowCount(), 12);
  const auto ofPoint = neighbours->index(0, 0).data(ThumbnailModel::kPositionRole);

  // The same points as a table, where a click does the same.
  QTest::keyClick(named<QCheckBox>(window, "Embeddings, as a table"), Qt::Key_Space);
  auto* table = named<QTableView>(window, "Embeddings");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->model()->rowCount(), 60);
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                    table->visualRect(table->model()->index(1, 0)).center());
  EXPECT_EQ(neighbours->rowCount(), 12);
  EXPECT_NE(neighbours->index(0, 0).data(ThumbnailModel::kPositionRole), ofPoint);
}

TEST_F(ResultsWindowTest, EmbeddingsStayWhenARunAppears) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  leaveFinishedRun();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kEmbeddings);
  auto* run = named<QComboBox>(window, "Run");
  ASSERT_NE(run, nullptr);
  ASSERT_EQ(run->currentData().toLongLong(), 1);
  named<QListWidget>(window, "Classes")->setCurrentRow(2);
  leaveFinishedRun();
  ASSERT_TRUE(QTest::qWaitFor([&] { return run->count() == 3; }));
  QTest::qWait(100);
  EXPECT_EQ(run->currentData().toLongLong(), 1);
  EXPECT_EQ(named<QListWidget>(window, "Classes")->currentRow(), 2);
}

TEST_F(ResultsWindowTest, EmbeddingsThatAreMissingAreAskedForByTheirButton) {
  ingestSample();
  Workspace workspace(folder.path());
  const auto run = leaveFinishedRun().run;
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kEmbeddings);
  auto* compute = named<QPushButton>(window, "Compute embeddings");
  ASSERT_NE(compute, nullptr);
  QTest::mouseClick(compute, Qt::LeftButton);
  const auto job = JobStore(workspace.database()).find(2);  // After the run's own.
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->kind, "embed");
  EXPECT_EQ(job->run_id, run);
}

TEST_F(ResultsWindowTest, StaleEmbeddingsAreComputedAnewByTheButton) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kEmbeddings);
  const auto compute = [&] { return named<QPushButton>(window, "Compute embeddings"); };
  EXPECT_EQ(compute(), nullptr) << "nothing is newer than what is shown";
  {
    Database other(folder.path());
    WriteTransaction transaction(other);
    RunStore(other).add_checkpoint(
        {.run_id = finished.run, .step = 20, .epoch = 2, .path = "none", .sha256 = ""}, 1);
    transaction.commit();
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return compute() != nullptr; }));
  QTest::mouseClick(compute(), Qt::LeftButton);
  EXPECT_EQ(compute(), nullptr) << "they are under way";
  const auto job = JobStore(workspace.database()).find(2);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->kind, "embed");
}

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
