#include "gpu/training/checkpoint.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/new_file.h"
#include "core/log/log.h"
#include "core/store/whole_checkpoint.h"
#include "core/store/workspace_files.h"

#include <algorithm>

namespace pretext {

namespace fs = std::filesystem;

namespace {

/// Writes `state` at `record.path` and notes digest and size.
void write_state(const fs::path& workspace, const TensorMap& state, CheckpointRecord& record) {
  const auto file = workspace / record.path;
  refuse_links(workspace, record.path);
  // Never the workspace itself, which may have been moved away meanwhile.
  for (const auto& folder : {file.parent_path().parent_path(), file.parent_path()})
    if (fs::create_directory(folder)) flush_to_disk(folder.parent_path());
  write_safetensors(file, to_weights(state));
  record.sha256 = sha256_of_file(file);
  record.bytes = static_cast<std::int64_t>(fs::file_size(file));
}

/// Whether a checkpoint is the first one at or after one of the evenly spaced points.
bool is_spaced(std::int64_t step, std::int64_t step_before, std::int64_t total_steps) {
  constexpr std::int64_t kPoints = 20;
  const auto points_until = [&](std::int64_t at) { return at * kPoints / total_steps; };
  return total_steps > 0 && points_until(step) > points_until(step_before);
}

void keep_weights_alone(Database& database, CheckpointRecord checkpoint) {
  auto state = read_checkpoint(database.workspace(), checkpoint);
  std::erase_if(state, [](const auto& item) { return item.first.starts_with("optimizer."); });
  const auto whole = database.workspace() / checkpoint.path;
  checkpoint.path = checkpoint_path(checkpoint.run_id, checkpoint.step, true);
  write_state(database.workspace(), state, checkpoint);
  RunStore(database).mark_weights_only(checkpoint);
  fs::remove(whole);
}

/// One that is missing or damaged stays as it is, for `doctor` to name; the others are thinned out.
void thin_out(Database& database, const CheckpointRecord& checkpoint) {
  if (!is_whole(database.workspace(), checkpoint))
    return log_error(checkpoint.path + " is missing or damaged, and is left as it is");
  keep_weights_alone(database, checkpoint);
}

}  // namespace

CheckpointRecord write_checkpoint(const fs::path& workspace, std::int64_t run, std::int64_t step,
                                  double epoch, const TensorMap& state) {
  CheckpointRecord record;
  record.run_id = run;
  record.step = step;
  record.epoch = epoch;
  record.path = checkpoint_path(run, step, false);
  write_state(workspace, state, record);
  return record;
}

TensorMap read_checkpoint(const fs::path& workspace, const CheckpointRecord& record) {
  const auto file = workspace / record.path;
  if (sha256_of_file(file) != record.sha256) {
    throw UserError("The checkpoint " + file.string() + " is damaged: restore it from a copy.");
  }
  return to_tensors(read_safetensors(file));
}

void prune_checkpoints(Database& database, std::int64_t run, std::int64_t total_steps) {
  constexpr std::size_t kKept = 2;
  refuse_links(database.workspace(), run_path(run));
  RunStore store(database);
  const auto checkpoints = store.checkpoints(run);
  const auto kept = store.protected_checkpoints(run);
  std::int64_t step_before = 0;
  for (std::size_t i = 0; i + kKept < checkpoints.size(); ++i) {
    const auto& checkpoint = checkpoints[i];
    const bool spaced = is_spaced(checkpoint.step, step_before, total_steps);
    step_before = checkpoint.step;
    const bool is_protected = std::ranges::find(kept, checkpoint.id) != kept.end();
    if (is_protected || (spaced && checkpoint.weights_only)) continue;
    // A later attempt may have written the same step again under the same name.
    const bool reused = checkpoint.path == checkpoints[i + 1].path;
    if (spaced && !reused) {
      thin_out(database, checkpoint);
      continue;
    }
    store.mark_pruned(checkpoint.id);
    std::error_code ignored;
    if (!reused) fs::remove(database.workspace() / checkpoint.path, ignored);
  }
}

}  // namespace pretext
