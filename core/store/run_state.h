#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace pretext {

/// Where a run stands. Stored by name.
enum class RunStatus { kQueued, kRunning, kPaused, kFinished, kFailed, kStopped, kInterrupted };

/// What a person may ask of a run.
enum class RunCommand { kPause, kStop, kResume, kFork, kExtend, kDelete };

std::string to_string(RunStatus status);
/// Of a name that is none of them, interrupted: what another program wrote keeps no list from
/// opening.
RunStatus run_status_from(const std::string& name);
std::string to_string(RunCommand command);
std::span<const RunStatus> all_run_statuses();
std::span<const RunCommand> all_run_commands();

/// The table of states and commands:
///
///              pause  stop  resume  fork  extend  delete
/// queued         x     x                            x
/// running        x     x              x
/// paused               x      x       x             x
/// finished                            x     x       x
/// failed                      x       x             x
/// stopped                     x       x             x
/// interrupted          x      x       x             x
///
/// Forking needs a checkpoint besides.
bool is_allowed(RunStatus status, RunCommand command);

/// One sentence on why not, and what can be done instead.
std::string why_not(std::int64_t run, RunStatus status, RunCommand command);

}  // namespace pretext
