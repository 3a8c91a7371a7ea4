#pragma once

#include "core/store/engine_queue.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/spare_room.h"
#include "gpu/engine/training_job.h"
#include "gpu/engine/workspace_watch.h"

#include <functional>

namespace pretext {

/// Thrown out of waiting for the disk when the attempt is asked to end meanwhile.
struct WaitEnded {
  TrainingOutcome outcome;
};

/// Does what an attempt writes. While the disk is full, or another program writes, it is tried
/// again until it succeeds: the run says so, and its last checkpoint stands.
class PatientWrites {
 public:
  /// `job`: a training job, which must outlive it.
  PatientWrites(Database& database, EngineQueue& queue, const JobRecord& job,
                std::function<bool()> should_end);

  /// Throws WaitEnded, WorkspaceGone, and what `work` throws that will not pass.
  template <typename Work>
  void operator()(const Work& work) {
    for (bool waits = false;; waits = true) {
      try {
        work();
        if (waits) say_goes_on();
        return;
      } catch (const std::exception& error) {
        if (!may_pass(error)) throw;
        if (!waits) say_waits(error);
      }
      wait();
    }
  }

  /// Throws WorkspaceGone where the workspace is no longer the one that it was.
  void check_workspace() const { workspace_.check(); }

 private:
  void wait();
  void say_waits(const std::exception& error);
  void say_goes_on();
  void set_reason(const std::string& text);

  Database& database_;
  EngineQueue& queue_;
  const JobRecord& job_;
  std::function<bool()> should_end_;
  WorkspaceWatch workspace_;
  SpareRoom spare_;
};

}  // namespace pretext
