#pragma once

#include "core/store/engine_queue.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"

#include <functional>
#include <string>

namespace pretext {

/// How an attempt ended.
struct TrainingOutcome {
  std::string status;  ///< finished, paused or stopped
  std::string reason;
};

/// One attempt of a run: resolves, continues from the newest checkpoint, trains, logs, obeys the
/// control word, checkpoints, evaluates at the end.
///
/// Throws UserError when it fails (the loss diverges, the corpus is gone): the
/// caller records that. `should_end` is asked after each step; when it says so, a checkpoint is
/// written if that is expected within 8 s, and the attempt ends as stopped.
TrainingOutcome run_training(Database& database, EngineQueue& queue, const JobRecord& job,
                             const std::function<bool()>& should_end);

}  // namespace pretext
