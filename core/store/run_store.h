#pragma once

#include "core/spec/experiment.h"
#include "core/store/database.h"
#include "core/store/run_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A row of `runs`.
struct RunRecord {
  std::int64_t id = 0;
  std::string name;
  RunStatus status = RunStatus::kQueued;
  std::string reason;  ///< Why it ended; empty while it goes well.
  std::string objective;
  std::int64_t corpus_id = 0;
  std::string corpus;    ///< Name.
  std::string spec;      ///< JSON, as asked for.
  std::string resolved;  ///< JSON, with every `auto` decided; empty before the first claim.
  std::optional<std::int64_t> parent_run;
  std::optional<std::int64_t> parent_checkpoint;
  std::optional<std::int64_t> sweep;  ///< That it belongs to.
  std::string recipe;                 ///< Name of the kept recipe that its views equalled, if any.
  std::vector<std::string> tags;
  std::string notes;
  bool starred = false;
  std::int64_t priority = 0;
  std::int64_t step = 0;
  std::int64_t total_steps = 0;
  double seconds = 0.0;  ///< Of training, all attempts.
  double samples_per_second = 0.0;
  std::string device;
  std::int64_t num_attempts = 0;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> started_ms;
  std::optional<std::int64_t> ended_ms;
  bool gave_up = false;  ///< Its engine died twice at one place: resuming would do so again.

  /// What may be asked of it (`is_allowed`), and one sentence on why not.
  bool allows(RunCommand command) const;
  std::string why_not(RunCommand command) const;

  bool operator==(const RunRecord&) const = default;

  /// JSON: as decided, or as asked for where nothing is decided yet.
  const std::string& settings() const { return resolved.empty() ? spec : resolved; }

  /// Estimate from the steps done so far; 0 before the first.
  double seconds_left() const {
    if (step == 0) return 0.0;
    return seconds / static_cast<double>(step) * static_cast<double>(total_steps - step);
  }
};

/// What a list of runs to choose from needs.
struct RunTitle {
  std::int64_t id = 0;
  std::string name;
  RunStatus status = RunStatus::kQueued;
  std::string objective;
  std::int64_t step = 0;
  bool has_checkpoint = false;  ///< Whose file is still there.
};

struct CheckpointRecord {
  std::int64_t id = 0;
  std::int64_t run_id = 0;
  std::int64_t step = 0;
  double epoch = 0.0;
  std::string path;  ///< Relative to the workspace.
  std::string sha256;
  std::int64_t bytes = 0;
  bool weights_only = false;  ///< Without the optimiser: not to resume from.
};

/// Reads and changes runs, their checkpoints and messages. Work for the engine is in `JobStore`,
/// what evaluations gave in `ResultStore`.
class RunStore {
 public:
  explicit RunStore(Database& database) : database_(database) {}

  /// Not in the bin, newest first.
  std::vector<RunRecord> list();
  /// The same in short.
  std::vector<RunTitle> titles();
  /// Those queued or running, newest first.
  std::vector<RunRecord> under_way();
  /// Those of one sweep, oldest first.
  std::vector<RunRecord> of_sweep(std::int64_t sweep);
  std::optional<RunRecord> find(std::int64_t id);
  /// Throws UserError when there is none.
  RunRecord require(std::int64_t id);
  /// Of any run, in the bin or not; empty when there is none.
  std::string objective_of(std::int64_t id);

  /// Inserts a queued run, inside the caller's transaction.
  std::int64_t insert(const Experiment& experiment, std::int64_t corpus_id,
                      std::optional<std::int64_t> parent_run = {},
                      std::optional<std::int64_t> parent_checkpoint = {});

  // Inside the caller's transaction.
  void join_sweep(std::int64_t id, std::int64_t sweep);
  void set_recipe(std::int64_t id, std::int64_t recipe);

  void rename(std::int64_t id, const std::string& name);
  void set_notes(std::int64_t id, const std::string& notes);
  /// What is to be said of a run under way; its status stays.
  void set_reason(std::int64_t id, const std::string& reason);
  void set_starred(std::int64_t id, bool starred);
  void set_tags(std::int64_t id, const std::vector<std::string>& tags);
  void move_to_bin(std::int64_t id);
  void restore(std::int64_t id);
  /// Removes a binned run for good, but for its readings and its folder: see `purge_run`.
  void purge(std::int64_t id);

  // What follows is written with the work on a run.
  void set_resolved(std::int64_t id, const std::string& resolved, std::int64_t total_steps,
                    const std::string& device, const std::string& versions);
  /// Inside the caller's transaction; ends the attempt under way, too, when the run ends.
  void set_status(std::int64_t id, const std::string& status, const std::string& reason);
  /// `total_steps`: what is to be expected, where time bounds the run.
  void set_progress(std::int64_t id, std::int64_t step, std::int64_t total_steps, double seconds,
                    double samples_per_second);

  std::int64_t add_checkpoint(const CheckpointRecord& checkpoint, std::int64_t attempt);
  /// Those whose file is still there, ascending by step.
  std::vector<CheckpointRecord> checkpoints(std::int64_t run);
  /// The newest that a run can be resumed from.
  std::optional<CheckpointRecord> newest_checkpoint(std::int64_t run);
  /// The same; throws UserError when there is none yet.
  CheckpointRecord require_checkpoint(std::int64_t run);
  std::optional<CheckpointRecord> checkpoint(std::int64_t id);
  /// Its file is to be deleted.
  void mark_pruned(std::int64_t checkpoint);
  /// Its file was replaced by one of the weights alone; `smaller` says where.
  void mark_weights_only(const CheckpointRecord& smaller);
  /// Checkpoints that must not go: pinned, evaluated, or the start of another run; and the one with
  /// the best validation accuracy.
  std::vector<std::int64_t> protected_checkpoints(std::int64_t run);

  void add_message(std::optional<std::int64_t> run, const std::string& level,
                   const std::string& text);
  std::vector<std::string> messages(std::int64_t run);

 private:
  Database& database_;
};

}  // namespace pretext
