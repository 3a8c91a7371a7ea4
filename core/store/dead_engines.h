#pragma once

#include "core/store/database.h"
#include "core/store/engine_queue.h"

namespace pretext {

/// What an engine left that died, however: its work is queued again, and after two deaths with no
/// step gained between it fails, with the signal and the log's last lines; the rest of the queue
/// goes on. Work that was asked to stop or pause has done so. Files of checkpoints that were being
/// written go. Returns how many jobs were touched; nothing in a workspace that is only looked at.
/// `own`: the calling engine, which holds its lock and has no work yet: any job that runs there
/// belongs to a dead predecessor.
int reconcile_dead_engines(Database& database, const EngineId* own = nullptr);

/// Starts an engine for each lane and device that has queued work, where none lives or is starting.
/// A job that two engines in a row were started for, and neither took up, fails; returns how many
/// have. Throws UserError when the program is missing.
int start_missing_engines(Database& database);

}  // namespace pretext
