#pragma once

#include "core/store/job_record.h"

#include <string>

namespace pretext {

/// What an engine is in the workspace: one lives for each device and lane.
struct EngineId {
  std::string device;      ///< "cpu" or "cuda:N"
  std::string lane;        ///< "train" or "interactive"
  bool takes_auto = true;  ///< Whether this is the device that `auto` means on this machine.
};

/// The engine's side of `jobs`: claims what is for it, reports, and retires. The front-end's side
/// is `JobStore`.
class EngineQueue {
 public:
  EngineQueue(Database& database, EngineId engine)
      : database_(database), engine_(std::move(engine)) {}

  const EngineId& engine() const { return engine_; }

  void announce();
  void beat();
  /// Claims the next job for this engine, by priority and age; none when there is none for it.
  std::optional<JobRecord> claim();
  /// True when there is no queued work for it: its row is gone then, and it must end.
  bool retire();
  /// Takes its row away though work may be queued, which waits for the next engine.
  void leave();

  std::string control_word(std::int64_t job);
  void report(std::int64_t job, double progress);
  /// `status`: finished, failed, stopped or paused; of a training job the run's as well.
  void end(const JobRecord& job, const std::string& status, const std::string& reason,
           const std::string& result = "{}");
  /// Records that an attempt begins after `from_step`. Returns its number, from 1.
  std::int64_t begin_attempt(const JobRecord& job, std::int64_t from_step);

 private:
  void remove_row();

  Database& database_;
  EngineId engine_;
};

}  // namespace pretext
