#include "app/ingest_worker.h"
#include "app/main_window.h"
#include "app/pages/corpora_page.h"
#include "app/pages/run_details.h"
#include "app/pages/text_views.h"
#include "app/pages/thoughts_view.h"
#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/corpus/text_ingest.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/embedding_scatter.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTextBrowser>
#include <QtTest>

#include <gtest/gtest.h>

#include <fstream>

#include "tests/gui/named.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// A window on a workspace with a corpus of 30 documents.
class TextWindowTest : public ::testing::Test {
 protected:
  TextWindowTest() {
    QStandardPaths::setTestModeEnabled(true);
    QSettings().clear();
    std::ofstream text(folder / "in.txt");
    for (int i = 0; i < 30; ++i)
      text << "Document " << i << " begins. It has " << i << " caf\u00e9s. It ends.\n\n";
    text.close();
    Database database(folder / "w");
    const auto source = open_text_source(folder / "in.txt", {});
    ingest_text(database, *source, nullptr, {.name = "prose"}, {.vocabulary_size = 120});
  }

  TemporaryFolder folder;
};

TEST_F(TextWindowTest, DocumentsAreSearchedAndASentenceShowsItsPieces) {
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* list = named<QListView>(window, "Documents");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->model()->rowCount(), 30);
  QTest::keyClicks(named<QLineEdit>(window, "Search the documents"), "document 17 ");
  ASSERT_TRUE(QTest::qWaitFor([&] { return list->model()->rowCount() == 1; }));
  auto* page = named<QPlainTextEdit>(window, "Document");
  EXPECT_EQ(page->toPlainText(),
            QStringLiteral("Document 17 begins. It has 17 caf\u00e9s. It ends."));
  page->moveCursor(QTextCursor::End);  // Into the third sentence, behind a letter of two bytes.
  auto* pieces = named<QTableWidget>(window, "Pieces of the sentence");
  QString joined;
  for (int row = 0; row < pieces->rowCount(); ++row) joined += pieces->item(row, 2)->text();
  EXPECT_EQ(joined, "Itends.");
}

TEST_F(TextWindowTest, ATableIsLookedAtItsColumnsChosenAndIngested) {
  std::ofstream rows(folder / "mail.csv");
  rows << "id,kind,body\n";
  for (int i = 0; i < 40; ++i)
    rows << i << ',' << (i % 2 ? "wanted" : "junk") << ",\"Letter " << i << " of a friend.\"\n";
  rows.close();
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kCorpora);
  auto* page = window.findChild<CorporaPage*>();
  page->open(QString::fromStdString((folder / "mail.csv").string()));
  auto* ingest = named<QPushButton>(window, "Ingest");
  ASSERT_NE(ingest, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return ingest->isEnabled(); }));
  EXPECT_EQ(named<QComboBox>(window, "Column of the text")->currentText(), "body");
  EXPECT_EQ(named<QComboBox>(window, "A document is"), nullptr);  // Rows are documents.
  EXPECT_TRUE(named<QPlainTextEdit>(window, "First documents")
                  ->toPlainText()
                  .startsWith("Letter 0 of a friend."));
  auto* labels = named<QComboBox>(window, "Column of the labels");
  labels->setFocus();
  QTest::keyClicks(labels, "kind");
  Q_EMIT labels->activated(labels->currentIndex());
  ASSERT_TRUE(QTest::qWaitFor([&] { return ingest->isEnabled(); }));
  EXPECT_TRUE(named<QPlainTextEdit>(window, "First documents")->toPlainText().startsWith("[junk]"));
  named<QSpinBox>(window, "Size of the vocabulary")->setValue(120);
  QSignalSpy ended(page->findChild<IngestWorker*>(), &IngestWorker::ended);
  QTest::mouseClick(ingest, Qt::LeftButton);
  ASSERT_TRUE(ended.wait(10000));
  EXPECT_EQ(ended[0][1].toString(), "");
  const auto corpus = CorpusStore(workspace.database()).require("mail");
  EXPECT_EQ(corpus.num_samples, 40);
  EXPECT_EQ(corpus.classes, (std::vector<std::string>{"junk", "wanted"}));
}

TEST_F(TextWindowTest, TheFormOffersObjectivesThatFitTheChosenCorpus) {
  {
    Database database(folder / "w");
    const auto source = draw_sample_images(60, 1);
    ingest_images(database, {source.get()}, {.name = "drawn"});
  }
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  window.show();
  window.findChild<CorporaPage*>()->select(CorpusStore(workspace.database()).require("prose").id);
  window.goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(window, "New run…"), Qt::LeftButton);
  auto* corpus = named<QComboBox>(window, "Corpus");
  ASSERT_NE(corpus, nullptr);
  EXPECT_EQ(corpus->currentText(), "prose");
  EXPECT_EQ(corpus->count(), 2);
  const auto objective = [&] {
    QTest::qWait(0);  // New editors show themselves with the next events.
    return named<QComboBox>(window, "Objective");
  };
  ASSERT_NE(objective(), nullptr);
  EXPECT_EQ(objective()->findText("simclr"), -1);
  EXPECT_GE(objective()->findText("gpt"), 0);
  objective()->setCurrentText("sop");
  corpus->setFocus();
  QTest::keyClicks(corpus, "drawn");
  EXPECT_EQ(objective()->currentText(), "simclr");
  EXPECT_EQ(objective()->findText("gpt"), -1);
  corpus->setCurrentText("prose");
  EXPECT_EQ(objective()->currentText(), "sop");  // As it was left.
}

TEST_F(TextWindowTest, WhatAModelAnswersStandsOnItsRunsPage) {
  Workspace workspace(folder / "w");
  const auto corpus = CorpusStore(workspace.database()).require("prose");
  std::int64_t run = 0;
  {
    WriteTransaction transaction(workspace.database());
    run = RunStore(workspace.database()).insert(Experiment("bert"), corpus.id);
    transaction.commit();
  }
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kRuns);
  auto* tabs = window.findChild<RunDetails*>()->findChild<QTabWidget*>();
  const int place = tabs->indexOf(tabs->findChild<ThoughtsView*>());
  EXPECT_FALSE(tabs->isTabVisible(place));
  ResultStore(workspace.database())
      .set_thoughts(run, {12, R"({"blanks": [{"text": "the [MASK] ends", "original": "document",
        "candidates": [{"piece": "letter", "probability": 0.5}]}]})"});
  workspace.announceChange();
  ASSERT_TRUE(tabs->isTabVisible(place));
  tabs->setCurrentIndex(place);
  auto* table = named<QTableWidget>(window, "What the model answers");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->item(0, 0)->text(), "the [MASK] ends");
  EXPECT_EQ(table->item(0, 2)->text(), "letter 50.0 %");
}

TEST_F(TextWindowTest, AClickedPointShowsItsTextAndThoseOfItsNeighbours) {
  Workspace workspace(folder / "w");
  const auto corpus = CorpusStore(workspace.database()).require("prose");
  {
    RunStore runs(workspace.database());
    WriteTransaction transaction(workspace.database());
    const auto run = runs.insert(Experiment("mlm"), corpus.id);
    const auto checkpoint =
        runs.add_checkpoint({.run_id = run, .step = 1, .path = "none", .sha256 = ""}, 1);
    runs.set_progress(run, 1, 1, 1.0, 1.0);
    transaction.commit();
    Projection projection{.method = "pca", .step = 1, .positions = {}, .coordinates = {}};
    Embeddings embeddings{
        .checkpoint_id = checkpoint, .dimensions = 2, .positions = {}, .rows = {}};
    for (int i = 0; i < 30; ++i) {
      projection.positions.push_back(i);
      embeddings.positions.push_back(i);
      for (auto* values : {&projection.coordinates, &embeddings.rows}) {
        values->push_back(static_cast<float>(i % 6));
        values->push_back(static_cast<float>(i / 6));
      }
    }
    ResultStore results(workspace.database());
    ProjectionStore(workspace.database()).add(run, projection);
    results.set_embeddings(run, corpus.id, embeddings);
  }
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kEmbeddings);
  auto* scatter = named<EmbeddingScatter>(window, "Embedding scatter");
  ASSERT_NE(scatter, nullptr);
  QPoint place(-1, -1);
  for (int x = 0; x < scatter->width() && place.x() < 0; x += 4) {
    for (int y = 0; y < scatter->height() && place.x() < 0; y += 4) {
      if (scatter->sampleAt(QPointF(x, y)) == 17) place = {x, y};
    }
  }
  ASSERT_GE(place.x(), 0);
  QTest::mouseMove(scatter, place);
  QTest::mouseClick(scatter, Qt::LeftButton, {}, place);
  auto* description = named<QLabel>(window, "Chosen sample, in words");
  ASSERT_NE(description, nullptr);
  EXPECT_TRUE(description->text().contains("Document 17 begins."));
  EXPECT_EQ(named<QLabel>(window, "Chosen sample"), nullptr);  // There is no picture to show.
  const auto* neighbours = named<QListView>(window, "Nearest neighbours")->model();
  ASSERT_TRUE(QTest::qWaitFor([&] { return neighbours->rowCount() == 12; }, 5000));
  EXPECT_TRUE(neighbours->index(0, 0).data().toString().contains(" · Document "));
}

TEST_F(TextWindowTest, AnotherObjectiveShowsItsOwnFields) {
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kViews);
  auto* views = window.findChild<TextViews*>();
  const auto has = [&](const char* key) { return views->findChild<QWidget*>(key) != nullptr; };
  EXPECT_TRUE(has("objective.head"));
  EXPECT_FALSE(has("views.deletion_share"));
  EXPECT_FALSE(has("objective.unigram_nats")) << "the run fills it in";
  auto* kind = views->findChild<QComboBox*>("objective.kind");
  kind->setFocus();
  while (kind->currentText() != "denoise") QTest::keyClick(kind, Qt::Key_Down);
  ASSERT_TRUE(QTest::qWaitFor([&] { return has("views.deletion_share"); }));
  EXPECT_FALSE(has("objective.head"));
  EXPECT_EQ(views->findChild<QLineEdit*>("views.deletion_share")->text(), "0.6");
  EXPECT_EQ(views->findChild<QComboBox*>("objective.kind")->currentText(), "denoise");
}

TEST_F(TextWindowTest, ViewsAreTheRowsOfTrainingAndReshuffle) {
  Workspace workspace(folder / "w");
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kViews);
  auto* views = window.findChild<TextViews*>();
  auto* rows = named<QTextBrowser>(window, "Rows as training sees them");
  ASSERT_NE(rows, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return rows->toPlainText().contains("[CLS]"); }));
  const auto before = rows->toPlainText();
  EXPECT_TRUE(before.contains("next sentence") || before.contains("random sentence"));
  QSignalSpy shown(views, &TextViews::previewShown);
  QTest::mouseClick(views->findChild<QPushButton*>(), Qt::LeftButton);  // Its only button.
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_NE(rows->toPlainText(), before);
  named<QSpinBox>(window, "Seed")->setValue(0);
  ASSERT_TRUE(shown.wait(5000));
  EXPECT_EQ(rows->toPlainText(), before);
}

TEST_F(TextWindowTest, WhatViewsCannotShowIsSaidInWords) {
  Workspace workspace(folder / "w");
  std::ofstream lines(folder / "lines.txt");
  for (int i = 0; i < 40; ++i) lines << "a line of its own number " << i << std::endl;
  lines.close();
  const auto source = open_text_source(folder / "lines.txt", {.documents = DocumentUnit::kLine});
  ingest_text(workspace.database(), *source, nullptr, {.name = "a-lines"},
              {.vocabulary_size = 120});
  MainWindow window(workspace, {});
  window.show();
  window.goTo(MainWindow::kViews);
  const auto labels = [&] {
    QString all;
    for (const auto* label : window.findChild<TextViews*>()->findChildren<QLabel*>())
      all += label->text();
    return all;
  };
  EXPECT_TRUE(QTest::qWaitFor([&] {
    return labels().contains("needs documents of several sentences");
  })) << labels().toStdString();
}

}  // namespace
}  // namespace pretext
