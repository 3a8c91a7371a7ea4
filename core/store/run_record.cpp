#include "core/store/run_store.h"

namespace pretext {

bool RunRecord::allows(RunCommand command) const {
  return is_allowed(status, command) && !(gave_up && command == RunCommand::kResume);
}

std::string RunRecord::why_not(RunCommand command) const {
  if (allows(command) || !is_allowed(status, command)) return pretext::why_not(id, status, command);
  return "Run " + std::to_string(id) +
         " cannot resume: its engine ended twice at the same place, and would again; fork it, or "
         "start a new run, with other settings.";
}

}  // namespace pretext
