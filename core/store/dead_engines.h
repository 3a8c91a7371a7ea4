#pragma once

#include "core/store/database.h"

namespace pretext {

/// What an engine left that died, however: its work is queued again, and after two deaths with no
/// step gained between it fails, with the signal and the log's last lines; the rest of the queue
/// goes on. Work that was asked to stop or pause has done so. Files of checkpoints that were being
/// written go. Returns how many jobs were touched; nothing in a workspace that is only looked at.
int reconcile_dead_engines(Database& database);

/// Starts an engine for each lane and device that has queued work, where none lives or is starting.
/// A job that two engines in a row were started for, and neither took up, fails; returns how many
/// have. Throws UserError when the program is missing.
int start_missing_engines(Database& database);

}  // namespace pretext
