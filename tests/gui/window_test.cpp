#include "app/ingest_worker.h"
#include "app/main_window.h"
#include "app/pages/class_list_dialog.h"
#include "app/pages/corpora_page.h"
#include "app/pages/views_page.h"
#include "app/sample_ingest.h"
#include "core/corpus/folder_source.h"
#include "core/corpus/ingest.h"
#include "core/store/engine_lock.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/recipe_store.h"
#include "core/store/run_store.h"
#include "widgets/histogram.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest>

#include <gtest/gtest.h>

#include <fstream>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

class WindowTest : public WindowFixture {
 protected:
  /// Three pictures, each twice, as the corpus "twins".
  void ingestTwins() {
    const auto source = folder.path() / "pictures";
    std::filesystem::create_directories(source);
    for (int i = 0; i < 6; ++i) {
      QImage picture(20, 20, QImage::Format_RGB888);
      picture.fill(QColor(40 * (i / 2), 10, 90));
      picture.save(QString::fromStdString((source / (std::to_string(i) + ".png")).string()));
    }
    Database database(folder.path());
    const auto images = open_folder_source(source, {}, {});
    ingest_images(database, {images.get()}, {.name = "twins"});
  }
  /// One picture of each of `count` classes, of class 0 two, as the corpus "many".
  void ingestClasses(int count) {
    const auto source = folder.path() / "many";
    for (int i = 0; i < count; ++i) {
      const auto place = source / ("class " + std::to_string(1000 + i));
      std::filesystem::create_directories(place);
      QImage picture(8, 8, QImage::Format_RGB888);
      picture.fill(QColor(i % 256, i / 256, 40));
      picture.save(QString::fromStdString((place / "a.png").string()));
      if (i > 0) continue;
      picture.fill(Qt::white);
      picture.save(QString::fromStdString((place / "b.png").string()));
    }
    Database database(folder.path());
    const auto images = open_folder_source(source, {}, {});
    ingest_images(database, {images.get()}, {.name = "many"});
  }
};

TEST_F(WindowTest, ManyClassesAreAFewAndAListThatIsSearched) {
  ingestClasses(300);
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.resize(1280, 720);
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* summary = named<QLabel>(window, "About the corpus");
  EXPECT_TRUE(summary->text().contains("class 1000 (2), class 1001 (1),"));
  EXPECT_FALSE(summary->text().contains("class 1012"));
  EXPECT_TRUE(summary->text().contains("and 288 more"));
  EXPECT_LT(summary->height(), 120) << "the pictures keep their room";
  Q_EMIT summary->linkActivated(QStringLiteral("classes"));
  auto* list = window.findChild<ClassListDialog*>();
  ASSERT_NE(list, nullptr);
  auto* table = named<QTableView>(*list, "Classes");
  ASSERT_EQ(table->model()->rowCount(), 300);
  EXPECT_EQ(table->model()->index(0, 1).data().toInt(), 2);
  QTest::keyClicks(named<QLineEdit>(*list, "Find a class"), "CLASS 127");
  EXPECT_EQ(table->model()->rowCount(), 10);
}

TEST_F(WindowTest, AnEmptyWorkspaceStartsWithWhatOneCanDo) {
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  EXPECT_NE(named<QPushButton>(window, "Open a folder…"), nullptr);
  EXPECT_NE(named<QPushButton>(window, "Try the sample"), nullptr);
  for (const auto& [page, button] : {std::pair{MainWindow::kCorpora, "Open a folder…"},
                                     {MainWindow::kViews, "Open a folder…"},
                                     {MainWindow::kRuns, "New run…"},
                                     {MainWindow::kEmbeddings, "New run…"},
                                     {MainWindow::kCompare, "New run…"}}) {
    window.goTo(page);
    EXPECT_NE(named<QPushButton>(window, button), nullptr) << "page " << page;
  }
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  EXPECT_NE(named<QPushButton>(window, "Start run"), nullptr) << "its form is open";
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

TEST_F(WindowTest, DuplicatesAreListedByAClickOnTheirNumber) {
  ingestTwins();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* summary = named<QLabel>(window, "About the corpus");
  ASSERT_TRUE(summary->text().contains("<a href=\"copies\">3 exact duplicates</a>"))
      << summary->text().toStdString();
  EXPECT_TRUE(summary->text().contains("<a href=\"near\">"));
  EXPECT_FALSE(summary->text().contains("<a href=\"small\">"));
  Q_EMIT summary->linkActivated("copies");
  auto* table = named<QTableWidget>(window, "Exact duplicates");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->rowCount(), 6);
  for (int row = 0; row < 6; row += 2) {
    EXPECT_EQ(table->item(row, 0)->text(), table->item(row + 1, 0)->text());
    const int first = table->item(row, 1)->text().left(1).toInt();
    const int second = table->item(row + 1, 1)->text().left(1).toInt();
    EXPECT_EQ(first / 2, second / 2);
  }
}

TEST_F(WindowTest, ACorpusIsMadeWithoutTheCopies) {
  ingestTwins();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  Q_EMIT named<QLabel>(window, "About the corpus")->linkActivated("copies");
  QTest::mouseClick(named<QPushButton>(window, "Make a corpus without them"), Qt::LeftButton);
  QTest::qWait(10);
  auto* name = named<QLineEdit>(window, "Name of the corpus without them");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->text(), "twins cleaned");
  name->setText("twins");
  QTest::mouseClick(named<QPushButton>(window, "Make it"), Qt::LeftButton);
  ASSERT_NE(named<QLineEdit>(window, "Name of the corpus without them"), nullptr)
      << "the name is taken: it asks on";
  name->setText("twins cleaned");
  QTest::mouseClick(named<QPushButton>(window, "Make it"), Qt::LeftButton);
  auto* list = named<QListWidget>(window, "Corpora");
  ASSERT_TRUE(QTest::qWaitFor([&] { return list->count() == 2; }, 5000));
  EXPECT_EQ(list->currentItem()->text(), "twins cleaned");
  EXPECT_TRUE(named<QLabel>(window, "About the corpus")->text().contains("3 images"))
      << named<QLabel>(window, "About the corpus")->text().toStdString();
  EXPECT_TRUE(named<QPlainTextEdit>(window, "Skipped files")
                  ->toPlainText()
                  .contains("1.png: left out of \"twins\""));
  EXPECT_EQ(named<QTableWidget>(window, "Exact duplicates"), nullptr) << "that of another corpus";
}

TEST_F(WindowTest, ImagesAreCountedByClassAndShownByClass) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  const auto corpus = workspace.corpus(window.findChild<CorporaPage*>()->selectedCorpus());
  auto* classes = named<QTableWidget>(window, "Images of each class");
  ASSERT_NE(classes, nullptr);
  const auto& names = corpus->record().classes;
  ASSERT_EQ(classes->rowCount(), 1 + std::ssize(names));
  auto* grid = named<QListView>(window, "Thumbnails");
  EXPECT_EQ(grid->model()->rowCount(), 120);
  QTest::mouseClick(classes->viewport(), Qt::LeftButton, {},
                    classes->visualItemRect(classes->item(2, 0)).center());
  EXPECT_EQ(classes->item(2, 0)->text().toStdString(), names[1]);
  const int count = classes->item(2, 1)->data(Qt::DisplayRole).toInt();
  ASSERT_EQ(grid->model()->rowCount(), count);
  for (int row = 0; row < count; ++row)
    EXPECT_EQ(corpus->label(grid->model()->index(row, 0).data(Qt::UserRole).toLongLong()), 1);
  EXPECT_EQ(named<Histogram>(window, "Shorter side of the images"), nullptr) << "all are alike";
}

TEST_F(WindowTest, LabelsThatAnotherProgramAttachesAreSeen) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* classes = named<QTableWidget>(window, "Images of each class");
  ASSERT_NE(classes, nullptr);
  const int before = classes->rowCount();
  const auto corpus = window.findChild<CorporaPage*>()->selectedCorpus();
  const auto opened = workspace.corpus(corpus);
  Database other(folder.path());
  RunStore(other).insert(Experiment(), corpus);
  QSignalSpy changed(&workspace, &Workspace::changed);
  ASSERT_TRUE(changed.wait(5000));
  EXPECT_EQ(workspace.corpus(corpus), opened) << "it is not read again for other changes";
  CorpusStore(other).set_labels(corpus, std::map<std::int64_t, std::string>{{0, "by hand"}});
  ASSERT_TRUE(QTest::qWaitFor([&] { return classes->rowCount() == before + 1; }));
  EXPECT_EQ(classes->item(before, 0)->text(), "by hand");
  EXPECT_EQ(classes->item(before, 1)->text(), "1");
}

TEST_F(WindowTest, NearDuplicatesAreLookedForAndListed) {
  const auto source = folder.path() / "pictures";
  std::filesystem::create_directories(source);
  for (int i = 0; i < 3; ++i) {
    QImage picture(64, 64, QImage::Format_RGB888);
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x)
        picture.setPixelColor(x, y, QColor(i < 2 ? 3 * x : 3 * (63 - x), 3 * y, x * y / 20));
    picture.save(QString::fromStdString((source / (std::to_string(i) + ".jpg")).string()), nullptr,
                 i == 1 ? 60 : 98);  // The second is the first, compressed more.
  }
  Workspace workspace(folder.path());
  const auto images = open_folder_source(source, {}, {});
  ingest_images(workspace.database(), {images.get()}, {.name = "alike"});
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  Q_EMIT named<QLabel>(window, "About the corpus")->linkActivated("near");
  auto* table = named<QTableWidget>(window, "Near-duplicates");
  ASSERT_NE(table, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return table->rowCount() == 2; }, 5000));
  EXPECT_EQ(table->item(1, 1)->text(), "1.jpg");
  EXPECT_EQ(named<QTabWidget>(window, "Checks of the images")->currentIndex(), 1);
  EXPECT_EQ(named<QProgressBar>(window, "Progress of the search"), nullptr) << "it is over";
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

TEST_F(WindowTest, ZeroIsExplainedAndARunIsMadeSmall) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  auto* threads = named<QLineEdit>(window, "Threads");
  const auto* meaning = threads->findChild<QLabel*>("zero");
  ASSERT_NE(meaning, nullptr);
  EXPECT_EQ(meaning->text(), "= all");
  threads->setText("2");
  EXPECT_TRUE(meaning->text().isEmpty());
  auto* quick = named<QPushButton>(window, "Make it a quick look");
  ASSERT_NE(quick, nullptr);
  QTest::mouseClick(quick, Qt::LeftButton);
  const auto* toml = named<QPlainTextEdit>(window, "Specification as TOML");
  EXPECT_TRUE(toml->toPlainText().contains("width = 16"));
  EXPECT_TRUE(toml->toPlainText().contains("epochs = 5"));
  EXPECT_TRUE(toml->toPlainText().contains("threads = 2")) << "what was set stays";
  EXPECT_EQ(named<QPushButton>(window, "Make it a quick look"), nullptr) << "it is one";
}

TEST_F(WindowTest, AFieldIsExplainedWhileOneIsInItAndAKeptRecipeIsTakenUp) {
  ingestSample();
  {
    Database other(folder.path());
    Experiment mild;
    mild.set("views.crop_scale", std::vector<double>{0.9, 1.0});
    RecipeStore(other).save("mild", mild);
  }
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.activateWindow();
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  named<QLineEdit>(window, "Temperature")->setFocus();
  const auto* meaning = named<QLabel>(window, "What the field means");
  EXPECT_TRUE(QTest::qWaitFor([&] { return meaning->text().contains("objective.temperature"); }))
      << meaning->text().toStdString();
  EXPECT_TRUE(meaning->text().contains("ICML 2020")) << "the paper";
  named<QComboBox>(window, "Objective")->setFocus();
  EXPECT_TRUE(QTest::qWaitFor([&] { return meaning->text().contains("Two random views"); }))
      << "what the chosen one does";
  auto* recipe = named<QComboBox>(window, "Recipe of the views");
  ASSERT_NE(recipe, nullptr);
  EXPECT_EQ(recipe->currentIndex(), 0);
  const auto* toml = named<QPlainTextEdit>(window, "Specification as TOML");
  EXPECT_FALSE(toml->toPlainText().contains("crop_scale = [0.9, 1.0]"));
  recipe->setCurrentIndex(1);
  Q_EMIT recipe->activated(1);
  EXPECT_TRUE(toml->toPlainText().contains("crop_scale = [0.9, 1.0]"));
  EXPECT_EQ(recipe->currentText(), "mild") << "it is said which one the form has";
}

TEST_F(WindowTest, TheFormAsksForNameSeedAndDevice) {
  ingestSample();
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  for (const auto& [label, value] : {std::pair{"Name", "by hand"},
                                     {"Seed", "7"},
                                     {"Device", "cpu"},
                                     {"Batch size", "32"},
                                     {"Corpus limit", "64"}}) {
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
    experiment.set("training.batch_size", std::int64_t{32});
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

TEST_F(WindowTest, AnEngineThatFallsSilentIsSaidToBeSilentAndNoMore) {
  ingestSample();
  Workspace workspace(folder.path());
  Experiment experiment;
  experiment.set("corpus", std::string("drawn"));
  experiment.set("training.batch_size", std::int64_t{32});
  const auto run =
      JobStore(workspace.database())
          .submit_run(experiment, CorpusStore(workspace.database()).require("drawn").id);
  const EngineLock lock(folder.path(), "cpu", "train");  // Of a process that lives: this one.
  EngineQueue queue(workspace.database(), {"cpu", "train", true});
  queue.announce();
  ASSERT_TRUE(queue.claim().has_value());
  MainWindow window(workspace, run);
  window.show();
  const auto isSaid = [&] {
    for (auto* label : window.findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains("no sign of its engine for")) return true;
    return false;
  };
  QTest::qWait(50);
  EXPECT_FALSE(isSaid());
  workspace.database().connection().exec("UPDATE engines SET beat_ms = beat_ms - 34000");
  EXPECT_TRUE(QTest::qWaitFor(isSaid, 3000));
  EXPECT_EQ(RunStore(workspace.database()).require(run).status, RunStatus::kRunning);
  queue.beat();
  EXPECT_TRUE(QTest::qWaitFor([&] { return !isSaid(); }, 3000));
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
  EXPECT_TRUE(named<QComboBox>(window, "Corpus")->isEnabled());  // Another may have the labels.
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
  ingestSample("other");  // Shown in its place.
  const auto run = leaveFinishedRun().run;
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  for (const auto page : {MainWindow::kRuns, MainWindow::kCorpora}) {
    window.goTo(page);
    const auto isThere = [&] {
      return page == MainWindow::kRuns
                 ? !RunStore(workspace.database()).list().empty()
                 : CorpusStore(workspace.database()).find("drawn").has_value();
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

TEST_F(WindowTest, ADamagedCorpusIsExplainedOnEveryPage) {
  ingestSample();
  std::filesystem::resize_file(folder.path() / "corpora" / "1" / "images.ptx", 1000);
  Workspace workspace(folder.path());
  MainWindow window(workspace, {});
  window.show();
  const auto isSaid = [&] {
    for (auto* label : window.findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains("is cut off")) return true;
    return false;
  };
  for (const auto page : {MainWindow::kCorpora, MainWindow::kViews}) {
    window.goTo(page);
    EXPECT_TRUE(QTest::qWaitFor(isSaid, 1000)) << "page " << page;
  }
}

}  // namespace
}  // namespace pretext

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
