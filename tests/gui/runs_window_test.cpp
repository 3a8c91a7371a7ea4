#include "app/main_window.h"
#include "app/pages/bin_dialog.h"
#include "app/pages/run_details.h"
#include "app/pages/run_table.h"
#include "app/pages/runs_page.h"
#include "core/store/metric_store.h"
#include "core/store/sweep_store.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

#include <gtest/gtest.h>

#include "tests/gui/named.h"
#include "tests/gui/window_fixture.h"

namespace pretext {
namespace {

/// A window on a workspace with a corpus, at its runs.
class RunsWindowTest : public WindowFixture {
 protected:
  RunsWindowTest() {
    ingestSample();
    workspace.emplace(folder.path());
  }

  std::int64_t queueRun(const std::vector<std::string>& settings) {
    Experiment experiment;
    experiment.set("corpus", std::string("drawn"));
    experiment.set("training.batch_size", std::int64_t{32});
    experiment.set_all(settings);
    return JobStore(workspace->database()).submit_run(experiment, 1);
  }
  void openWindow() {
    window.emplace(*workspace, std::nullopt);
    window->show();
    window->goTo(MainWindow::kRuns);
  }
  QTreeView* tree() { return named<QTreeView>(*window, "Runs"); }
  /// Columns of a row of the table, by heading.
  QString cell(int row, const QString& heading, const QModelIndex& in = {}) {
    const auto* model = tree()->model();
    for (int column = 0; column < model->columnCount(); ++column) {
      if (model->headerData(column, Qt::Horizontal).toString() == heading)
        return model->index(row, column, in).data().toString();
    }
    return QStringLiteral("no column ") + heading;
  }
  void type(const QString& name, const QString& text) {
    auto* line = named<QLineEdit>(*window, name);
    ASSERT_NE(line, nullptr) << name.toStdString();
    line->selectAll();
    QTest::keyClicks(line, text);
  }
  void click(const QString& name) {
    auto* button = named<QPushButton>(*window, name);
    ASSERT_NE(button, nullptr) << name.toStdString();
    QTest::mouseClick(button, Qt::LeftButton);
  }
  bool isSaid(const QString& text) {
    for (auto* label : window->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(text)) return true;
    return false;
  }
  void groupBy(const QString& text) {
    auto* box = named<QComboBox>(*window, "Group by");
    box->setCurrentIndex(box->findText(text));
  }

  std::optional<Workspace> workspace;
  std::optional<MainWindow> window;
};

TEST_F(RunsWindowTest, APageOfARunFollowsAFilterOnceTheTypingPauses) {
  const auto first = queueRun({"name=first"});
  queueRun({"name=second"});
  openWindow();
  QSignalSpy announced(window->findChild<RunTable*>(), &RunTable::selectionChanged);
  named<QLineEdit>(*window, "Filter runs")->setText("first");
  EXPECT_EQ(window->findChild<RunTable*>()->currentRun(), first);
  EXPECT_EQ(announced.size(), 0) << "pages of each letter's runs would make the typing wait";
  ASSERT_TRUE(announced.wait(2000));
  QTest::qWait(20);
  EXPECT_EQ(announced.size(), 1);
  EXPECT_EQ(window->findChild<RunsPage*>()->selectedRun(), first);
}

TEST_F(RunsWindowTest, AFilterIsAppliedAsItIsTypedAndExplainedWhenItIsWrong) {
  queueRun({"name=first", "training.learning_rate=0.01"});
  queueRun({"name=second", "training.learning_rate=0.5"});
  openWindow();
  EXPECT_EQ(tree()->model()->rowCount(), 2);
  type("Filter runs", "second");
  EXPECT_EQ(tree()->model()->rowCount(), 1);
  type("Filter runs", "training.learning_rate<0.1");
  ASSERT_EQ(tree()->model()->rowCount(), 1);
  EXPECT_EQ(cell(0, "Name"), "first");
  groupBy("By status");
  EXPECT_TRUE(cell(0, "Name").endsWith("queued (1)")) << "a group of what is shown";
  groupBy("No groups");
  named<QLineEdit>(*window, "Filter runs")->clear();
  tree()->selectAll();
  type("Filter runs", "learning");  // Neither has it in its name.
  EXPECT_EQ(tree()->model()->rowCount(), 0);
  named<QLineEdit>(*window, "Filter runs")->clear();
  queueRun({"name=zzz"});
  workspace->announceChange();
  tree()->selectAll();
  type("Filter runs", "-z");
  EXPECT_EQ(tree()->model()->rowCount(), 2);
  EXPECT_EQ(window->findChild<RunTable*>()->selectedRuns().size(), 2u) << "those that are left";
  type("Filter runs", "learnin<0.1");
  EXPECT_TRUE(isSaid("did you mean"));
  type("Filter runs", "status:queued");
  EXPECT_FALSE(isSaid("did you mean"));
  EXPECT_EQ(tree()->model()->rowCount(), 3);
}

TEST_F(RunsWindowTest, ColumnsAreChosenAndRemembered) {
  queueRun({"name=first", "training.learning_rate=0.125"});
  openWindow();
  auto* menu = named<QToolButton>(*window, "Columns")->menu();
  Q_EMIT menu->aboutToShow();
  QMenu* settings = nullptr;
  for (auto* action : menu->actions()) {
    if (action->text() == "Objective") action->trigger();
    if (action->menu() && action->text() == "&Settings") settings = action->menu();
  }
  ASSERT_NE(settings, nullptr);
  for (auto* action : settings->actions())
    if (action->text() == "training.learning_rate") action->trigger();
  EXPECT_EQ(cell(0, "training.learning_rate"), "0.125");
  EXPECT_EQ(cell(0, "Objective"), "no column Objective");
  openWindow();
  EXPECT_EQ(cell(0, "training.learning_rate"), "0.125");
  EXPECT_EQ(cell(0, "Objective"), "no column Objective");
}

TEST_F(RunsWindowTest, ARunWhoseSettingsAreDamagedEndsNothing) {
  queueRun({"name=first"});
  const auto odd = queueRun({"name=odd"});
  workspace->database().connection().exec(
      R"(UPDATE runs SET spec = '{"training.precision":"fp8"}', tags = '{' WHERE id = 2)");
  openWindow();
  window->findChild<RunTable*>()->select(odd);
  QTest::qWait(300);  // Its page follows.
  EXPECT_TRUE(isSaid("for training.precision")) << "what is wrong";
  Q_EMIT named<QToolButton>(*window, "Columns")->menu()->aboutToShow();
  for (const auto page : {MainWindow::kStart, MainWindow::kCorpora, MainWindow::kViews,
                          MainWindow::kEmbeddings, MainWindow::kCompare, MainWindow::kRuns})
    window->goTo(page);
  EXPECT_EQ(tree()->model()->rowCount(), 2);
}

TEST_F(RunsWindowTest, NamesTagsStarsAndNotesAreChangedInPlace) {
  const auto run = queueRun({"name=first"});
  openWindow();
  const auto edit = [&](const QString& heading, const QString& text) {
    const auto* model = tree()->model();
    for (int column = 0; column < model->columnCount(); ++column) {
      if (model->headerData(column, Qt::Horizontal).toString() != heading) continue;
      tree()->setCurrentIndex(model->index(0, column));
      tree()->edit(model->index(0, column));
    }
    auto* editor = tree()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, text);
    QTest::keyClick(editor, Qt::Key_Return);
    QTest::qWait(20);  // What was typed is taken over by the event loop.
  };
  edit("Name", "renamed");
  edit("Tags", "baseline, paper");
  const auto star = tree()->visualRect(tree()->model()->index(0, 0));
  QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, star.center());
  auto record = RunStore(workspace->database()).require(run);
  EXPECT_EQ(record.name, "renamed");
  EXPECT_EQ(record.tags, (std::vector<std::string>{"baseline", "paper"}));
  EXPECT_TRUE(record.starred);
  auto* tabs = window->findChild<RunDetails*>()->findChild<QTabWidget*>();
  for (int tab = 0; tab < tabs->count(); ++tab)
    if (tabs->tabText(tab) == "Settings and note") tabs->setCurrentIndex(tab);
  auto* note = named<QPlainTextEdit>(*window, "Note");
  ASSERT_NE(note, nullptr);
  QTest::keyClicks(note, "what it showed");
  EXPECT_TRUE(QTest::qWaitFor(
      [&] { return RunStore(workspace->database()).require(run).notes == "what it showed"; },
      5000));
}

TEST_F(RunsWindowTest, AChildShowsWhatChangedSinceItsParent) {
  const auto parent = leaveFinishedRun();
  Experiment child;
  child.set("corpus", std::string("drawn"));
  child.set("training.batch_size", std::int64_t{32});
  child.set("training.learning_rate", 0.125);
  child.set("training.epochs", std::int64_t{500});
  JobStore(workspace->database()).submit_run(child, 1, parent.run, parent.checkpoint);
  openWindow();
  auto* tabs = window->findChild<RunDetails*>()->findChild<QTabWidget*>();
  for (int tab = 0; tab < tabs->count(); ++tab)
    if (tabs->tabText(tab) == "Settings and note") tabs->setCurrentIndex(tab);
  auto* settings = named<QTableWidget>(*window, "Settings");
  ASSERT_NE(settings, nullptr);
  const auto visible = [&] {
    QStringList keys;
    for (int row = 0; row < settings->rowCount(); ++row)
      if (!settings->isRowHidden(row)) keys << settings->item(row, 0)->text();
    return keys;
  };
  EXPECT_TRUE(visible().contains("training.learning_rate"));
  EXPECT_FALSE(visible().contains("training.optimizer"));
  type("Find a setting", "epochs");
  EXPECT_EQ(visible(), QStringList{"training.epochs"});
  named<QCheckBox>(*window, "Only what differs from its parent")->click();
  EXPECT_TRUE(visible().contains("training.warmup_epochs"));
}

TEST_F(RunsWindowTest, ASweepIsFilledInStartedSeenAsAGroupAndStopped) {
  openWindow();
  click("New run…");
  type("Name", "rates");
  auto* sweep = named<QCheckBox>(*window, "Sweep");
  ASSERT_NE(sweep, nullptr);
  sweep->setChecked(true);
  QTest::qWait(10);  // The line is shown by the event loop.
  auto* start = named<QPushButton>(*window, "Start run");
  EXPECT_FALSE(start->isEnabled());
  EXPECT_TRUE(isSaid("Nothing varies"));
  type("Values of setting 1", "0.03, 0.1, nine");
  EXPECT_TRUE(isSaid("takes a number"));
  type("Values of setting 1", "0.03, 0.1");
  named<QSpinBox>(*window, "Seeds of each")->setValue(2);
  EXPECT_TRUE(isSaid("4 runs, the first of them: rates, learning_rate 0.03, seed 0"));
  EXPECT_TRUE(isSaid("training.learning_rate</code>")) << "what is varied is explained";
  ASSERT_TRUE(start->isEnabled());
  EXPECT_EQ(start->text(), "&Start 4 runs");
  QTest::mouseClick(start, Qt::LeftButton);
  ASSERT_EQ(RunStore(workspace->database()).list().size(), 4u);

  for (const std::int64_t run : {1, 2, 3}) {  // The engine's part.
    ResultStore(workspace->database())
        .add_evaluation(run, {.kind = "linear",
                              .baseline = "trained",
                              .split = "test",
                              .accuracy = 0.2 * static_cast<double>(run),
                              .corpus_id = 1});
    WriteTransaction transaction(workspace->database());
    RunStore(workspace->database()).set_status(run, "finished", "");
    transaction.commit();
  }
  workspace->announceChange();
  groupBy("By sweep");
  ASSERT_EQ(tree()->model()->rowCount(), 1);
  EXPECT_EQ(cell(0, "Name"), "Sweep 1 (4), best: run 3");
  tree()->setCurrentIndex(tree()->model()->index(0, 0));
  auto* table = named<QTableWidget>(*window, "Combinations of the sweep");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->rowCount(), 2);
  EXPECT_EQ(table->item(0, 0)->text(), "3, 4");
  EXPECT_EQ(table->item(0, 1)->text(), "0.1");
  EXPECT_EQ(table->item(0, 2)->text(), "60.0 %");
  EXPECT_FALSE(table->item(0, 2)->icon().isNull()) << "the best has a star";
  EXPECT_TRUE(table->item(1, 2)->icon().isNull());
  EXPECT_EQ(table->item(1, 2)->text(), "30.0 % (s.d. 14.1 %)");
  click("Stop the sweep");
  EXPECT_EQ(RunStore(workspace->database()).require(4).status, RunStatus::kStopped);
  EXPECT_FALSE(named<QPushButton>(*window, "Stop the sweep")->isEnabled());
  click("Delete the sweep");
  EXPECT_TRUE(RunStore(workspace->database()).list().empty());
  click("Undo");
  EXPECT_EQ(RunStore(workspace->database()).list().size(), 4u);
  groupBy("By sweep");
  tree()->setCurrentIndex(tree()->model()->index(0, 0));
  // From its combination to the run.
  const auto second = table->visualItemRect(table->item(1, 0));
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, second.center());
  QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, second.center());
  EXPECT_EQ(window->findChild<RunTable*>()->currentRun(), 1);
}

TEST_F(RunsWindowTest, SeveralRunsAreDeletedAndComeBackTogether) {
  for (const auto* name : {"name=a", "name=b", "name=c"}) queueRun({name});
  openWindow();
  tree()->selectAll();
  click("Delete");
  EXPECT_TRUE(RunStore(workspace->database()).list().empty());
  click("Undo");
  EXPECT_EQ(RunStore(workspace->database()).list().size(), 3u);
}

TEST_F(RunsWindowTest, TheBinGivesBackAndDeletesForGoodAfterAQuestion) {
  for (const auto* name : {"name=a", "name=b"}) queueRun({name});
  openWindow();
  tree()->selectAll();
  click("Delete");
  window->findChild<QAction*>("bin")->trigger();
  auto* bin = window->findChild<BinDialog*>();
  ASSERT_TRUE(bin->isVisible());
  auto* table = named<QTableWidget>(*bin, "What is in the bin");
  ASSERT_EQ(table->rowCount(), 2);
  const auto press = [&](const char* name) {
    QTest::mouseClick(named<QPushButton>(*bin, name), Qt::LeftButton);
  };
  table->selectRow(0);
  press("Put back");
  EXPECT_EQ(RunStore(workspace->database()).list().size(), 1u);
  ASSERT_EQ(table->rowCount(), 1);
  const auto answer = [&](QMessageBox::StandardButton button) {
    QTimer::singleShot(0, [button] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      ASSERT_NE(box, nullptr);
      QTest::mouseClick(box->button(button), Qt::LeftButton);
    });
  };
  answer(QMessageBox::No);
  press("Empty the bin");
  EXPECT_EQ(table->rowCount(), 1);
  answer(QMessageBox::Yes);
  press("Empty the bin");
  EXPECT_EQ(table->rowCount(), 0);
  EXPECT_EQ(workspace->database().connection().execAndGet("SELECT count(*) FROM runs").getInt(), 1);
}

TEST_F(RunsWindowTest, TheQueueIsReorderedFromTheKeyboard) {
  const auto first = queueRun({"name=a"});
  const auto second = queueRun({"name=b"});
  openWindow();
  auto* queue = named<QToolButton>(*window, "Queue");
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(queue->text(), "Queue (2)");
  queue->menu()->popup({0, 0});
  auto* list = queue->menu()->findChild<QListWidget*>();
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->count(), 2);
  list->setCurrentRow(1);
  QTest::keyClick(list, Qt::Key_Up, Qt::ControlModifier);
  queue->menu()->hide();
  EXPECT_EQ(JobStore(workspace->database()).training_queue(),
            (std::vector<std::int64_t>{second, first}));
}

TEST_F(RunsWindowTest, SelectedRunsGoToTheComparison) {
  queueRun({"name=a"});
  queueRun({"name=b"});
  queueRun({"name=c", "training.epochs=7"});
  openWindow();
  tree()->selectAll();
  for (auto* action : named<QToolButton>(*window, "More")->menu()->actions())
    if (action->text() == "&Compare the selected") action->trigger();
  auto* ticks = named<QListWidget>(*window, "Runs to compare");
  ASSERT_NE(ticks, nullptr);
  for (int row = 0; row < 3; ++row) EXPECT_EQ(ticks->item(row)->checkState(), Qt::Checked) << row;
}

}  // namespace
}  // namespace pretext
