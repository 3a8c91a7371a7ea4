#include "app/pages/new_run_panel.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/machine.h"
#include "core/corpus/text_ingest.h"
#include "core/encoder/encoder_registry.h"
#include "core/encoder/text_encoder.h"
#include "core/encoder/training_memory.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"
#include "widgets/field_form.h"
#include "widgets/sweep_editor.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

namespace pretext {

namespace {

QString memoryEstimate(const Experiment& experiment, std::int64_t bytes) {
  const auto text = QString::fromStdString(byte_count(bytes));
  const auto machine = machine_memory_bytes();
  const auto mayUseGpu = [&] {
    return experiment.text("device") != "cpu" && read_gpu_driver().why_not.empty();
  };
  if (machine == 0 || bytes < machine || mayUseGpu())
    return NewRunPanel::tr("about %1 of memory.").arg(text);
  return NewRunPanel::tr(
             "<b>about %1 of memory, more than this machine's %2</b>: take a smaller "
             "batch, or accumulation.")
      .arg(text, QString::fromStdString(byte_count(machine)));
}

}  // namespace

NewRunPanel::NewRunPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      heading_(new QLabel),
      corpus_(new QComboBox),
      form_(new FieldForm(
          {QString(), QStringLiteral("objective"), QStringLiteral("encoder"),
           QStringLiteral("views"), QStringLiteral("training"), QStringLiteral("evaluation")},
          {QStringLiteral("corpus")})),
      sweep_(new SweepEditor),
      toml_(new QPlainTextEdit),
      estimate_(new QLabel),
      launch_(new QPushButton(tr("&Start run"))) {
  toml_->setReadOnly(true);
  toml_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  toml_->setAccessibleName(tr("Specification as TOML"));
  auto* splitter = new QSplitter;
  splitter->addWidget(makeForm());
  splitter->addWidget(toml_);
  splitter->setSizes({560, 360});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(heading_);
  layout->addWidget(splitter, 1);
  layout->addLayout(makeButtons());
  connect(form_, &FieldForm::changed, this, [this] { update(); });
  connect(sweep_, &SweepEditor::changed, this, [this] { showLaunch(); });
  connect(corpus_, &QComboBox::currentTextChanged, this, [this] {
    const auto corpus = chosenCorpus();
    const bool isOther = corpus && corpus->kind != objective().corpus_kind;
    isOther ? turnTo(corpus->kind) : update();
  });
}

QWidget* NewRunPanel::makeForm() {
  corpus_->setAccessibleName(tr("Corpus"));
  auto* head = new QFormLayout;
  head->addRow(tr("&Corpus"), corpus_);
  head->setContentsMargins(form_->layout()->contentsMargins());  // One left edge with the form's.
  auto* general = new QWidget;
  auto* layout = new QVBoxLayout(general);
  layout->addLayout(head);
  layout->addWidget(sweep_);
  layout->addWidget(form_);
  layout->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidget(general);
  scroll->setWidgetResizable(true);
  return scroll;
}

QLayout* NewRunPanel::makeButtons() {
  auto* cancel = new QPushButton(tr("&Cancel"));
  launch_->setAccessibleName(tr("Start run"));
  launch_->setDefault(true);
  estimate_->setWordWrap(true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(estimate_, 1);
  buttons->addWidget(cancel);
  buttons->addWidget(launch_);
  connect(cancel, &QPushButton::clicked, this, &NewRunPanel::cancelled);
  connect(launch_, &QPushButton::clicked, this, &NewRunPanel::launch);
  return buttons;
}

void NewRunPanel::launch() {
  const auto corpus = chosenCorpus();
  if (!corpus) return;
  if (const auto& plan = sweep_->plan())
    Q_EMIT sweepLaunched(*plan);
  else
    Q_EMIT launched(chosen(), *corpus);
}

void NewRunPanel::showLaunch() {
  const auto& plan = sweep_->plan();
  const int count = plan ? static_cast<int>(plan->experiments.size()) : 1;
  launch_->setText(plan ? tr("&Start %n runs", nullptr, count) : tr("&Start run"));
  launch_->setEnabled(canStart_ && sweep_->isValid());
  estimate_->setText(plan && canStart_ ? tr("Each of the %n runs: ", nullptr, count) + cost_
                                       : cost_);
}

void NewRunPanel::prefill(const Experiment& experiment, std::optional<Child> child) {
  child_ = std::move(child);
  heading_->setText(QStringLiteral("<b>%1</b>").arg(child_ ? child_->title : tr("New run")));
  byKind_.clear();
  sweep_->reset();
  sweep_->setVisible(!child_);
  form_->setExperiment(experiment);
  listCorpora(experiment.text("corpus"));
  const auto corpus = chosenCorpus();
  const auto kind = corpus ? corpus->kind : objective().corpus_kind;
  kind == objective().corpus_kind ? fill(experiment) : turnTo(kind);
}

Experiment NewRunPanel::chosen() const {
  auto experiment = form_->experiment();
  experiment.set("corpus", corpus_->currentText().toStdString());
  return experiment;
}

void NewRunPanel::listCorpora(const std::string& chosen) {
  const QSignalBlocker blocker(corpus_);
  listsLabelled_ = child_ && objective().is_supervised;
  corpus_->clear();
  corpus_->setEnabled(!child_ || listsLabelled_);
  if (!corpus_->isEnabled()) {  // Also one that is in the bin, or was renamed.
    corpus_->addItem(QString::fromStdString(child_->corpus.name));
    return;
  }
  for (const auto& corpus : CorpusStore(workspace_.database()).list()) {
    const bool fits = corpus.kind == objective().corpus_kind && corpus.has_labels();
    if (!child_ || fits) corpus_->addItem(QString::fromStdString(corpus.name));
  }
  const auto named = corpus_->findText(QString::fromStdString(chosen));
  if (named >= 0 || child_) corpus_->setCurrentIndex(named);
}

std::optional<CorpusRecord> NewRunPanel::chosenCorpus() const {
  if (child_ && !listsLabelled_) return child_->corpus;
  return CorpusStore(workspace_.database()).find(corpus_->currentText().toStdString());
}

const ObjectiveKind& NewRunPanel::objective() const {
  return find_objective(form_->experiment().text("objective.kind"));
}

void NewRunPanel::fill(const Experiment& experiment) {
  std::vector<std::string> fitting;
  for (const auto& kind : objective_kinds()) {
    if (kind.corpus_kind == find_objective(experiment.text("objective.kind")).corpus_kind)
      fitting.push_back(kind.name);
  }
  form_->offer("objective.kind", fitting);
  form_->setExperiment(experiment);
  update();
}

/// To what the form had for that kind, or to its first objective.
void NewRunPanel::turnTo(const std::string& corpusKind) {
  auto experiment = form_->experiment();
  byKind_.insert_or_assign(objective().corpus_kind, experiment);
  if (const auto earlier = byKind_.find(corpusKind); earlier != byKind_.end())
    return fill(earlier->second);
  const auto first = std::ranges::find(objective_kinds(), corpusKind, &ObjectiveKind::corpus_kind);
  experiment.set("objective.kind", first->name);
  fill(experiment);
}

void NewRunPanel::update() {
  if (child_ && listsLabelled_ != objective().is_supervised)
    listCorpora(corpus_->currentText().toStdString());
  const auto experiment = chosen();
  toml_->setPlainText(QString::fromStdString(experiment.to_toml()));
  canStart_ = form_->isValid();
  cost_ = estimate(experiment);
  sweep_->setExperiment(experiment);  // Says what was estimated, of one run or of several.
}

QString NewRunPanel::estimate(const Experiment& experiment) {
  const auto corpus = chosenCorpus();
  if (!corpus) {
    canStart_ = false;
    return corpus_->count() > 0 ? tr("Choose the corpus whose labels it learns from.")
           : child_ ? tr("No corpus of this kind has labels: \"pretext label\" attaches some.")
                    : tr("There is no corpus yet: open a folder on the Corpora page first.");
  }
  try {
    return objective().corpus_kind == "text" ? textEstimate(experiment, *corpus)
                                             : imageEstimate(experiment, *corpus);
  } catch (const UserError& error) {
    canStart_ = false;
    return QString::fromUtf8(error.what());
  }
}

QString NewRunPanel::imageEstimate(const Experiment& experiment, const CorpusRecord& corpus) const {
  const auto size = experiment.integer("views.size");
  const auto shape =
      encoder_shape(experiment, corpus.channels, size > 0 ? size : corpus.natural_size());
  const auto& objective = find_objective(experiment.text("objective.kind"));
  const auto heads = objective.num_head_parameters(experiment, shape.num_features());
  // A training step costs about three forward passes, of each view.
  const double operations =
      2.0 * 3.0 * objective.num_views * static_cast<double>(shape.num_multiply_adds());
  const auto memory = training_bytes(experiment, shape, heads, objective.num_views);
  return tr("Encoder %L1 parameters, heads %L2; %3 GFLOP an image and step; %4 %5")
      .arg(shape.num_parameters())
      .arg(heads)
      .arg(operations / 1e9, 0, 'g', 3)
      .arg(memoryEstimate(experiment, memory))
      .arg(timeEstimate(experiment, corpus, operations));
}

QString NewRunPanel::textEstimate(const Experiment& experiment, const CorpusRecord& corpus) const {
  const auto details = TextDetails::from_json(corpus.details);
  const auto shape = text_encoder_shape(experiment, details.vocabulary_size);
  const auto length = experiment.integer("views.length");
  const double operations =
      2.0 * 3.0 * static_cast<double>(length * shape.num_multiply_adds(length));
  return tr("Encoder %L1 parameters; %2 GFLOP a row and step, of about %L3 rows an epoch.")
      .arg(shape.num_parameters())
      .arg(operations / 1e9, 0, 'g', 3)
      .arg(details.num_pieces / length);
}

QString NewRunPanel::timeEstimate(const Experiment& experiment, const CorpusRecord& corpus,
                                  double operations) const {
  if (const double budget = seconds_of(experiment.text("training.budget")); budget > 0)
    return tr("Ends after %1 of training.").arg(QString::fromStdString(duration(budget)));
  // What this machine reached lately says more than any table of processors.
  for (const auto& run : RunStore(workspace_.database()).list()) {
    if (run.samples_per_second <= 0 || run.resolved.empty()) continue;
    if (find_objective(run.objective).corpus_kind != corpus.kind) continue;
    const auto earlier = Experiment::from_json(run.resolved);
    const auto record = CorpusStore(workspace_.database()).get(run.corpus_id);
    const auto shape = encoder_shape(earlier, record.channels, earlier.integer("views.size"));
    const double speed = run.samples_per_second * 6.0 * find_objective(run.objective).num_views *
                         static_cast<double>(shape.num_multiply_adds());
    const auto limit = experiment.integer("corpus_limit");
    const double samples = limit > 0 ? std::min<double>(limit, corpus.num_samples)
                                     : static_cast<double>(corpus.num_samples);
    const auto steps = experiment.integer("training.steps");
    const double images =
        steps > 0 ? static_cast<double>(steps * experiment.integer("training.batch_size"))
                  : samples * static_cast<double>(experiment.integer("training.epochs"));
    return tr("About %1 at the speed of run %2.")
        .arg(QString::fromStdString(duration(images * operations / speed)))
        .arg(run.id);
  }
  return tr("The time is estimated once a run has shown this machine's speed.");
}

}  // namespace pretext
