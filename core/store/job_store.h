#pragma once

#include "core/objective/supervised.h"
#include "core/spec/experiment.h"
#include "core/spec/sweep.h"
#include "core/store/job_record.h"
#include "core/store/run_state.h"
#include "core/store/run_store.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pretext {

/// The front-end's side of `jobs`: inserts work, and starts an engine where none lives to do it.
/// The engine's side is `EngineQueue`.
class JobStore {
 public:
  explicit JobStore(Database& database) : database_(database) {}

  /// Queues a new run and its first training job. Returns the run's number.
  std::int64_t submit_run(const Experiment& experiment, std::int64_t corpus_id,
                          std::optional<std::int64_t> parent_run = {},
                          std::optional<std::int64_t> parent_checkpoint = {});
  /// Queues a child of `parent` that learns from labels, from its newest checkpoint. `settings`:
  /// "key=value". Throws UserError.
  std::int64_t submit_child(std::int64_t parent, const SupervisedOptions& options,
                            const std::vector<std::string>& settings = {});
  /// Queues a run of each of the plan's experiments, all of them or none, on the corpora that they
  /// name. Returns the sweep's number.
  std::int64_t submit_sweep(const SweepPlan& plan);
  /// Asks each of its runs that goes on, or waits, to stop. Returns how many.
  std::int64_t stop_sweep(std::int64_t sweep);
  /// Jobs of higher priority are claimed first; also those already queued.
  void set_priority(std::int64_t run, std::int64_t priority);
  /// Runs that wait for the training lane, in the order in which they will be claimed.
  std::vector<std::int64_t> training_queue();
  /// Queued runs are claimed in this order from now on, before those that are not named.
  void order_queue(const std::vector<std::int64_t>& runs);
  /// A new attempt of a paused, stopped, interrupted or failed run. Throws UserError.
  void resume(std::int64_t run);
  /// Asks a run to pause or stop; a queued one does so at once. Throws UserError.
  void control(std::int64_t run, RunCommand command);
  /// Queues other work on a run. Returns the job's number.
  std::int64_t submit(const std::string& kind, std::int64_t run, const std::string& parameters);
  /// Queues a trial of a few steps (`TrialResult`) as interactive work. Returns the job's number.
  /// Throws UserError where a run could only fail.
  std::int64_t submit_trial(const Experiment& experiment, std::int64_t corpus_id);
  /// Ends interactive work: at once what waits, soon what is under way. Nothing where it has ended.
  void stop_job(std::int64_t job);
  std::optional<JobRecord> find(std::int64_t job);
  /// What the interactive lane works on or has waiting, oldest first.
  std::vector<JobRecord> pending_interactive();

  /// As `start_missing_engines` does.
  int ensure_engines();
  /// The same, once `reconcile_dead_engines` has: whoever waits for work, or looks at the
  /// workspace, keeps its queue going. Returns how many jobs dead engines left, or failed for want
  /// of one.
  int look_after_queue();

 private:
  /// What is to be queued; throws UserError where it could only fail.
  Experiment checked(const Experiment& experiment, std::int64_t corpus_id,
                     std::optional<std::int64_t> parent_checkpoint);
  // Inside the caller's transaction.
  std::int64_t queue_run(const Experiment& experiment, std::int64_t corpus_id,
                         std::optional<std::int64_t> parent_run,
                         std::optional<std::int64_t> parent_checkpoint);
  void ask(const RunRecord& run, RunCommand command);
  void prefer(std::int64_t run, std::int64_t priority);
  void insert_job(const std::string& kind, const std::string& lane, std::optional<std::int64_t> run,
                  const std::string& parameters, const std::string& device, std::int64_t priority);

  Database& database_;
};

}  // namespace pretext
