#pragma once

#include "core/objective/supervised.h"
#include "core/spec/experiment.h"
#include "core/store/database.h"
#include "core/store/run_state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pretext {

/// A row of `jobs`: one piece of work for an engine.
struct JobRecord {
  std::int64_t id = 0;
  std::string kind;  ///< "train", "evaluate", "finetune", "embed", "project"
  std::string lane;  ///< "train" or "interactive"
  std::optional<std::int64_t> run_id;
  std::optional<std::int64_t> checkpoint_id;
  std::string parameters = "{}";  ///< JSON
  std::string status;
  double progress = 0.0;
  std::string result;  ///< JSON
  std::string reason;
};

/// All work of the engine, from both sides. The front-end inserts and starts an engine when none
/// lives; an engine claims, works and reports.
class JobStore {
 public:
  explicit JobStore(Database& database) : database_(database) {}

  // The front-end's side.

  /// Queues a new run and its first training job. Returns the run's number.
  std::int64_t submit_run(const Experiment& experiment, std::int64_t corpus_id,
                          std::optional<std::int64_t> parent_run = {},
                          std::optional<std::int64_t> parent_checkpoint = {});
  /// Queues a child of `parent` that learns from labels, from its newest checkpoint. `settings`:
  /// "key=value". Throws UserError.
  std::int64_t submit_child(std::int64_t parent, const SupervisedOptions& options,
                            const std::vector<std::string>& settings = {});
  /// Jobs of higher priority are claimed first; also those already queued.
  void set_priority(std::int64_t run, std::int64_t priority);
  /// A new attempt of a paused, stopped, interrupted or failed run. Throws UserError.
  void resume(std::int64_t run);
  /// Asks a run to pause or stop; a queued one does so at once. Throws UserError.
  void control(std::int64_t run, RunCommand command);
  /// Queues other work on a run. Returns the job's number.
  std::int64_t submit(const std::string& kind, std::int64_t run, const std::string& parameters);
  std::optional<JobRecord> find(std::int64_t job);
  /// What the interactive lane works on or has waiting, oldest first.
  std::vector<JobRecord> pending_interactive();

  /// Starts an engine of each lane that has queued work and no living engine.
  void ensure_engines();

  /// Marks as interrupted what was running on engines that are gone. Returns how many runs.
  int reconcile();

  // The engine's side.

  void announce_engine(const std::string& device, const std::string& lane);
  void beat(const std::string& device, const std::string& lane);
  /// Claims the next job for this engine, by priority and age; none when the queue is empty.
  std::optional<JobRecord> claim(const std::string& device, const std::string& lane);
  /// True when there is no queued work for it: its row is gone then, and it must end.
  bool retire_engine(const std::string& device, const std::string& lane);
  std::string control_word(std::int64_t job);
  void clear_control(std::int64_t job);
  void report(std::int64_t job, double progress);
  /// `status`: finished, failed, stopped or paused; of a training job the run's as well.
  void end(const JobRecord& job, const std::string& status, const std::string& reason,
           const std::string& result = "{}");
  /// Records that an attempt begins after `from_step`. Returns its number, from 1.
  std::int64_t begin_attempt(const JobRecord& job, std::int64_t from_step);

 private:
  void set_run_status(std::int64_t run, const std::string& status, const std::string& reason);
  void insert_job(const std::string& kind, const std::string& lane, std::int64_t run,
                  const std::string& parameters, const std::string& device, std::int64_t priority);

  Database& database_;
};

}  // namespace pretext
