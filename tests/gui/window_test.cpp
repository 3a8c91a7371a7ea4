#include "app/ingest_worker.h"
#include "app/main_window.h"
#include "app/pages/corpora_page.h"
#include "app/pages/views_page.h"
#include "app/sample_ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/store/job_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/embedding_scatter.h"
#include "widgets/thumbnail_model.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>

#include <gtest/gtest.h>

#include <fstream>

#include "tests/gui/named.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

class WindowTest : public ::testing::Test {
 protected:
  WindowTest() {
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
  }

  void ingestSample() {
    Database database(folder.path());
    const auto source = draw_sample_images(120, 1);
    ingest_images(database, {source.get()}, {.name = "drawn"});
  }

  struct FinishedRun {
    std::int64_t run;
    std::int64_t checkpoint;
  };
  /// A run with a checkpoint, as an engine leaves it.
  FinishedRun leaveFinishedRun() {
    Database database(folder.path());
    RunStore runs(database);
    Experiment experiment;
    experiment.set("corpus", std::string("drawn"));
    const auto run =
        JobStore(database).submit_run(experiment, CorpusStore(database).require("drawn").id);
    experiment.set("views.size", std::int64_t{32});
    runs.set_resolved(run, experiment.to_json(), 10, "cpu", "{}");
    WriteTransaction transaction(database);
    runs.set_progress(run, 10, 10, 1.0, 100.0);
    const auto checkpoint = runs.add_checkpoint(
        {.run_id = run, .step = 10, .epoch = 1, .path = "none", .sha256 = ""}, 1);
    transaction.commit();
    JobStore(database).control(run, RunCommand::kStop);
    return {run, checkpoint};
  }

  /// Points of its checkpoint at step 10, ten a row.
  void leaveEmbeddings(const FinishedRun& finished) {
    Database other(folder.path());
    Projection projection{.method = "pca", .step = 10, .positions = {}, .coordinates = {}};
    Embeddings embeddings{
        .checkpoint_id = finished.checkpoint, .dimensions = 2, .positions = {}, .rows = {}};
    for (int i = 0; i < 60; ++i) {
      projection.positions.push_back(i);
      embeddings.positions.push_back(i);
      const auto x = static_cast<float>(i % 10);
      const auto y = static_cast<float>(i / 10);
      for (auto* values : {&projection.coordinates, &embeddings.rows}) {
        values->push_back(x);
        values->push_back(y);
      }
    }
    ResultStore results(other);
    results.add_projection(finished.run, finished.checkpoint, projection);
    results.set_embeddings(finished.run, CorpusStore(other).require("drawn").id, embeddings);
  }

  TemporaryFolder folder;
};

TEST_F(WindowTest, AnEmptyWorkspaceStartsWithWhatOneCanDo) {
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  EXPECT_NE(named<QPushButton>(window, "Open a folder…"), nullptr);
  EXPECT_NE(named<QPushButton>(window, "Try the sample"), nullptr);
  window.goTo(MainWindow::kRuns);
  EXPECT_NE(named<QPushButton>(window, "New run…"), nullptr);
}

/// Waits until a button is there and can be clicked.
QPushButton* clickable(QWidget& window, const QString& name) {
  for (int i = 0; i < 200; ++i) {
    auto* button = named<QPushButton>(window, name);
    if (button && button->isEnabled()) return button;
    QTest::qWait(25);
  }
  return nullptr;
}

TEST_F(WindowTest, AFolderIsLookedAtThenIngestedThenUpdated) {
  const auto source = folder.path() / "pictures";
  for (const auto* kind : {"cats", "dogs"}) {
    std::filesystem::create_directories(source / kind);
    for (int i = 0; i < 12; ++i) {
      QImage picture(40, 30, QImage::Format_RGB888);
      picture.fill(QColor(10 * i, kind[0], 90));
      picture.save(QString::fromStdString((source / kind / (std::to_string(i) + ".png")).string()));
    }
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* page = window.findChild<CorporaPage*>();
  page->open(QString::fromStdString(source.string()));
  auto* ingest = clickable(window, "Ingest");
  ASSERT_NE(ingest, nullptr);
  EXPECT_TRUE(CorpusStore(workspace.database()).list().empty());  // Nothing before it is asked for.
  EXPECT_EQ(named<QLineEdit>(window, "Name of the corpus")->text(), "pictures");
  QSignalSpy ended(page->findChild<IngestWorker*>(), &IngestWorker::ended);
  QTest::mouseClick(ingest, Qt::LeftButton);
  ASSERT_TRUE(ended.wait(10000));
  const auto first = CorpusStore(workspace.database()).require("pictures");
  EXPECT_EQ(first.num_samples, 24);
  EXPECT_EQ(first.classes, (std::vector<std::string>{"cats", "dogs"}));

  page->open(QString::fromStdString(source.string()));
  ingest = clickable(window, "Ingest");
  ASSERT_NE(ingest, nullptr);
  EXPECT_EQ(ingest->text(), "&Update");
  QTest::mouseClick(ingest, Qt::LeftButton);
  ASSERT_TRUE(ended.wait(10000));
  EXPECT_EQ(CorpusStore(workspace.database()).require("pictures").version, 2);
}

TEST_F(WindowTest, AFolderWithoutImagesIsExplainedAndCannotBeIngested) {
  std::filesystem::create_directories(folder.path() / "programs");
  std::ofstream(folder.path() / "programs" / "a.bin") << "no image";
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  window.findChild<CorporaPage*>()->open(
      QString::fromStdString((folder.path() / "programs").string()));
  const auto isExplained = [&] {
    for (auto* label : window.findChildren<QLabel*>()) {
      if (label->text().contains("no image among them")) return true;
    }
    return false;
  };
  EXPECT_TRUE(QTest::qWaitFor(isExplained, 5000));
  EXPECT_FALSE(named<QPushButton>(window, "Ingest")->isEnabled());
}

TEST_F(WindowTest, MovingASliderRedrawsTheViews) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kViews);
  auto* page = window.findChild<ViewsPage*>();
  QSignalSpy shown(page, &ViewsPage::previewShown);
  ASSERT_TRUE(shown.count() > 0 || shown.wait(5000));
  const auto pictures = [&] {
    QList<QImage> images;
    while (auto* picture =
               named<QLabel>(window, QStringLiteral("Picture %1").arg(images.size() + 1)))
      images << picture->pixmap(Qt::ReturnByValue).toImage();
    return images;
  };
  const auto before = pictures();
  ASSERT_GE(before.size(), 2);
  // The seed stays, so that nothing but the slider can change what is drawn.
  auto* slider = named<QAbstractSlider>(window, "Brightness (slider)");
  ASSERT_NE(slider, nullptr);
  shown.clear();
  slider->setValue(slider->maximum());
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_DOUBLE_EQ(page->experiment().real("views.brightness"), 2.0);
  const auto brighter = pictures();
  EXPECT_NE(brighter, before);
  shown.clear();
  QPushButton* reshuffle = nullptr;
  for (auto* button : window.findChildren<QPushButton*>()) {
    if (button->text() == "&Reshuffle") reshuffle = button;
  }
  ASSERT_NE(reshuffle, nullptr);
  QTest::mouseClick(reshuffle, Qt::LeftButton);
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_NE(pictures(), brighter);
}

TEST_F(WindowTest, AWrongValueIsExplainedAndCannotBeStarted) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  auto* temperature = named<QLineEdit>(window, "Temperature");
  auto* start = named<QPushButton>(window, "Start run");
  ASSERT_NE(temperature, nullptr);
  ASSERT_NE(start, nullptr);
  EXPECT_TRUE(start->isEnabled());
  temperature->selectAll();
  QTest::keyClicks(temperature, "0");
  EXPECT_FALSE(start->isEnabled());
  bool isExplained = false;
  for (auto* label : window.findChildren<QLabel*>()) {
    isExplained = isExplained || label->text().startsWith("objective.temperature must be > 0");
  }
  EXPECT_TRUE(isExplained);
  temperature->selectAll();
  QTest::keyClicks(temperature, "0.5");
  EXPECT_TRUE(start->isEnabled());
}

TEST_F(WindowTest, TheFormAsksForNameSeedAndDevice) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  for (const auto& [label, value] :
       {std::pair{"Name", "by hand"}, {"Seed", "7"}, {"Device", "cpu"}, {"Corpus limit", "64"}}) {
    auto* line = named<QLineEdit>(window, label);
    ASSERT_NE(line, nullptr) << label;
    line->selectAll();
    QTest::keyClicks(line, value);
  }
  EXPECT_NE(named<QComboBox>(window, "Corpus"), nullptr);
  EXPECT_EQ(named<QLineEdit>(window, "Corpus"), nullptr) << "it is asked for once";
  QTest::mouseClick(named<QPushButton>(window, "Start run"), Qt::LeftButton);
  const auto run = RunStore(workspace.database()).list().at(0);
  EXPECT_EQ(run.name, "by hand");
  const auto experiment = Experiment::from_json(run.spec);
  EXPECT_EQ(experiment.integer("seed"), 7);
  EXPECT_EQ(experiment.text("device"), "cpu");
  EXPECT_EQ(experiment.integer("corpus_limit"), 64);
}

/// Between two looks of the window an engine has begun the run.
TEST_F(WindowTest, WhatARunCannotDoByNowIsSaidInWords) {
  ingestSample();
  const auto run = leaveFinishedRun().run;
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  auto* remove = named<QPushButton>(window, "Delete");
  ASSERT_NE(remove, nullptr);
  ASSERT_TRUE(remove->isEnabled());
  {
    Database other(folder.path());
    WriteTransaction transaction(other);
    RunStore(other).set_status(run, "running", "");
    transaction.commit();
  }
  QTest::mouseClick(remove, Qt::LeftButton);
  EXPECT_EQ(RunStore(workspace.database()).list().size(), 1u);
  bool isExplained = false;
  for (auto* label : window.findChildren<QLabel*>())
    isExplained = isExplained || (label->isVisible() && label->text().contains("cannot delete"));
  EXPECT_TRUE(isExplained);
}

TEST_F(WindowTest, ARunThatAppearsIsShownAndStopsByItsButton) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  {
    Database other(folder.path());
    Experiment experiment;
    experiment.set("corpus", std::string("drawn"));
    experiment.set("name", std::string("from elsewhere"));
    JobStore(other).submit_run(experiment, CorpusStore(other).require("drawn").id);
  }
  QSignalSpy changed(&workspace, &Workspace::changed);
  ASSERT_TRUE(changed.wait(5000));
  auto* stop = named<QPushButton>(window, "Stop");
  ASSERT_NE(stop, nullptr);
  ASSERT_TRUE(stop->isEnabled());
  QTest::mouseClick(stop, Qt::LeftButton);
  EXPECT_EQ(RunStore(workspace.database()).list().at(0).status, RunStatus::kStopped);
  EXPECT_TRUE(named<QPushButton>(window, "Resume")->isEnabled());
}

TEST_F(WindowTest, FineTuningStartsFromTheMenuAsAChildOfTheRun) {
  ingestSample();
  Workspace workspace(folder.path());
  const auto parent = leaveFinishedRun().run;
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  auto* more = named<QToolButton>(window, "More");
  ASSERT_NE(more, nullptr);
  ASSERT_TRUE(more->isEnabled());
  more->menu()->actions().at(0)->trigger();
  auto* labels = named<QLineEdit>(window, "Labels a class");
  ASSERT_NE(labels, nullptr);
  EXPECT_FALSE(named<QComboBox>(window, "Corpus")->isEnabled());
  labels->selectAll();
  QTest::keyClicks(labels, "3");
  // Starting needs the engine program beside the test; the row is there all the same.
  QTest::mouseClick(named<QPushButton>(window, "Start run"), Qt::LeftButton);
  const auto child = RunStore(workspace.database()).list().at(0);
  EXPECT_EQ(child.objective, "finetune");
  EXPECT_EQ(child.parent_run, parent);
  EXPECT_EQ(Experiment::from_json(child.spec).integer("objective.labels_per_class"), 3);
}

TEST_F(WindowTest, ADeletedRunAndCorpusComeBackByUndo) {
  ingestSample();
  const auto run = leaveFinishedRun().run;
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  for (const auto page : {MainWindow::kRuns, MainWindow::kCorpora}) {
    window.goTo(page);
    const auto isThere = [&] {
      return page == MainWindow::kRuns ? !RunStore(workspace.database()).list().empty()
                                       : !CorpusStore(workspace.database()).list().empty();
    };
    for (auto* button : window.findChildren<QPushButton*>()) {
      if (button->isVisible() && button->text() == "&Delete") {
        QTest::mouseClick(button, Qt::LeftButton);
        break;
      }
    }
    EXPECT_FALSE(isThere());
    auto* undo = named<QPushButton>(window, "Undo");
    ASSERT_NE(undo, nullptr);
    QTest::mouseClick(undo, Qt::LeftButton);
    EXPECT_TRUE(isThere());
    EXPECT_EQ(named<QPushButton>(window, "Undo"), nullptr);
  }
  EXPECT_EQ(RunStore(workspace.database()).list().at(0).id, run);
}

TEST_F(WindowTest, EmbeddingsShowTheirClassesAndAClickedPointItsNeighbours) {
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

TEST_F(WindowTest, EmbeddingsThatAreMissingAreAskedForByTheirButton) {
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

TEST_F(WindowTest, StaleEmbeddingsAreComputedAnewByTheButton) {
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

TEST_F(WindowTest, RunsOfTwoObjectivesAreComparedByWhatEachHas) {
  ingestSample();
  {
    Database other(folder.path());
    const auto corpus = CorpusStore(other).require("drawn").id;
    Experiment classifier("finetune");
    classifier.set("objective.start", std::string("untrained"));
    JobStore(other).submit_run(Experiment(), corpus);
    JobStore(other).submit_run(classifier, corpus);
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

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
