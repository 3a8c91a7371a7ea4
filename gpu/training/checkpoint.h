#pragma once

#include "core/store/run_store.h"
#include "gpu/training/state.h"

namespace pretext {

/// Writes a checkpoint's file beside its place, flushes and renames it. The bytes depend on the
/// tensors alone. Returns the record, not yet in the store.
CheckpointRecord write_checkpoint(const std::filesystem::path& workspace, std::int64_t run,
                                  std::int64_t step, double epoch, const TensorMap& state);

/// Reads one and checks its digest. Throws UserError when it is missing or damaged.
TensorMap read_checkpoint(const std::filesystem::path& workspace, const CheckpointRecord& record);

/// Keeps whole the two newest, the best by validation accuracy and those pinned or referred to;
/// keeps the weights alone at 20 evenly spaced points of `total_steps`; deletes all others.
void prune_checkpoints(Database& database, std::int64_t run, std::int64_t total_steps);

}  // namespace pretext
