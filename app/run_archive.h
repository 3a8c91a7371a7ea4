#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace pretext {

/// Writes all that is kept of a run into a zip file, to be passed on or put away: `run.json` (what
/// `pretext show --json` says), `specification.toml`, which `pretext train` takes, `metrics.csv`,
/// and its checkpoints under `checkpoints/`. An existing file is replaced once the new one is
/// whole. Throws UserError when it cannot be written.
void writeRunArchive(Database& database, std::int64_t run, const std::filesystem::path& file);

/// Curves in long form: key, step, value, wall_ms, a line each.
std::string curvesCsv(Database& database, std::int64_t run);

}  // namespace pretext
