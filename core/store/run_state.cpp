#include "core/store/run_state.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pretext {
namespace {

constexpr std::array kStatuses = {RunStatus::kQueued,     RunStatus::kRunning, RunStatus::kPaused,
                                  RunStatus::kFinished,   RunStatus::kFailed,  RunStatus::kStopped,
                                  RunStatus::kInterrupted};
constexpr std::array kStatusNames = {"queued", "running", "paused",     "finished",
                                     "failed", "stopped", "interrupted"};
constexpr std::array kCommands = {RunCommand::kPause, RunCommand::kStop,   RunCommand::kResume,
                                  RunCommand::kFork,  RunCommand::kExtend, RunCommand::kDelete};
constexpr std::array kCommandNames = {"pause", "stop", "resume", "fork", "extend", "delete"};

// Rows by status, columns by command, in the orders above.
constexpr bool kAllowed[7][6] = {
    {true, true, false, false, false, true},  // queued
    {true, true, false, true, false, false},  // running
    {false, true, true, true, false, true},   // paused
    {false, false, false, true, true, true},  // finished
    {false, false, true, true, false, true},  // failed
    {false, false, true, true, false, true},  // stopped
    {false, true, true, true, false, true},   // interrupted
};

}  // namespace

std::string to_string(RunStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

std::string to_string(RunCommand command) {
  return kCommandNames[static_cast<std::size_t>(command)];
}

RunStatus run_status_from(const std::string& name) {
  const auto found =
      std::ranges::find(kStatusNames, name, [](const char* n) { return std::string(n); });
  if (found == kStatusNames.end()) return RunStatus::kInterrupted;
  return kStatuses[static_cast<std::size_t>(found - kStatusNames.begin())];
}

std::span<const RunStatus> all_run_statuses() {
  return kStatuses;
}
std::span<const RunCommand> all_run_commands() {
  return kCommands;
}

bool is_allowed(RunStatus status, RunCommand command) {
  return kAllowed[static_cast<std::size_t>(status)][static_cast<std::size_t>(command)];
}

std::string why_not(std::int64_t run, RunStatus status, RunCommand command) {
  std::string instead;
  for (const auto other : kCommands) {
    if (is_allowed(status, other)) instead += (instead.empty() ? "" : ", ") + to_string(other);
  }
  return "Run " + std::to_string(run) + " is " + to_string(status) + " and cannot " +
         to_string(command) + ": what it can do now is " + instead + ".";
}

}  // namespace pretext
