#include "app/pages/runs_page.h"

#include "app/pages/new_run_panel.h"
#include "app/pages/page.h"
#include "app/pages/queue_button.h"
#include "app/pages/run_details.h"
#include "app/pages/run_table.h"
#include "app/pages/sweep_view.h"
#include "app/run_archive.h"
#include "core/base/error.h"
#include "core/objective/supervised.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "core/store/submission.h"
#include "widgets/background.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QtMath>

#include <algorithm>
#include <tuple>

namespace pretext {
namespace {

enum StackPage { kEmpty, kTable, kNewRun };

}  // namespace

RunsPage::RunsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      stack_(new QStackedWidget(this)),
      table_(new RunTable(workspace)),
      queue_(new QueueButton(workspace)),
      inHand_(new QStackedWidget),
      nothing_(new QLabel(tr("Choose a run above to see its curves, accuracies and settings"))),
      details_(new RunDetails(workspace)),
      sweep_(new SweepView(workspace)),
      newRun_(new NewRunPanel(workspace)),
      more_(new QToolButton) {
  auto* empty = new EmptyState(tr("No runs yet"),
                               tr("A run pretrains an encoder on a corpus, in the background: "
                                  "closing the window does not stop it."),
                               tr("New run…"), this);
  connect(empty, &EmptyState::pressed, this, &RunsPage::newRunRequested);

  auto* top = new QWidget;
  auto* topLayout = new QVBoxLayout(top);
  topLayout->setContentsMargins({});
  topLayout->addLayout(makeBar());
  topLayout->addWidget(table_, 1);
  inHand_->addWidget(details_);
  inHand_->addWidget(sweep_);
  nothing_->setAlignment(Qt::AlignCenter);
  nothing_->setForegroundRole(QPalette::PlaceholderText);
  inHand_->addWidget(nothing_);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(top);
  splitter->addWidget(inHand_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({190, 500});
  stack_->addWidget(empty);
  stack_->addWidget(splitter);
  stack_->addWidget(newRun_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(stack_, 1);
  layout->addWidget(message_);  // Below, so that nothing moves away under the pointer.
  connectTable();
  connectForm();
  connect(&workspace_, &Workspace::changed, this, [this] { refresh(); });
  refresh();
}

void RunsPage::connectTable() {
  connect(table_, &RunTable::selectionChanged, this, [this] {
    showInHand();
    // A reset of the table selects the same run again.
    if (selectedRun() == announced_ || selectedRun() < 0) return;
    announced_ = selectedRun();
    Q_EMIT runSelected(announced_);
  });
  connect(table_, &RunTable::failed, message_, &MessageLine::say);
  connect(queue_, &QueueButton::failed, message_, &MessageLine::say);
  connect(details_, &RunDetails::failed, message_, &MessageLine::say);
  connect(sweep_, &SweepView::runActivated, this, &RunsPage::select);
  connect(sweep_, &SweepView::compareRequested, this, &RunsPage::compareRequested);
  connect(sweep_, &SweepView::stopRequested, this, [this](qint64 sweep) {
    message_->attempt([&] { JobStore(workspace_.database()).stop_sweep(sweep); });
    workspace_.announceChange();
  });
  connect(sweep_, &SweepView::deleteRequested, this, [this](qint64 sweep) {
    message_->attempt([&] {
      std::vector<std::int64_t> runs;
      for (const auto& run : RunStore(workspace_.database()).of_sweep(sweep))
        runs.push_back(run.id);
      moveToBin(runs);
    });
    workspace_.announceChange();
  });
}

void RunsPage::connectForm() {
  connect(newRun_, &NewRunPanel::launched, this, &RunsPage::launch);
  connect(newRun_, &NewRunPanel::sweepLaunched, this, &RunsPage::launchSweep);
  connect(newRun_, &NewRunPanel::edited, this, [this](const Experiment& draft) {
    if (stack_->currentIndex() == kNewRun) Q_EMIT draftChanged(draft);
  });
  connect(newRun_, &NewRunPanel::cancelled, this, [this] {
    if (!parent_) Q_EMIT draftChanged(std::nullopt);
    stack_->setCurrentIndex(kTable);
    message_->say({});
    refresh();
  });
}

QHBoxLayout* RunsPage::makeBar() {
  auto* create = new QPushButton(tr("&New run…"));
  auto* bar = new QHBoxLayout;
  bar->addWidget(create);
  bar->addWidget(table_->filterLine(), 1);
  bar->addWidget(table_->groupingBox());
  bar->addWidget(table_->columnsButton());
  bar->addWidget(queue_);
  const std::tuple<RunCommand, QString, QString> buttons[] = {
      {RunCommand::kPause, tr("&Pause"), tr("Writes a checkpoint and frees the device")},
      {RunCommand::kStop, tr("&Stop"),
       tr("Ends the run, also one that was interrupted; what it has learned stays")},
      {RunCommand::kResume, tr("&Resume"), tr("Goes on from the last checkpoint")},
      {RunCommand::kDelete, tr("&Delete"),
       tr("Puts it into the bin, from where it can come back")}};
  for (const auto& [word, text, meaning] : buttons) {
    auto* button = new QPushButton(text);
    button->setToolTip(meaning);
    button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    connect(button, &QPushButton::clicked, this, [this, chosen = word] { command(chosen); });
    bar->addWidget(button);
    commands_[word] = button;
  }
  addMenu(bar);
  connect(create, &QPushButton::clicked, this, &RunsPage::newRunRequested);
  return bar;
}

std::int64_t RunsPage::selectedRun() const {
  return table_->currentRun();
}

void RunsPage::focusFilter() {
  if (!table_->isEmpty()) stack_->setCurrentIndex(kTable);
  table_->filterLine()->setFocus();
  table_->filterLine()->selectAll();
}

void RunsPage::select(std::int64_t run) {
  if (!table_->isEmpty()) stack_->setCurrentIndex(kTable);
  table_->select(run);
  if (table_->currentRun() == run) return;
  table_->filterLine()->clear();  // It hides it.
  table_->select(run);
}

void RunsPage::saveArchive() {
  const auto run = selectedRun();
  const auto file =
      QFileDialog::getSaveFileName(this, tr("The whole run as a zip file"),
                                   QStringLiteral("run-%1.zip").arg(run), tr("Zip files (*.zip)"));
  if (file.isEmpty()) return;
  message_->tell(tr("Run %1 is being written to %2…").arg(run).arg(file));
  const auto write = [folder = workspace_.folder(), run, file] {
    Database database(folder);
    QStringList leftOut;
    for (const auto& checkpoint : writeRunArchive(database, run, file.toStdString()))
      leftOut << QString::fromStdString(checkpoint);
    return leftOut;
  };
  runInBackground(this, write, [this, run, file](const Outcome<QStringList>& leftOut) {
    if (!leftOut.value) return message_->say(leftOut.complaint);
    if (leftOut.value->isEmpty()) return message_->tell(tr("Run %1 is in %2.").arg(run).arg(file));
    message_->say(tr("Run %1 is in %2, without checkpoints that are missing or damaged: %3.")
                      .arg(run)
                      .arg(file, leftOut.value->join(QStringLiteral(", "))));
  });
}

void RunsPage::addMenu(QHBoxLayout* bar) {
  auto* menu = new QMenu(more_);
  menu->addAction(tr("&Fine-tune on labels…"), this, [this] {
    startChild(tr("Fine-tuning of run %1"), RunCommand::kFork, [](const RunRecord& run) {
      return supervised_experiment(Experiment::from_json(run.resolved), {});
    });
  });
  menu->addAction(tr("&Linear probe to keep…"), this, [this] {
    startChild(tr("Linear probe on run %1"), RunCommand::kFork, [](const RunRecord& run) {
      return supervised_experiment(Experiment::from_json(run.resolved), {.head_only = true});
    });
  });
  menu->addAction(tr("&Evaluate now (kNN, linear)"), this, [this] { evaluate(); });
  menu->addAction(tr("&Compare the selected"), this,
                  [this] { Q_EMIT compareRequested(table_->selectedRuns()); });
  menu->addAction(tr("Save all of it as a &zip file…"), this, [this] { saveArchive(); });
  menu->addAction(tr("&Star, or unstar"), this, [this] { star(); });
  menu->addSeparator();
  menu->addAction(tr("&New run with these settings…"), this, [this] {
    message_->attempt([this] {
      const auto run = RunStore(workspace_.database()).require(selectedRun());
      if (run.parent_run)
        throw UserError("Run " + std::to_string(run.id) +
                        " learned from another: fork that one, or fine-tune it again.");
      startNewRun(Experiment::from_json(run.spec));
    });
  });
  menu->addAction(tr("F&ork from its checkpoint…"), this, [this] {
    startChild(tr("Fork of run %1"), RunCommand::kFork, [](const RunRecord& run) {
      auto experiment = Experiment::from_json(run.resolved);
      experiment.set("name", run.name + ", forked");
      return experiment;
    });
  });
  menu->addAction(tr("E&xtend by as much again…"), this, [this] {
    startChild(tr("Extension of run %1"), RunCommand::kExtend, [this](const RunRecord& run) {
      auto experiment = Experiment::from_json(run.resolved);
      const auto budget = experiment.text("training.budget");
      if (budget.empty()) {
        experiment.extend(parent_->step, parent_->epoch, std::max(1, qCeil(parent_->epoch)));
      } else {
        experiment.extend(seconds_of_budget(workspace_.database(), *parent_), budget);
      }
      experiment.set("name", run.name + ", extended");
      return experiment;
    });
  });
  more_->setText(tr("&More"));
  more_->setAccessibleName(tr("More"));
  more_->setMenu(menu);
  more_->setPopupMode(QToolButton::InstantPopup);
  bar->addWidget(more_);
  connect(table_, &RunTable::menuRequested, menu,
          [menu](const QPoint& place) { menu->popup(place); });
}

void RunsPage::startChild(const QString& what, RunCommand command,
                          const std::function<Experiment(const RunRecord&)>& make) {
  message_->attempt([&] {
    RunStore runs(workspace_.database());
    const auto run = runs.require(selectedRun());
    if (!run.allows(command)) throw UserError(run.why_not(command));
    parent_ = runs.require_checkpoint(run.id);
    const auto corpus = CorpusStore(workspace_.database()).get(run.corpus_id);
    newRun_->prefill(make(run), NewRunPanel::Child{what.arg(run.id), corpus});
    message_->say({});
    stack_->setCurrentIndex(kNewRun);
  });
}

void RunsPage::evaluate() {
  message_->attempt([&] {
    const auto run = RunStore(workspace_.database()).require(selectedRun());
    require_labels(CorpusStore(workspace_.database()).get(run.corpus_id));
    workspace_.submit("evaluate", run.id, R"({"kinds": ["knn", "linear"]})");
    message_->say({});
  });
}

void RunsPage::startNewRun(const Experiment& experiment) {
  parent_.reset();
  newRun_->prefill(experiment);
  stack_->setCurrentIndex(kNewRun);
}

void RunsPage::resumeDraft(const Experiment& draft) {
  startNewRun(draft);
  message_->tell(tr("This run was not started last time: start it, or cancel."));
}

void RunsPage::star() {
  message_->attempt([&] {
    RunStore runs(workspace_.database());
    const auto selected = table_->selectedRuns();
    const bool isAll =
        std::ranges::all_of(selected, [&](std::int64_t run) { return runs.require(run).starred; });
    for (const auto run : selected) runs.set_starred(run, !isAll);
  });
  workspace_.announceChange();
}

void RunsPage::refresh() {
  table_->refresh();
  if (stack_->currentIndex() != kNewRun)
    stack_->setCurrentIndex(table_->isEmpty() ? kEmpty : kTable);
  queue_->refresh();
  showInHand();
}

void RunsPage::showInHand() {
  RunStore runs(workspace_.database());
  const auto run = runs.find(selectedRun());
  const auto selected = table_->selectedRuns();
  for (const auto& [word, button] : commands_) {
    button->setEnabled(std::ranges::any_of(selected, [&, command = word](std::int64_t id) {
      const auto record = runs.find(id);
      return record && record->allows(command);
    }));
  }
  more_->setEnabled(run.has_value());
  const auto sweep = table_->currentSweep();
  inHand_->setCurrentWidget(sweep ? static_cast<QWidget*>(sweep_)
                            : run ? static_cast<QWidget*>(details_)
                                  : nothing_);
  details_->showRun(run);
  if (sweep) message_->attempt([&] { sweep_->showSweep(*sweep); });
}

/// Of several runs those are meant that it can be asked of; of one, why not is said.
void RunsPage::command(RunCommand word) {
  auto selected = table_->selectedRuns();
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    RunStore runs(workspace_.database());
    if (selected.size() > 1) {
      std::erase_if(selected, [&](std::int64_t run) { return !runs.require(run).allows(word); });
    }
    message_->say({});
    if (word == RunCommand::kDelete) return moveToBin(selected);
    for (const auto run : selected)
      word == RunCommand::kResume ? jobs.resume(run) : jobs.control(run, word);
    if (word == RunCommand::kResume) jobs.ensure_engines();
  });
  workspace_.announceChange();
}

void RunsPage::moveToBin(const std::vector<std::int64_t>& runs) {
  for (const auto run : runs) RunStore(workspace_.database()).move_to_bin(run);
  const auto text = runs.size() == 1
                        ? tr("Run %1 is in the bin.").arg(runs.front())
                        : tr("%n runs are in the bin.", nullptr, static_cast<int>(runs.size()));
  message_->offerUndo(text, [this, runs] {
    for (const auto run : runs) RunStore(workspace_.database()).restore(run);
    workspace_.announceChange();
    select(runs.front());
  });
}

void RunsPage::launch(const Experiment& experiment, const CorpusRecord& corpus) {
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    const auto run = parent_ ? jobs.submit_run(experiment, corpus.id, parent_->run_id, parent_->id)
                             : jobs.submit_run(experiment, corpus.id);
    jobs.ensure_engines();
    message_->say({});
    if (!parent_) Q_EMIT draftChanged(std::nullopt);
    stack_->setCurrentIndex(kTable);
    workspace_.announceChange();
    select(run);
  });
}

void RunsPage::launchSweep(const SweepPlan& plan) {
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    const auto sweep = jobs.submit_sweep(plan);
    jobs.ensure_engines();
    message_->say({});
    Q_EMIT draftChanged(std::nullopt);
    stack_->setCurrentIndex(kTable);
    workspace_.announceChange();
    select(RunStore(workspace_.database()).of_sweep(sweep).front().id);
  });
}

}  // namespace pretext
