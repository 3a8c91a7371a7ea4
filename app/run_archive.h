#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// Writes all that is kept of a run into a zip file, to be passed on or put away: `run.json` (what
/// `pretext show --json` says), `specification.toml`, which `pretext train` takes, `metrics.csv`,
/// and its checkpoints under `checkpoints/`. An existing file is replaced once the new one is
/// whole. Returns the checkpoints that were left out, since their files are missing or damaged.
/// Throws UserError when it cannot be written.
std::vector<std::string> writeRunArchive(Database& database, std::int64_t run,
                                         const std::filesystem::path& file);

/// Curves in long form: key, step, value, wall_ms, a line each.
std::string curvesCsv(Database& database, std::int64_t run);

}  // namespace pretext
