#include "app/pages/cost_line.h"

#include "core/base/format.h"
#include "core/base/machine.h"
#include "core/base/parallel.h"
#include "core/corpus/text_details.h"
#include "core/encoder/encoder_registry.h"
#include "core/encoder/text_encoder.h"
#include "core/encoder/training_memory.h"
#include "core/objective/objective_registry.h"
#include "core/spec/quick_look.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

/// A second, of a CPU's core in training: within a factor of two of what was seen on several.
constexpr double kOperationsACore = 2e10;

bool mayUseGpu(const Experiment& experiment) {
  static const bool isThere = read_gpu_driver().why_not.empty();  // Asked for at each keystroke.
  return isThere && experiment.text("device") != "cpu";
}

QString memoryEstimate(const Experiment& experiment, std::int64_t bytes) {
  const auto text = QString::fromStdString(byte_count(bytes));
  const auto machine = machine_memory_bytes();
  if (machine == 0 || bytes < machine || mayUseGpu(experiment))
    return CostLine::tr("about %1 of memory.").arg(text);
  return CostLine::tr(
             "<b>about %1 of memory, more than this machine's %2</b>: take a smaller "
             "batch, or accumulation.")
      .arg(text, QString::fromStdString(byte_count(machine)));
}

QString timeOfStep(double seconds) {
  constexpr double kLong = 1.0;
  return seconds < kLong ? CostLine::tr("%1 ms").arg(1000.0 * seconds, 0, 'g', 3)
                         : CostLine::tr("%1 s").arg(seconds, 0, 'g', 3);
}

}  // namespace

CostLine::CostLine(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      text_(new QLabel),
      quick_(new QPushButton(tr("&Quick look"))),
      measure_(new QPushButton(tr("&Measure"))) {
  text_->setWordWrap(true);
  text_->setAccessibleName(tr("What it will cost"));
  measure_->setAccessibleName(tr("Measure what it will cost"));
  measure_->setToolTip(
      tr("The engine trains a few steps of it, about ten seconds, and keeps nothing"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(text_, 1);
  layout->addWidget(quick_);
  layout->addWidget(measure_);
  quick_->setAccessibleName(tr("Make it a quick look"));
  quick_->setToolTip(
      tr("A small network, at most five epochs and 5,000 samples: minutes on a CPU, to see whether "
         "all of it works"));
  connect(quick_, &QPushButton::clicked, this, &CostLine::quickLookWanted);
  connect(measure_, &QPushButton::clicked, this, &CostLine::measure);
  connect(&workspace_, &Workspace::changed, this, &CostLine::follow);
}

void CostLine::show(const Experiment& experiment, const CorpusRecord& corpus, bool isChild) {
  experiment_ = experiment;
  corpus_ = corpus;
  isChild_ = isChild;
  refresh();
}

void CostLine::setCount(int count) {
  if (std::exchange(count_, count) != count) refresh();
}

void CostLine::say(const QString& text) {
  experiment_.reset();
  quick_->hide();
  measure_->hide();
  text_->setText(text);
}

void CostLine::refresh() {
  if (!experiment_) return;
  const bool isOfThese = asked_ == experiment_->to_toml();
  const bool isText = find_objective(experiment_->text("objective.kind")).corpus_kind == "text";
  auto text = isOfThese && !complaint_.isEmpty() ? complaint_
              : isOfThese && job_
                  ? tr("The engine measures… %1 %").arg(100.0 * progress_, 0, 'f', 0)
              : isOfThese && trial_ ? measured(*trial_)
              : isText              ? textEstimate()
                                    : imageEstimate();
  if (count_ > 1) text = tr("Each of the %n runs: ", nullptr, count_) + text;
  text_->setText(text);
  quick_->setVisible(!isChild_ && !quick_look(*experiment_).differences(*experiment_).empty());
  measure_->setVisible(!isChild_ && !(isOfThese && trial_));
  measure_->setEnabled(!job_);
}

void CostLine::measure() {
  trial_.reset();
  complaint_.clear();
  progress_ = 0.0;
  asked_ = experiment_->to_toml();
  try {
    JobStore jobs(workspace_.database());
    job_ = jobs.submit_trial(*experiment_, corpus_.id);
    jobs.ensure_engines();
  } catch (const std::exception& error) {
    complaint_ = QString::fromUtf8(error.what());
  }
  refresh();
}

void CostLine::follow() {
  if (!job_) return;
  const auto job = JobStore(workspace_.database()).find(*job_);
  if (job && (job->status == "queued" || job->status == "running")) {
    progress_ = job->progress;
    return refresh();
  }
  job_.reset();
  if (job && job->status == "finished") {
    trial_ = TrialResult::from_json(job->result);
  } else {
    complaint_ = job && !job->reason.empty() ? QString::fromStdString(job->reason)
                                             : tr("The trial was stopped.");
  }
  refresh();
}

QString CostLine::measured(const TrialResult& trial) const {
  const auto memory = QString::fromStdString(byte_count(trial.memory_bytes));
  const auto seconds = trial.seconds(*experiment_);
  if (!seconds)
    return tr("Measured on %1: over within seconds, %2 of memory.")
        .arg(QString::fromStdString(trial.device), memory);
  return tr("Measured on %1: %2 a step, about %3 of training, then evaluation; %4 of memory.")
      .arg(QString::fromStdString(trial.device), timeOfStep(trial.seconds_per_step),
           QString::fromStdString(duration(*seconds)), memory);
}

QString CostLine::imageEstimate() const {
  const auto& experiment = *experiment_;
  const auto size = experiment.integer("views.size");
  const auto shape =
      encoder_shape(experiment, corpus_.channels, size > 0 ? size : corpus_.natural_size());
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
      .arg(timeEstimate(operations));
}

QString CostLine::textEstimate() const {
  const auto& experiment = *experiment_;
  const auto details = TextDetails::from_json(corpus_.details);
  const auto shape = text_encoder_shape(experiment, details.vocabulary_size);
  const auto length = experiment.integer("views.length");
  const double operations =
      2.0 * 3.0 * static_cast<double>(length * shape.num_multiply_adds(length));
  return tr("Encoder %L1 parameters; %2 GFLOP a row and step, of about %L3 rows an epoch.")
      .arg(shape.num_parameters())
      .arg(operations / 1e9, 0, 'g', 3)
      .arg(details.num_pieces / length);
}

QString CostLine::timeEstimate(double operations) const {
  const auto& experiment = *experiment_;
  if (const double budget = seconds_of(experiment.text("training.budget")); budget > 0)
    return tr("Ends after %1 of training.").arg(QString::fromStdString(duration(budget)));
  const auto limit = experiment.integer("corpus_limit");
  const double samples = limit > 0 ? std::min<double>(limit, corpus_.num_samples)
                                   : static_cast<double>(corpus_.num_samples);
  const auto steps = experiment.integer("training.steps");
  const double images = steps > 0
                            ? static_cast<double>(steps * experiment.integer("training.batch_size"))
                            : samples * static_cast<double>(experiment.integer("training.epochs"));
  // What this machine reached lately says more than any table of processors.
  for (const auto& run : RunStore(workspace_.database()).list()) {
    if (run.samples_per_second <= 0 || run.resolved.empty()) continue;
    if (find_objective(run.objective).corpus_kind != corpus_.kind) continue;
    const auto earlier = Experiment::from_json(run.resolved);
    const auto record = CorpusStore(workspace_.database()).get(run.corpus_id);
    const auto shape = encoder_shape(earlier, record.channels, earlier.integer("views.size"));
    const double speed = run.samples_per_second * 6.0 * find_objective(run.objective).num_views *
                         static_cast<double>(shape.num_multiply_adds());
    return tr("About %1 at the speed of run %2.")
        .arg(QString::fromStdString(duration(images * operations / speed)))
        .arg(run.id);
  }
  if (isChild_) return {};
  if (mayUseGpu(experiment)) return tr("Measure tells how long it takes here.");
  const double seconds = images * operations / (num_cores() * kOperationsACore);
  return tr("Roughly %1 on this CPU: Measure tells.")
      .arg(QString::fromStdString(duration(seconds)));
}

}  // namespace pretext
