#pragma once

#include "core/store/run_store.h"

#include <limits>

namespace pretext {

/// Whether a checkpoint's file is there and has the digest that was recorded.
bool is_whole(const std::filesystem::path& workspace, const CheckpointRecord& checkpoint);

/// The newest checkpoint of a run, up to `last_step`, that it can be resumed from and whose file is
/// whole; those passed over are named in a message of the run. None where it has no checkpoint at
/// all. Throws UserError where it has some and none is whole.
std::optional<CheckpointRecord> newest_whole_checkpoint(
    Database& database, std::int64_t run,
    std::int64_t last_step = std::numeric_limits<std::int64_t>::max());

/// The same; throws UserError where there is none yet.
CheckpointRecord require_whole_checkpoint(Database& database, std::int64_t run);

}  // namespace pretext
