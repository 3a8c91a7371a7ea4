#include "app/main_window.h"
#include "app/pages/run_table.h"
#include "widgets/command_palette.h"
#include "widgets/help_view.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTextBrowser>
#include <QtTest>

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

TEST(CommandPaletteTest, LettersInOrderFitTheCloserTheBetter) {
  EXPECT_EQ(paletteScore("xyz", "Embeddings"), 0);
  EXPECT_EQ(paletteScore("neg", "engine"), 0) << "the order counts";
  EXPECT_GT(paletteScore("", "anything"), 0);
  EXPECT_GT(paletteScore("emb", "Embeddings"), paletteScore("emb", "the member base"));
  EXPECT_GT(paletteScore("nr", "New run"), paletteScore("nr", "answer"));
}

class HelpWindowTest : public WindowFixture {
 protected:
  HelpWindowTest() {
    ingestSample();
    first = leaveFinishedRun().run;
    second = leaveFinishedRun().run;
    workspace.emplace(folder.path());
    RunStore(workspace->database()).rename(first, "the needle");
    window.emplace(*workspace, std::nullopt);
    window->show();
    window->goTo(MainWindow::kCorpora);
  }
  void press(const QString& action) {
    for (auto* one : window->findChildren<QAction*>())
      if (one->objectName() == action) return one->trigger();
    FAIL() << "no action " << action.toStdString();
  }

  std::int64_t first = 0, second = 0;
  std::optional<Workspace> workspace;
  std::optional<MainWindow> window;
};

TEST_F(HelpWindowTest, ThePaletteFindsARunAndAPage) {
  press("palette");
  auto* palette = window->findChild<CommandPalette*>();
  ASSERT_NE(palette, nullptr);
  ASSERT_TRUE(palette->isVisible());
  auto* line = palette->findChild<QLineEdit*>();
  QTest::keyClicks(line, "needl");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_FALSE(palette->isVisible());
  auto* table = window->findChild<RunTable*>();
  EXPECT_TRUE(table->isVisible());
  EXPECT_EQ(table->currentRun(), first);
  press("palette");
  auto* list = palette->findChild<QListWidget*>();
  const int all = list->count();
  QTest::keyClicks(line, "views");
  EXPECT_LT(list->count(), all);
  QTest::keyClick(line, Qt::Key_Down);
  QTest::keyClick(line, Qt::Key_Up);
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_FALSE(table->isVisible());
  press("palette");
  QTest::keyClicks(line, "zzzz");
  EXPECT_EQ(list->count(), 0);
  QTest::keyClick(line, Qt::Key_Return);  // Nothing to do.
  EXPECT_TRUE(palette->isVisible());
}

TEST_F(HelpWindowTest, HelpOpensAtThePageAndItsSearchNarrowsTheTopics) {
  window->goTo(MainWindow::kViews);
  press("pageHelp");
  auto* help = window->findChild<HelpView*>();
  ASSERT_NE(help, nullptr);
  ASSERT_TRUE(help->isVisible());
  auto* page = help->findChild<QTextBrowser*>();
  EXPECT_TRUE(page->toPlainText().startsWith("Views"));
  press("shortcuts");
  EXPECT_TRUE(page->toPlainText().contains("Ctrl+K"));
  auto* topics = help->findChild<QListWidget*>();
  const auto shown = [&] {
    int count = 0;
    for (int row = 0; row < topics->count(); ++row) count += !topics->item(row)->isHidden();
    return count;
  };
  EXPECT_EQ(shown(), 10);
  QTest::keyClicks(named<QLineEdit>(*help, "Search the help"), "grayscale");
  EXPECT_EQ(shown(), 1);
  EXPECT_TRUE(page->toPlainText().startsWith("Views"));
  EXPECT_EQ(page->textCursor().selectedText().toLower(), "grayscale");
}

TEST_F(HelpWindowTest, HelpIsClosedByItsButtonAndByEscape) {
  auto* help = window->findChild<HelpView*>();
  for (const bool byKey : {false, true}) {
    press("pageHelp");
    ASSERT_TRUE(QTest::qWaitForWindowActive(help));
    if (byKey) {
      QTest::keyClick(help, Qt::Key_Escape);
    } else {
      QTest::mouseClick(help->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Close),
                        Qt::LeftButton);
    }
    EXPECT_FALSE(help->isVisible());
  }
}

/// How many lines begin so.
std::ptrdiff_t numLines(const QString& text, const QString& beginning) {
  return std::ranges::count_if(text.split('\n'),
                               [&](const QString& line) { return line.startsWith(beginning); });
}

TEST_F(HelpWindowTest, EveryTopicIsThereInChineseWithAllItsParts) {
  const QDir english(QStringLiteral(":/help"));
  const auto topics = english.entryList({QStringLiteral("*.md")});
  ASSERT_EQ(topics.size(), 10);
  const auto read = [](const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
  };
  for (const auto& topic : topics) {
    SCOPED_TRACE(topic.toStdString());
    const auto original = read(english.filePath(topic));
    const auto chinese = read(english.filePath("zh_CN/" + topic));
    ASSERT_FALSE(chinese.isEmpty());
    for (const auto* part : {"# ", "## ", "| ", "- ", "1. ", "    SELECT"})
      EXPECT_EQ(numLines(chinese, part), numLines(original, part)) << part;
  }
}

TEST_F(HelpWindowTest, WhatARunLogsIsExplainedWhereItIsShown) {
  EXPECT_TRUE(metricMeaning("train/loss").contains("Chen et al., ICML 2020"));
  EXPECT_TRUE(metricMeaning("val/uniformity").contains("Wang and Isola"));
  EXPECT_TRUE(metricMeaning("none/such").isEmpty());
  const MetricChart chart(metricTitle("val/rankme"), metricMeaning("val/rankme"));
  const auto labels = chart.findChildren<QLabel*>();
  EXPECT_TRUE(std::ranges::any_of(
      labels, [](const QLabel* label) { return label->toolTip().contains("Garrido et al."); }));
}

TEST_F(HelpWindowTest, EveryTopicHasAPage) {
  HelpView help;
  auto* topics = help.findChild<QListWidget*>();
  for (int row = 0; row < topics->count(); ++row) {
    topics->setCurrentRow(row);
    EXPECT_GT(help.findChild<QTextBrowser*>()->toPlainText().size(), 200) << row;
    EXPECT_FALSE(topics->item(row)->text().isEmpty());
  }
}

}  // namespace
}  // namespace pretext
