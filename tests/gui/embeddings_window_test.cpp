#include "app/main_window.h"
#include "core/store/job_store.h"
#include "core/store/labelling_store.h"
#include "core/store/sample_reading_store.h"
#include "widgets/embedding_scatter.h"
#include "widgets/thumbnail_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/gestures.h"
#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

class EmbeddingsWindowTest : public WindowFixture {
 protected:
  /// The window on a run's points.
  struct Shown {
    explicit Shown(const std::filesystem::path& folder) : workspace(folder), window(workspace, {}) {
      window.show();
      window.goTo(MainWindow::kEmbeddings);
      scatter = named<EmbeddingScatter>(window, "Embedding scatter");
    }
    /// Draws a lasso about the points of two samples.
    void lasso(std::int64_t from, std::int64_t to) {
      drawLasso(scatter, boxAbout(*scatter->placeOf(from), *scatter->placeOf(to), 13));
    }
    void give(const QString& name) {
      auto* box = named<QComboBox>(window, "Class to give");
      box->lineEdit()->selectAll();
      QTest::keyClicks(box->lineEdit(), name);
      QTest::mouseClick(named<QPushButton>(window, "Label the selected samples"), Qt::LeftButton);
    }
    std::map<std::int64_t, std::string> labels() {
      LabellingStore store(workspace.database());
      const auto all = store.list(1);
      return all.empty() ? std::map<std::int64_t, std::string>() : store.labels(all[0].id);
    }

    Workspace workspace;
    MainWindow window;
    EmbeddingScatter* scatter = nullptr;
  };
};

TEST_F(EmbeddingsWindowTest, ShowTheirClassesAndAClickedPointItsNeighbours) {
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
  EXPECT_TRUE(QTest::qWaitFor([&] { return neighbours->rowCount() == 12; }, 5000));
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

TEST_F(EmbeddingsWindowTest, AClickedImageIsShownWithItsTwoViews) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  QTest::mouseClick(shown.scatter, Qt::LeftButton, {}, shown.scatter->placeOf(11)->toPoint());
  const auto first = named<QLabel>(shown.window, "First view")->pixmap().toImage();
  const auto second = named<QLabel>(shown.window, "Second view")->pixmap().toImage();
  ASSERT_FALSE(first.isNull());
  EXPECT_NE(first, second);
  QTest::mouseClick(shown.scatter, Qt::LeftButton, {}, shown.scatter->placeOf(25)->toPoint());
  EXPECT_NE(named<QLabel>(shown.window, "First view")->pixmap().toImage(), first);
}

TEST_F(EmbeddingsWindowTest, ReadingsOfSamplesAreMadeWhenTheyAreWantedAndColourThePoints) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  Shown shown(folder.path());
  auto* colours = named<QComboBox>(shown.window, "Colour by");
  auto* legend = named<QListWidget>(shown.window, "Classes");
  const auto turnTo = [&](const char* name) {
    const int row = colours->findText(name);
    ASSERT_GE(row, 0) << name;
    colours->setFocus();
    QTest::keyClick(colours, Qt::Key_Home);
    for (int i = 0; i < row; ++i) QTest::keyClick(colours, Qt::Key_Down);
    ASSERT_EQ(colours->currentText(), name);
  };
  JobStore jobs(shown.workspace.database());
  EXPECT_TRUE(jobs.pending_interactive().empty());
  turnTo("Loss");
  turnTo("Cluster");
  const auto pending = jobs.pending_interactive();
  ASSERT_EQ(pending.size(), 1u) << "asked for once";
  EXPECT_EQ(pending[0].kind, "samples");
  SampleReadings readings{.checkpoint_id = finished.checkpoint, .step = 10};
  for (int i = 0; i < 60; ++i) {
    readings.positions.push_back(i);
    readings.clusters.push_back(i % 3);
    readings.agreement.push_back(static_cast<float>(i) / 60.f);
    readings.loss.push_back(static_cast<float>(i));
  }
  jobs.stop_job(pending[0].id);
  SampleReadingStore(shown.workspace.database()).set(finished.run, readings);
  shown.workspace.announceChange();
  EXPECT_EQ(legend->count(), 4) << "three clusters, and all of them";
  EXPECT_EQ(legend->item(3)->text(), "Cluster 3");
  const auto byCluster = shown.scatter->grab().toImage();
  turnTo("Loss");
  ASSERT_EQ(legend->count(), 3);
  EXPECT_EQ(legend->item(0)->text(), "3 or less") << "the lowest twentieth of 60";
  EXPECT_NE(shown.scatter->grab().toImage(), byCluster);
  turnTo("Neighbours that agree");
  EXPECT_EQ(legend->item(2)->text(), "all of them");
  EXPECT_TRUE(jobs.pending_interactive().empty());
}

TEST_F(EmbeddingsWindowTest, StayWhenARunAppears) {
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

TEST_F(EmbeddingsWindowTest, ThatAreMissingAreAskedForByTheirButton) {
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
  EXPECT_EQ(job->kind, "project");
  EXPECT_EQ(job->run_id, run);
}

TEST_F(EmbeddingsWindowTest, StaleEmbeddingsAreComputedAnewByTheButton) {
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
  EXPECT_EQ(job->kind, "project");
}

TEST_F(EmbeddingsWindowTest, ALassoedHeapIsLabelledTakenBackAndLabelledAgain) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  shown.lasso(0, 12);  // Rows of ten points: 0, 1, 2 and 10, 11, 12.
  auto* selected = named<QListView>(shown.window, "Selected samples");
  ASSERT_NE(selected, nullptr) << "the labels come to the front";
  ASSERT_EQ(selected->model()->rowCount(), 6);
  EXPECT_EQ(named<QPushButton>(shown.window, "Label the selected samples")->isEnabled(), false);
  shown.give("boots");
  const std::map<std::int64_t, std::string> wanted = {{0, "boots"},  {1, "boots"},  {2, "boots"},
                                                      {10, "boots"}, {11, "boots"}, {12, "boots"}};
  EXPECT_EQ(shown.labels(), wanted);
  EXPECT_EQ(selected->model()->index(0, 0).data().toString(), "boots");
  QTest::mouseClick(named<QToolButton>(shown.window, "Undo the label"), Qt::LeftButton);
  EXPECT_TRUE(selected->model()->index(0, 0).data().toString().isEmpty());
  EXPECT_TRUE(shown.labels().empty());
  QTest::mouseClick(named<QToolButton>(shown.window, "Redo the label"), Qt::LeftButton);
  EXPECT_EQ(shown.labels(), wanted);
  // One of the grid, alone: its picture is that of its sample, and the scatter rings it.
  const auto third = selected->model()->index(2, 0);
  EXPECT_EQ(third.data(ThumbnailModel::kPositionRole).toLongLong(), 2);
  QTest::mouseClick(selected->viewport(), Qt::LeftButton, {}, selected->visualRect(third).center());
  QTest::mouseClick(
      named<QPushButton>(shown.window, "Take the labels of the selected samples away"),
      Qt::LeftButton);
  EXPECT_FALSE(shown.labels().contains(2));
  EXPECT_EQ(shown.labels().size(), 5u);
  QTest::keyClick(shown.scatter, Qt::Key_Escape);
  EXPECT_EQ(selected->model()->rowCount(), 0);
}

TEST_F(EmbeddingsWindowTest, WhatIsWrittenIsGivenAndNotWhatItBegins) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  shown.lasso(0, 0);
  shown.give("boots");
  shown.lasso(30, 30);
  auto* name = named<QComboBox>(shown.window, "Class to give");
  EXPECT_TRUE(name->currentText().isEmpty()) << "the next heap is not the last one's";
  shown.give("boot");
  EXPECT_EQ(shown.labels(), (std::map<std::int64_t, std::string>{{0, "boots"}, {30, "boot"}}));
}

TEST_F(EmbeddingsWindowTest, ASelectionStaysWhenTheProjectionIsAnother) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  {
    Database other(folder.path());
    auto projection = *ProjectionStore(other).newest(finished.run, "pca");
    projection.method = "umap";
    ProjectionStore(other).add(finished.run, projection);
  }
  Shown shown(folder.path());
  shown.lasso(0, 12);
  const auto selected = shown.scatter->grab().toImage();
  auto* method = named<QComboBox>(shown.window, "Projection");
  method->setCurrentText("UMAP");
  EXPECT_EQ(named<QListView>(shown.window, "Selected samples")->model()->rowCount(), 6);
  EXPECT_EQ(shown.scatter->grab().toImage(), selected) << "the same places, the same highlight";
}

TEST_F(EmbeddingsWindowTest, ALassoComesAfterASampleThatWasLookedAt) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  Shown shown(folder.path());
  shown.lasso(0, 1);
  shown.give("boots");
  shown.lasso(30, 31);
  shown.give("bags");
  {
    LabelProbe probe{.step = 10, .num_labels = 4, .last_act = 2, .classes = {"bags", "boots"}};
    probe.positions = {40, 41};
    probe.predicted = {0, 1};
    probe.certainty = {0.6f, 0.7f};
    Database other(folder.path());
    LabellingStore(other).add_probe(1, finished.run, probe);
  }
  auto* unsure = named<QListView>(shown.window, "Least certain samples");
  ASSERT_TRUE(QTest::qWaitFor([&] {
    unsure = named<QListView>(shown.window, "Least certain samples");
    return unsure != nullptr;
  }));
  QTest::mouseClick(unsure->viewport(), Qt::LeftButton, {},
                    unsure->visualRect(unsure->model()->index(0, 0)).center());
  shown.lasso(50, 51);
  shown.give("hats");
  const auto labels = shown.labels();
  EXPECT_FALSE(labels.contains(40)) << "it was only looked at";
  ASSERT_TRUE(labels.contains(50) && labels.contains(51));
  EXPECT_EQ(labels.at(51), "hats");
}

TEST_F(EmbeddingsWindowTest, LabelsThatBecomeTheCorpussOwnColourThePoints) {
  {
    Database database(folder.path());
    const auto source = draw_sample_images(60, 1);
    const auto corpus = ingest_images(database, {source.get()}, {.name = "drawn"});
    WriteTransaction transaction(database);
    database.connection().exec("UPDATE samples SET label = NULL, source = 'same.png'");
    database.connection().exec("UPDATE corpora SET classes = '[]'");
    transaction.commit();
  }
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  shown.lasso(0, 1);
  shown.give("boots");
  auto* more = named<QToolButton>(shown.window, "More about the labels");
  for (auto* action : more->menu()->actions())
    if (action->text() == "Make them the corpus's labels") action->trigger();
  auto* colours = named<QComboBox>(shown.window, "Colour by");
  colours->setCurrentText("Class");
  ASSERT_EQ(colours->currentText(), "Class");
  const auto* classes = named<QListWidget>(shown.window, "Classes");
  ASSERT_EQ(classes->count(), 2);
  EXPECT_EQ(classes->item(1)->text(), "boots");
  const auto corpus = shown.workspace.corpus(1);
  EXPECT_EQ(corpus->label(1), 0);
  EXPECT_EQ(corpus->label(5), Corpus::kNoLabel) << "though its name is the same";
}

TEST_F(EmbeddingsWindowTest, ARunOnASmallerCorpusIsTurnedTo) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  std::int64_t second = 0;
  {
    Database other(folder.path());
    const auto source = draw_sample_images(12, 5);
    const auto corpus = ingest_images(other, {source.get()}, {.name = "few"});
    Experiment experiment;
    experiment.set("corpus", std::string("few"));
    WriteTransaction transaction(other);
    second = RunStore(other).insert(experiment, corpus.id);
    RunStore(other).set_progress(second, 2, 2, 1.0, 1.0);
    RunStore(other).set_status(second, "finished", "");
    transaction.commit();
    LabellingStore store(other);
    store.give(store.find_or_create(corpus.id, "by eye").id, {0, 1}, "round");
    ProjectionStore(other).add(
        second, {.method = "pca", .step = 2, .positions = {0, 1}, .coordinates = {0, 0, 1, 1}});
  }
  Shown shown(folder.path());
  auto* run = named<QComboBox>(shown.window, "Run");
  run->setCurrentIndex(run->findData(QVariant::fromValue<qint64>(1)));
  shown.lasso(0, 59);
  shown.give("all");
  run->setCurrentIndex(run->findData(QVariant::fromValue<qint64>(second)));
  EXPECT_EQ(named<QListView>(shown.window, "Selected samples")->model()->rowCount(), 0);
  EXPECT_EQ(named<QComboBox>(shown.window, "Labelling")->currentText(), "by eye");
  EXPECT_TRUE(shown.scatter->placeOf(1).has_value());
  EXPECT_FALSE(shown.scatter->placeOf(30).has_value());
}

TEST_F(EmbeddingsWindowTest, RowsOfTheTableAreLabelledFromTheKeyboard) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  QTest::keyClick(named<QCheckBox>(shown.window, "Embeddings, as a table"), Qt::Key_Space);
  auto* table = named<QTableView>(shown.window, "Embeddings");
  table->setFocus();
  table->setCurrentIndex(table->model()->index(3, 0));
  QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
  auto* tabs = named<QTabWidget>(shown.window, "Sample or labels");
  tabs->setFocus();
  QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
  auto* box = named<QComboBox>(shown.window, "Class to give");
  ASSERT_NE(box, nullptr);
  box->lineEdit()->setFocus();
  QTest::keyClicks(box->lineEdit(), "bags");
  QTest::keyClick(box->lineEdit(), Qt::Key_Return);
  EXPECT_EQ(shown.labels(), (std::map<std::int64_t, std::string>{{3, "bags"}, {4, "bags"}}));
}

TEST_F(EmbeddingsWindowTest, AProbeIsTrainedAndWhatItIsLeastSureOfComesNext) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  Shown shown(folder.path());
  const auto learn = [&] {
    return named<QPushButton>(shown.window, "Train a probe on these labels");
  };
  shown.lasso(0, 1);
  shown.give("boots");
  EXPECT_FALSE(learn()->isEnabled()) << "of one class";
  shown.lasso(30, 31);
  shown.give("bags");
  ASSERT_TRUE(learn()->isEnabled());
  QTest::mouseClick(learn(), Qt::LeftButton);
  const auto job = JobStore(shown.workspace.database()).find(2);
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->kind, "probe");
  EXPECT_EQ(learn(), nullptr) << "it is under way";
  EXPECT_NE(named<QProgressBar>(shown.window, "Progress of the probe"), nullptr);
  QTest::mouseClick(named<QPushButton>(shown.window, "Stop the probe"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return learn() != nullptr; })) << "it can be asked for again";
  {
    Database other(folder.path());
    LabellingStore store(other);
    LabelProbe probe{.step = 10, .num_labels = 4, .last_act = 2, .classes = {"bags", "boots"}};
    for (int i = 0; i < 60; ++i) {
      probe.positions.push_back(i);
      probe.predicted.push_back(i < 30 ? 1 : 0);
      probe.certainty.push_back(i == 17 ? 0.51f : i == 44 ? 0.52f : 0.9f);
    }
    probe.accuracy = 0.75;
    store.add_probe(1, finished.run, probe);
  }
  auto* outcome = named<QLabel>(shown.window, "What the probe learned");
  ASSERT_TRUE(QTest::qWaitFor([&] { return outcome->text().contains("75.0 %"); }))
      << outcome->text().toStdString();
  EXPECT_TRUE(outcome->text().contains("50.0 %")) << "chance";
  auto* unsure = named<QListView>(shown.window, "Least certain samples");
  ASSERT_NE(unsure, nullptr);
  EXPECT_EQ(unsure->model()->index(0, 0).data(ThumbnailModel::kPositionRole).toLongLong(), 17);
  EXPECT_EQ(unsure->model()->index(1, 0).data(ThumbnailModel::kPositionRole).toLongLong(), 44);
  auto* colours = named<QComboBox>(shown.window, "Colour by");
  const auto before = shown.scatter->grab().toImage();
  colours->setCurrentText("What the probe predicts");
  EXPECT_EQ(named<QListWidget>(shown.window, "Classes")->count(), 3);
  EXPECT_NE(shown.scatter->grab().toImage(), before);
  colours->setCurrentText("How certain the probe is");
  EXPECT_EQ(named<QListWidget>(shown.window, "Classes")->item(2)->text(), "certain");
  // The one it is least sure of is given a label: the probe is behind then.
  QTest::mouseClick(unsure->viewport(), Qt::LeftButton, {},
                    unsure->visualRect(unsure->model()->index(0, 0)).center());
  shown.give("bags");
  EXPECT_EQ(shown.labels().at(17), "bags");
  EXPECT_TRUE(outcome->text().contains("train again")) << outcome->text().toStdString();
}

TEST_F(EmbeddingsWindowTest, AnotherProjectionIsComputedWithProgressAndStopped) {
  ingestSample();
  leaveEmbeddings(leaveFinishedRun());
  Shown shown(folder.path());
  auto* method = named<QComboBox>(shown.window, "Projection");
  EXPECT_EQ(named<QPushButton>(shown.window, "Compute embeddings"), nullptr);
  method->setCurrentText("UMAP");
  auto* caption = named<QLabel>(shown.window, "What is shown");
  EXPECT_EQ(caption->text(), "This run has no UMAP yet: compute it.");
  QTest::mouseClick(named<QPushButton>(shown.window, "Compute embeddings"), Qt::LeftButton);
  JobStore jobs(shown.workspace.database());
  const auto job = jobs.find(2);
  ASSERT_TRUE(job.has_value());
  EXPECT_NE(job->parameters.find("\"method\":\"umap\""), std::string::npos) << job->parameters;
  EXPECT_NE(named<QProgressBar>(shown.window, "Progress of the projection"), nullptr);
  QTest::mouseClick(named<QPushButton>(shown.window, "Stop the projection"), Qt::LeftButton);
  EXPECT_TRUE(QTest::qWaitFor([&] {
    const auto status = jobs.find(2)->status;
    return status == "stopped" || status == "failed";  // An engine may have been quicker.
  }));
  method->setCurrentText("PCA");
  EXPECT_TRUE(caption->text().startsWith("PCA of 60 samples at step 10"))
      << caption->text().toStdString();
}

TEST_F(EmbeddingsWindowTest, AFilmIsScrubbedThroughAndLeft) {
  ingestSample();
  const auto finished = leaveFinishedRun();
  leaveEmbeddings(finished);
  {
    Database other(folder.path());
    std::vector<Projection> frames;
    for (const int step : {0, 5, 10}) {
      Projection frame{
          .method = "pca", .step = step, .positions = {}, .coordinates = {}, .film = 9};
      for (int i = 0; i < 20; ++i) {
        frame.positions.push_back(i);
        frame.coordinates.push_back(static_cast<float>(i));
        frame.coordinates.push_back(static_cast<float>(step));
      }
      frames.push_back(std::move(frame));
    }
    ProjectionStore(other).set_film(finished.run, frames);
  }
  Shown shown(folder.path());
  auto* slider = named<QSlider>(shown.window, "Place in the film");
  ASSERT_NE(slider, nullptr);
  EXPECT_EQ(slider->maximum(), 40);
  slider->setFocus();
  QTest::keyClick(slider, Qt::Key_Home);
  auto* caption = named<QLabel>(shown.window, "What is shown");
  EXPECT_EQ(caption->text(), "Film of 20 samples by PCA");
  EXPECT_EQ(named<QLabel>(shown.window, "Step of the film")->text(), "untrained");
  const auto first = shown.scatter->placeOf(7)->y();
  QTest::keyClick(slider, Qt::Key_PageUp);
  EXPECT_EQ(named<QLabel>(shown.window, "Step of the film")->text(), "step 5 (2 of 3)");
  const auto second = shown.scatter->placeOf(7)->y();
  EXPECT_LT(second, first) << "upwards, by half of the way";
  QTest::keyClick(slider, Qt::Key_Left);
  EXPECT_GT(shown.scatter->placeOf(7)->y(), second) << "between two checkpoints";
  QTest::mouseClick(named<QPushButton>(shown.window, "Newest points"), Qt::LeftButton);
  EXPECT_TRUE(caption->text().startsWith("PCA of 60 samples")) << caption->text().toStdString();
  // One that is replaced while it is shown leaves with its frames.
  QTest::keyClick(slider, Qt::Key_Home);
  ASSERT_EQ(caption->text(), "Film of 20 samples by PCA");
  {
    Database other(folder.path());
    auto frames = ProjectionStore(other).film(finished.run, "pca");
    for (auto& frame : frames) frame.film = 10;
    ProjectionStore(other).set_film(finished.run, frames);
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return caption->text().startsWith("PCA of 60 samples"); }));
  EXPECT_TRUE(shown.scatter->placeOf(59).has_value());
}

}  // namespace
}  // namespace pretext
