#pragma once

#include "core/store/database.h"
#include "core/store/run_store.h"

#include <nlohmann/json.hpp>

namespace pretext {

/// What `runs --json` lists of a run.
nlohmann::ordered_json briefJson(const RunRecord& run);

/// A run's evaluations, in the order they were made.
nlohmann::ordered_json evaluationsJson(Database& database, std::int64_t run);

/// What `show RUN --json` prints: a promise once released.
nlohmann::ordered_json fullJson(Database& database, const RunRecord& run);

}  // namespace pretext
