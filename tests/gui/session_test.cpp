// What a window finds again after it went without being closed, other workspaces, and the tour.

#include "app/session.h"

#include "app/main_window.h"
#include "app/pages/run_table.h"
#include "widgets/tour.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include <gtest/gtest.h>

#include <optional>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

class SessionTest : public WindowFixture {
 protected:
  /// A new window on the workspace, opened again; the one before was never closed.
  MainWindow& open() {
    window.reset();
    workspace.reset();
    workspace.emplace(folder.path());
    window.emplace(*workspace, std::nullopt);
    window->resize(1280, 720);
    window->show();
    QTest::qWait(10);
    return *window;
  }
  QString page() {
    auto* pages = named<QListWidget>(*window, "Pages");
    return pages->currentItem() ? pages->currentItem()->text() : QString();
  }

  std::optional<Workspace> workspace;
  std::optional<MainWindow> window;
};

TEST_F(SessionTest, APageAndARunAreFoundAgain) {
  ingestSample("first");
  ingestSample();
  leaveFinishedRun();
  const auto wanted = leaveFinishedRun().run;
  leaveFinishedRun();
  open().goTo(MainWindow::kCorpora);
  auto* corpora = named<QListWidget>(*window, "Corpora");
  const auto first = corpora->findItems("first", Qt::MatchExactly).value(0);
  QTest::mouseClick(corpora->viewport(), Qt::LeftButton, {},
                    corpora->visualItemRect(first).center());
  window->goTo(MainWindow::kRuns);
  window->findChild<RunTable*>()->select(wanted);
  open();
  EXPECT_EQ(page(), "Runs");
  EXPECT_EQ(window->findChild<RunTable*>()->currentRun(), wanted);
  window->goTo(MainWindow::kCorpora);
  EXPECT_EQ(named<QListWidget>(*window, "Corpora")->currentItem()->text(), "first");
}

TEST_F(SessionTest, AFormThatWasNotStartedAndARecipeAreFoundAgain) {
  ingestSample();
  open().goTo(MainWindow::kRuns);
  QTest::mouseClick(named<QPushButton>(*window, "New run…"), Qt::LeftButton);
  auto* temperature = named<QLineEdit>(*window, "Temperature");
  temperature->selectAll();
  QTest::keyClicks(temperature, "0.37");
  QTest::qWait(400);
  open();
  EXPECT_EQ(page(), "Runs");
  ASSERT_NE(named<QLineEdit>(*window, "Temperature"), nullptr);
  EXPECT_EQ(named<QLineEdit>(*window, "Temperature")->text(), "0.37");
  QTest::mouseClick(named<QPushButton>(*window, "Cancel"), Qt::LeftButton);
  QTest::qWait(400);
  open();
  EXPECT_EQ(named<QLineEdit>(*window, "Temperature"), nullptr) << "it was given up";
}

TEST_F(SessionTest, OtherWorkspacesAreOfferedAtTheStart) {
  const auto other = folder.path() / "other";
  std::filesystem::create_directories(other);
  Session::remember(folder.path() / "gone");
  Session::remember(other);
  open();
  const auto name = QString::fromStdString(other.string());
  EXPECT_EQ(Session::recentWorkspaces(), QStringList(name)) << "what is gone is not offered";
  auto* link = named<QPushButton>(*window, "Open the workspace " + name);
  ASSERT_NE(link, nullptr);
  QSignalSpy wanted(&*window, &MainWindow::workspaceRequested);
  QTest::mouseClick(link, Qt::LeftButton);
  ASSERT_EQ(wanted.count(), 1);
  EXPECT_EQ(wanted[0][0].toString(), name);
}

TEST_F(SessionTest, TheTourComesOnceAndCanBeSkipped) {
  auto* tour = open().findChild<Tour*>();
  ASSERT_TRUE(QTest::qWaitFor([&] { return tour->isUnderWay(); }));
  const auto said = [&] { return named<QLabel>(*tour, "What the tour says")->text(); };
  const auto first = said();
  QTest::keyClick(named<QPushButton>(*tour, "Next"), Qt::Key_Space);
  EXPECT_NE(said(), first);
  EXPECT_TRUE(window->rect().contains(tour->geometry()));
  // It is in nobody's way.
  EXPECT_TRUE(named<QPushButton>(*window, "Try the sample")->isEnabled());
  QTest::keyClick(tour, Qt::Key_Escape);
  EXPECT_FALSE(tour->isUnderWay());
  open();
  QTest::qWait(30);
  EXPECT_FALSE(window->findChild<Tour*>()->isUnderWay());
  window->startTour();
  EXPECT_TRUE(window->findChild<Tour*>()->isUnderWay());
}

TEST_F(SessionTest, TheStartIsThereAfterTheTourAndWheneverItIsWanted) {
  auto* tour = open().findChild<Tour*>();
  ASSERT_TRUE(QTest::qWaitFor([&] { return tour->isUnderWay(); }));
  EXPECT_EQ(page(), "Start");
  while (tour->isUnderWay()) QTest::keyClick(tour->focusWidget(), Qt::Key_Space);
  QTest::qWait(10);
  EXPECT_EQ(page(), "Start");
  EXPECT_NE(named<QPushButton>(*window, "Try the sample"), nullptr) << "the tour took it away";
  window->goTo(MainWindow::kRuns);
  EXPECT_EQ(named<QPushButton>(*window, "Try the sample"), nullptr);
  window->startTour();
  EXPECT_EQ(page(), "Start") << "what the tour speaks of is shown";
  QTest::keyClick(tour, Qt::Key_Escape);
  EXPECT_EQ(page(), "Runs") << "the tour gives back what was shown";
  auto* pages = named<QListWidget>(*window, "Pages");
  QTest::mouseClick(pages->viewport(), Qt::LeftButton, {},
                    pages->visualItemRect(pages->item(0)).center());
  EXPECT_NE(named<QPushButton>(*window, "Try the sample"), nullptr);
  window->goTo(MainWindow::kCompare);
  QTest::keyClick(&*window, Qt::Key_0, Qt::ControlModifier);
  EXPECT_EQ(page(), "Start");
}

TEST_F(SessionTest, WorkspacesOpenedMeanwhileStandOnTheStart) {
  open();
  const auto other = folder.path() / "later";
  std::filesystem::create_directories(other);
  Session::remember(other);
  window->goTo(MainWindow::kRuns);
  window->goTo(MainWindow::kStart);
  const auto link = "Open the workspace " + QString::fromStdString(other.string());
  EXPECT_TRUE(QTest::qWaitFor([&] { return named<QPushButton>(*window, link) != nullptr; }));
}

}  // namespace
}  // namespace pretext
