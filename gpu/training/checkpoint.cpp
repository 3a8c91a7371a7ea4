#include "gpu/training/checkpoint.h"

#include "core/base/digest.h"
#include "core/base/error.h"

#include <cstdio>

namespace pretext {

namespace fs = std::filesystem;

CheckpointRecord write_checkpoint(const fs::path& workspace, std::int64_t run, std::int64_t step,
                                  double epoch, const TensorMap& state) {
  char name[48];
  std::snprintf(name, sizeof name, "step-%09lld.safetensors", static_cast<long long>(step));
  CheckpointRecord record;
  record.run_id = run;
  record.step = step;
  record.epoch = epoch;
  record.path = "runs/" + std::to_string(run) + "/" + name;
  const auto file = workspace / record.path;
  fs::create_directories(file.parent_path());
  write_safetensors(file, to_weights(state));
  record.sha256 = sha256_of_file(file);
  record.bytes = static_cast<std::int64_t>(fs::file_size(file));
  return record;
}

TensorMap read_checkpoint(const fs::path& workspace, const CheckpointRecord& record) {
  const auto file = workspace / record.path;
  if (sha256_of_file(file) != record.sha256) {
    throw UserError("The checkpoint " + file.string() + " is damaged: restore it from a copy.");
  }
  return to_tensors(read_safetensors(file));
}

void prune_checkpoints(Database& database, std::int64_t run) {
  constexpr std::size_t kKept = 2;
  RunStore store(database);
  const auto checkpoints = store.checkpoints(run);
  for (std::size_t i = 0; i + kKept < checkpoints.size(); ++i) {
    auto query = database.prepare(
        "SELECT pinned OR EXISTS (SELECT 1 FROM runs WHERE parent_checkpoint = ?1) OR EXISTS "
        "(SELECT 1 FROM evaluations WHERE checkpoint_id = ?1) FROM checkpoints WHERE id = ?1");
    query.bind(1, checkpoints[i].id);
    if (query.executeStep() && query.getColumn(0).getInt() != 0) continue;
    store.mark_pruned(checkpoints[i].id);
    // The newest steps may have been written again by a later attempt under the same name.
    const bool reused = checkpoints[i].path == checkpoints[i + 1].path;
    std::error_code ignored;
    if (!reused) fs::remove(database.workspace() / checkpoints[i].path, ignored);
  }
}

}  // namespace pretext
