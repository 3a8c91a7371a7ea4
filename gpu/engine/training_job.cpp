#include "gpu/engine/training_job.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/log/log.h"
#include "core/objective/objective_registry.h"
#include "core/store/whole_checkpoint.h"
#include "core/weights/averaged.h"
#include "core/weights/imported.h"
#include "gpu/engine/complaint.h"
#include "gpu/engine/device_monitor.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/language_job.h"
#include "gpu/engine/monitors.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/patient_writes.h"
#include "gpu/engine/sleep_inhibitor.h"
#include "gpu/evaluation/language.h"
#include "gpu/evaluation/protocol.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/sample_reader.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include <chrono>
#include <exception>
#include <optional>
#include <sys/resource.h>
#include <thread>
#include <utility>

namespace pretext {
namespace {

constexpr double kFlushSeconds = 0.9;       // Metrics are committed at least once a second.
constexpr double kMachineSeconds = 5.0;     // Between two looks at memory and GPU.
constexpr double kLongestCheckpoint = 8.0;  // Seconds; a slower one is not begun on SIGTERM.

constexpr const char* kEncoderChanged =
    "The probe changed the encoder that it should have left alone, so its accuracy says nothing "
    "about the pretraining. This is a bug in Pretext: please report it with the engine's log.";

double resident_megabytes() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// An attempt in progress: what the loop below carries from step to step.
class Attempt {
 public:
  Attempt(Database& database, EngineQueue& queue, const JobRecord& job,
          std::function<bool()> should_end)
      : database_(database),
        should_end_(std::move(should_end)),
        job_(job),
        queue_(queue),
        write_(database, queue, job_, should_end_),
        runs_(database),
        run_(runs_.require(*job.run_id)),
        corpus_(database, CorpusStore(database).get(run_.corpus_id)),
        experiment_(resolved_experiment()),
        reader_(make_reader(experiment_, corpus_, corpus_)),
        trainer_(experiment_, corpus_),
        device_monitor_(trainer_.device().is_cuda() ? trainer_.device().index() : -1) {
    monitors_.emplace(experiment_, corpus_, *reader_);
    runs_.set_resolved(run_.id, experiment_.to_json(), trainer_.total_steps(),
                       experiment_.text("device"), versions_json());
    continue_from_checkpoint();
    number_ = queue_.begin_attempt(job, trainer_.num_steps_done());
    writer_.emplace(database, run_.id, number_);
    if (number_ > 1) {
      WriteTransaction transaction(database_);
      writer_->take_back_after(trainer_.num_steps_done());
      transaction.commit();
    }
    ResultStore(database).take_thoughts_back_after(run_.id, trainer_.num_steps_done());
  }

  TrainingOutcome train() {
    try {
      return train_to_end();
    } catch (const WaitEnded& end) {
      return end.outcome;
    }
  }

 private:
  TrainingOutcome train_to_end() {
    if (trainer_.num_steps_done() == 0) corpus_.check_before_training();
    const auto frozen = trainer_.trains_encoder() ? "" : weights_digest(trainer_.encoder());
    std::optional<SleepInhibitor> awake;
    if (experiment_.flag("keep_awake")) awake.emplace();
    if (trainer_.num_steps_done() == 0) read_monitors();
    bool epoch_ends = true;
    while (!trainer_.is_done()) {
      log_step(step());
      epoch_ends = trainer_.num_steps_done() % trainer_.steps_per_epoch() == 0;
      if (epoch_ends) end_epoch();
      if (since_flush_.seconds() > kFlushSeconds) flush_or_keep();
      if (auto outcome = obey()) return *outcome;
      const bool due = since_checkpoint_.seconds() >
                       60.0 * experiment_.real("training.checkpoint_every_minutes");
      if (due && !epoch_ends) {
        read_monitors();
        save();
      }
    }
    if (!epoch_ends) read_monitors();
    if (!saved_at(trainer_.num_steps_done())) save();
    flush();
    if (!frozen.empty() && weights_digest(trainer_.encoder()) != frozen)
      throw UserError(kEncoderChanged);
    return {"finished", evaluate()};
  }

  /// What was read before a step that fails is kept: it shows what led to it.
  std::map<std::string, double> step() {
    try {
      return trainer_.step();
    } catch (const std::exception&) {
      flush();
      throw;
    }
  }

  Experiment resolved_experiment() {
    if (!run_.resolved.empty()) return Experiment::from_json(run_.resolved);
    return resolve(Experiment::from_json(run_.spec), corpus_);
  }

  void continue_from_checkpoint() {
    if (const auto checkpoint = newest_whole_checkpoint(database_, run_.id)) {
      trainer_.load_state(read_checkpoint(database_.workspace(), *checkpoint));
      last_saved_step_ = checkpoint->step;
      return;
    }
    if (run_.parent_checkpoint) {
      const auto parent = runs_.checkpoint(*run_.parent_checkpoint);
      if (!parent)
        throw UserError("The checkpoint that this run starts from is gone: fork another.");
      start_from(*parent);
      return;
    }
    const auto& weights = experiment_.text("encoder.weights");
    if (!weights.empty() && !is_baseline()) {
      const auto file = imported_file(database_.workspace(), weights);
      trainer_.load_encoder(to_tensors(read_safetensors(file)));
    }
  }

  /// A child of the same objective continues its parent; another one takes the encoder alone.
  void start_from(CheckpointRecord parent) {
    if (!is_whole(database_.workspace(), parent)) {
      const auto older = newest_whole_checkpoint(database_, parent.run_id, parent.step);
      if (older) parent = *older;
    }
    const auto state = read_checkpoint(database_.workspace(), parent);
    if (runs_.objective_of(parent.run_id) == run_.objective) {
      trainer_.load_state(state);
      return;
    }
    if (is_baseline()) return;
    TensorMap encoder;
    const std::string prefix = "encoder.";
    for (const auto& [name, tensor] : averaged(state)) {
      if (name.starts_with(prefix)) encoder[name.substr(prefix.size())] = tensor;
    }
    trainer_.load_encoder(encoder);
  }

  /// Learns from labels with initial weights, to show what pretraining is worth.
  bool is_baseline() const {
    return is_supervised() && experiment_.text("objective.start") == "untrained";
  }

  bool is_supervised() const { return find_objective(run_.objective).is_supervised; }

  /// What is to be said of the evaluation at the end; nothing when it went well. A run that is
  /// trained does not fail for it.
  std::string evaluate() {
    struct LeftOff : std::exception {};
    try {
      evaluate_run(database_, run_.id, queue_.engine().device, [&](double) {
        if (should_end_() || !queue_.control_word(job_.id).empty()) throw LeftOff{};
      });
    } catch (const LeftOff&) {
      return "Trained; its evaluation was left off when asked to end: \"pretext evaluate " +
             std::to_string(run_.id) + "\" makes up for it.";
    } catch (const std::exception& error) {
      return "Trained, but the evaluation at its end failed: " + sentence_of(error);
    }
    return "";
  }

  void log_step(std::map<std::string, double> readings) {
    const auto step = trainer_.num_steps_done();
    const double rate = readings["train/samples_per_second"];
    smoothed_rate_ = smoothed_rate_ == 0.0 ? rate : 0.9 * smoothed_rate_ + 0.1 * rate;
    log(readings);
    if (step == 1 || since_machine_.seconds() > kMachineSeconds) log_machine();
  }

  void log_machine() {
    since_machine_.restart();
    const auto step = trainer_.num_steps_done();
    writer_->add("memory/host_mb", step, resident_megabytes());
    if (const auto reading = device_monitor_.read()) {
      writer_->add("memory/device_mb", step, reading->memory_mb);
      writer_->add("device/busy_percent", step, reading->busy_percent);
    }
  }

  void end_epoch() {
    const auto epoch = trainer_.num_steps_done() / trainer_.steps_per_epoch();
    read_monitors();
    log(monitors_->accuracy(trainer_, epoch));
    if (epoch % experiment_.integer("training.checkpoint_every_epochs") == 0) save();
  }

  void read_monitors() { log(monitors_->read(trainer_)); }

  void log(const std::map<std::string, double>& readings) {
    for (const auto& [key, value] : readings) writer_->add(key, trainer_.num_steps_done(), value);
  }

  std::optional<TrainingOutcome> obey() {
    if (should_end_()) {
      const bool can_save = slowest_save_ < kLongestCheckpoint;
      if (can_save && !saved_at(trainer_.num_steps_done())) save();
      flush();
      return TrainingOutcome{"stopped", "The engine was asked to end (signal); resume continues."};
    }
    if (since_control_.seconds() < 0.25) return std::nullopt;
    since_control_.restart();
    write_.check_workspace();
    const auto word = queue_.control_word(job_.id);
    if (word.empty()) return std::nullopt;
    if (!saved_at(trainer_.num_steps_done())) save();
    flush();
    if (word == "pause") return TrainingOutcome{"paused", ""};
    if (word == "stop") return TrainingOutcome{"stopped", "Stopped by the user."};
    throw std::logic_error("unknown control word " + word);
  }

  bool saved_at(std::int64_t step) const { return last_saved_step_ == step; }

  void save() {
    Stopwatch watch;
    const auto step = trainer_.num_steps_done();
    const double epoch =
        static_cast<double>(step) / static_cast<double>(trainer_.steps_per_epoch());
    CheckpointRecord record;
    write_([&] {
      write_.check_workspace();
      record = write_checkpoint(database_.workspace(), run_.id, step, epoch, trainer_.state());
    });
    write_([&] {
      WriteTransaction transaction(database_);
      writer_->write_pending();
      write_progress();
      runs_.add_checkpoint(record, number_);
      transaction.commit();
      writer_->forget_written();
    });
    try {
      prune_checkpoints(database_, run_.id, trainer_.total_steps());
    } catch (const std::exception& error) {  // Of an older one; the new one is safe.
      log_error(std::string("no checkpoint was thinned out: ") + error.what());
    }
    write_thoughts();
    last_saved_step_ = step;
    slowest_save_ = std::max(slowest_save_, watch.seconds());
    since_checkpoint_.restart();
    since_flush_.restart();
  }

  void write_thoughts() {
    if (!corpus_.is_text() ||
        has_untrained_head(database_, run_, trainer_.objective(), trainer_.num_steps_done()))
      return;
    const AverageInUse average(trainer_);
    const auto answers = thoughts(trainer_.encoder(), trainer_.objective(), corpus_,
                                  experiment_.integer("encoder.positions"), trainer_.device());
    if (answers.empty()) return;
    write_([&] {
      ResultStore(database_).set_thoughts(run_.id, {trainer_.num_steps_done(), answers});
    });
  }

  void flush() {
    write_([&] { write_readings(); });
    report_progress();
  }

  /// While another program writes, the readings wait and training goes on.
  void flush_or_keep() {
    constexpr int kBriefly = 100;  // ms
    try {
      const PatienceOf patience(database_, kBriefly);
      write_readings();
      is_kept_waiting_ = false;
    } catch (const DatabaseBusy& busy) {
      if (!is_kept_waiting_) log_error(std::string("readings are kept for later: ") + busy.what());
      is_kept_waiting_ = true;
      since_flush_.restart();
      return;
    } catch (const std::exception& error) {
      if (!may_pass(error)) throw;
      return flush();  // Waits.
    }
    report_progress();
  }

  void write_readings() {
    WriteTransaction transaction(database_, false);
    writer_->write_pending();
    write_progress();
    transaction.commit();
    writer_->forget_written();
  }

  void report_progress() {
    since_flush_.restart();
    write_([&] { queue_.report(job_.id, trainer_.pace().progress()); });
  }

  void write_progress() {
    runs_.set_progress(run_.id, trainer_.num_steps_done(), trainer_.total_steps(),
                       run_.seconds + watch_.seconds(), smoothed_rate_);
  }

  Database& database_;
  std::function<bool()> should_end_;
  JobRecord job_;
  EngineQueue& queue_;
  PatientWrites write_;
  bool is_kept_waiting_ = false;
  RunStore runs_;
  RunRecord run_;
  Corpus corpus_;
  Experiment experiment_;
  std::unique_ptr<SampleReader> reader_;
  Trainer trainer_;
  DeviceMonitor device_monitor_;
  Stopwatch since_machine_;
  std::optional<Monitors> monitors_;
  std::optional<MetricWriter> writer_;
  std::int64_t number_ = 0;
  std::int64_t last_saved_step_ = -1;
  double smoothed_rate_ = 0.0;
  double slowest_save_ = 0.0;
  Stopwatch watch_;
  Stopwatch since_flush_;
  Stopwatch since_checkpoint_;
  Stopwatch since_control_;
};

}  // namespace

TrainingOutcome run_training(Database& database, EngineQueue& queue, const JobRecord& job,
                             const std::function<bool()>& should_end) {
  return Attempt(database, queue, job, should_end).train();
}

}  // namespace pretext
