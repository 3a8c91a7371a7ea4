#include "core/store/whole_checkpoint.h"

#include "core/base/digest.h"
#include "core/base/error.h"

namespace pretext {
namespace {

/// What was found instead, for people; said once of each file.
void say_passed_over(Database& database, std::int64_t run, const std::string& files,
                     const CheckpointRecord& found) {
  const auto text = "The checkpoint " + files + " is missing or damaged: the one of step " +
                    std::to_string(found.step) + " is taken instead.";
  if (database.is_read_only()) return;
  RunStore runs(database);
  for (const auto& message : runs.messages(run))
    if (message.find(text) != std::string::npos) return;
  runs.add_message(run, "warning", text);
}

}  // namespace

bool is_whole(const std::filesystem::path& workspace, const CheckpointRecord& checkpoint) {
  try {
    return sha256_of_file(workspace / checkpoint.path) == checkpoint.sha256;
  } catch (const UserError&) {
    return false;
  }
}

std::optional<CheckpointRecord> newest_whole_checkpoint(Database& database, std::int64_t run,
                                                        std::int64_t last_step) {
  const auto all = RunStore(database).checkpoints(run);
  std::string passed_over;
  for (auto checkpoint = all.rbegin(); checkpoint != all.rend(); ++checkpoint) {
    if (checkpoint->weights_only || checkpoint->step > last_step) continue;
    if (is_whole(database.workspace(), *checkpoint)) {
      if (!passed_over.empty()) say_passed_over(database, run, passed_over, *checkpoint);
      return *checkpoint;
    }
    passed_over += (passed_over.empty() ? "" : ", ") + checkpoint->path;
  }
  if (passed_over.empty()) return std::nullopt;
  throw UserError("No checkpoint of run " + std::to_string(run) + " is whole (" + passed_over +
                  "): restore one of these files from a copy, or start the run again.");
}

CheckpointRecord require_whole_checkpoint(Database& database, std::int64_t run) {
  if (auto checkpoint = newest_whole_checkpoint(database, run)) return *checkpoint;
  return RunStore(database).require_checkpoint(run);  // Says that there is none.
}

}  // namespace pretext
