#include "app/pages/runs_page.h"

#include "app/pages/new_run_panel.h"
#include "app/pages/page.h"
#include "app/pages/run_details.h"
#include "core/base/error.h"
#include "core/objective/supervised.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/submission.h"
#include "widgets/run_table_model.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QtMath>

#include <limits>

namespace pretext {
namespace {

enum StackPage { kEmpty, kTable, kNewRun };

double valueOf(const std::map<std::int64_t, double>& latest, std::int64_t run) {
  const auto found = latest.find(run);
  return found == latest.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
}

}  // namespace

RunsPage::RunsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      stack_(new QStackedWidget(this)),
      model_(new RunTableModel(this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView),
      details_(new RunDetails(workspace)),
      newRun_(new NewRunPanel(workspace)),
      more_(new QToolButton) {
  auto* empty = new EmptyState(tr("No runs yet"),
                               tr("A run pretrains an encoder on a corpus, in the background: "
                                  "closing the window does not stop it."),
                               tr("New run…"), this);
  connect(empty, &EmptyState::pressed, this, &RunsPage::newRunRequested);

  setUpTable();
  auto* top = new QWidget;
  auto* topLayout = new QVBoxLayout(top);
  topLayout->setContentsMargins({});
  topLayout->addLayout(makeBar());
  topLayout->addWidget(table_, 1);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(top);
  splitter->addWidget(details_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({190, 500});
  stack_->addWidget(empty);
  stack_->addWidget(splitter);
  stack_->addWidget(newRun_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(message_);
  layout->addWidget(stack_, 1);

  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
    refresh();
    // A reset of the table selects the same run again.
    if (selectedRun() == announced_) return;
    announced_ = selectedRun();
    Q_EMIT runSelected(announced_);
  });
  connect(model_, &RunTableModel::renamed, this, [this](qint64 run, const QString& name) {
    message_->attempt([&] { RunStore(workspace_.database()).rename(run, name.toStdString()); });
  });
  connect(newRun_, &NewRunPanel::launched, this,
          [this](const Experiment& experiment, const CorpusRecord& corpus) {
            launch(experiment, corpus);
          });
  connect(newRun_, &NewRunPanel::cancelled, this, [this] {
    stack_->setCurrentIndex(kTable);
    refresh();
  });
  connect(&workspace_, &Workspace::changed, this, [this] { refresh(); });
  refresh();
}

void RunsPage::setUpTable() {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(RunTableModel::kSortRole);
  sorted_->setFilterKeyColumn(-1);
  sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  table_->setModel(sorted_);
  table_->setAccessibleName(tr("Runs"));
  table_->setSortingEnabled(true);
  table_->sortByColumn(RunTableModel::kNumber, Qt::DescendingOrder);
  table_->setSelectionBehavior(QTableView::SelectRows);
  table_->setSelectionMode(QTableView::SingleSelection);
  table_->setEditTriggers(QTableView::DoubleClicked | QTableView::EditKeyPressed);
  table_->verticalHeader()->hide();
  table_->setAlternatingRowColors(true);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(RunTableModel::kName, QHeaderView::Stretch);
}

QHBoxLayout* RunsPage::makeBar() {
  auto* filter = new QLineEdit;
  filter->setPlaceholderText(tr("Filter runs"));
  filter->setAccessibleName(tr("Filter runs"));
  filter->setClearButtonEnabled(true);
  auto* create = new QPushButton(tr("&New run…"));
  auto* bar = new QHBoxLayout;
  bar->addWidget(create);
  bar->addWidget(filter, 1);
  const std::pair<RunCommand, QString> buttons[] = {{RunCommand::kPause, tr("&Pause")},
                                                    {RunCommand::kStop, tr("&Stop")},
                                                    {RunCommand::kResume, tr("&Resume")},
                                                    {RunCommand::kDelete, tr("&Delete")}};
  for (const auto& [word, text] : buttons) {
    auto* button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    connect(button, &QPushButton::clicked, this, [this, chosen = word] { command(chosen); });
    bar->addWidget(button);
    commands_[word] = button;
  }
  addMenu(bar);
  connect(create, &QPushButton::clicked, this, &RunsPage::newRunRequested);
  connect(filter, &QLineEdit::textChanged, sorted_, &QSortFilterProxyModel::setFilterFixedString);
  return bar;
}

std::int64_t RunsPage::selectedRun() const {
  const auto index = table_->currentIndex();
  return index.isValid() ? index.data(RunTableModel::kRunRole).toLongLong() : -1;
}

void RunsPage::select(std::int64_t run) {
  for (int row = 0; row < sorted_->rowCount(); ++row) {
    if (sorted_->index(row, 0).data(RunTableModel::kRunRole).toLongLong() == run)
      table_->selectRow(row);
  }
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
  menu->addSeparator();
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
}

void RunsPage::startChild(const QString& what, RunCommand command,
                          const std::function<Experiment(const RunRecord&)>& make) {
  message_->attempt([&] {
    RunStore runs(workspace_.database());
    const auto run = runs.require(selectedRun());
    if (!is_allowed(run.status, command)) throw UserError(why_not(run.id, run.status, command));
    parent_ = runs.require_checkpoint(run.id);
    const auto corpus = CorpusStore(workspace_.database()).get(run.corpus_id);
    newRun_->prefill(make(run), NewRunPanel::Child{what.arg(run.id), corpus});
    message_->say({});
    stack_->setCurrentIndex(kNewRun);
  });
}

void RunsPage::evaluate() {
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    const auto run = RunStore(workspace_.database()).require(selectedRun());
    require_labels(CorpusStore(workspace_.database()).get(run.corpus_id));
    jobs.submit("evaluate", run.id, R"({"kinds": ["knn", "linear"]})");
    jobs.ensure_engines();
    message_->say({});
  });
}

void RunsPage::startNewRun(const Experiment& experiment) {
  parent_.reset();
  newRun_->prefill(experiment);
  stack_->setCurrentIndex(kNewRun);
}

void RunsPage::refresh() {
  const auto selected = selectedRun();
  std::vector<RunTableModel::Row> rows;
  MetricStore metrics(workspace_.database());
  const auto losses = metrics.latest_of_all("train/loss");
  const auto accuracies = metrics.latest_of_all("eval/knn_accuracy");
  for (auto& run : RunStore(workspace_.database()).list()) {
    const auto id = run.id;
    rows.push_back({std::move(run), valueOf(losses, id), valueOf(accuracies, id)});
  }
  if (stack_->currentIndex() != kNewRun) stack_->setCurrentIndex(rows.empty() ? kEmpty : kTable);
  model_->setRows(std::move(rows));
  if (selectedRun() != selected && selected >= 0) select(selected);
  if (selectedRun() < 0 && sorted_->rowCount() > 0) table_->selectRow(0);
  const auto run = RunStore(workspace_.database()).find(selectedRun());
  for (const auto& [word, button] : commands_)
    button->setEnabled(run && is_allowed(run->status, word));
  more_->setEnabled(run && (run->step > 0 || run->status == RunStatus::kFinished));
  details_->showRun(run);
}

void RunsPage::command(RunCommand word) {
  const auto run = selectedRun();
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    if (word == RunCommand::kResume) {
      jobs.resume(run);
      jobs.ensure_engines();
    } else if (word == RunCommand::kDelete) {
      RunStore(workspace_.database()).move_to_bin(run);
      message_->offerUndo(tr("Run %1 is in the bin.").arg(run), [this, run] {
        RunStore(workspace_.database()).restore(run);
        workspace_.announceChange();
        select(run);
      });
    } else {
      jobs.control(run, word);
    }
    if (word != RunCommand::kDelete) message_->say({});
  });
  workspace_.announceChange();
}

void RunsPage::launch(const Experiment& experiment, const CorpusRecord& corpus) {
  message_->attempt([&] {
    JobStore jobs(workspace_.database());
    const auto run = parent_ ? jobs.submit_run(experiment, corpus.id, parent_->run_id, parent_->id)
                             : jobs.submit_run(experiment, corpus.id);
    jobs.ensure_engines();
    message_->say({});
    stack_->setCurrentIndex(kTable);
    workspace_.announceChange();
    select(run);
  });
}

}  // namespace pretext
