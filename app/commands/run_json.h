#pragma once

#include "core/store/database.h"
#include "core/store/run_store.h"

#include <nlohmann/json.hpp>
#include <string>

namespace pretext {

/// A document as text, `indent` blanks a level, else (-1) on one line: always valid JSON, and safe
/// to print whatever names it holds. Bytes that are no UTF-8 become U+FFFD.
std::string jsonText(const nlohmann::ordered_json& document, int indent = 2);

/// What `runs --json` lists of a run.
nlohmann::ordered_json briefJson(const RunRecord& run);

/// A run's evaluations, in the order they were made.
nlohmann::ordered_json evaluationsJson(Database& database, std::int64_t run);

/// What `show RUN --json` prints: a promise once released.
nlohmann::ordered_json fullJson(Database& database, const RunRecord& run);

}  // namespace pretext
