#include "app/main_window.h"
#include "app/pages/corpora_page.h"
#include "app/pages/text_views.h"
#include "core/corpus/text_ingest.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
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

}  // namespace
}  // namespace pretext
