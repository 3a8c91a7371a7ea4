#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// A row of `attempts`: one time that a run was started or resumed.
struct AttemptRecord {
  std::int64_t number = 0;     ///< From 1.
  std::int64_t from_step = 0;  ///< Steps that were done before.
  std::string status;          ///< "running", or how it ended.
  std::string reason;
  std::int64_t started_ms = 0;
  std::optional<std::int64_t> ended_ms;
};

/// Oldest first.
std::vector<AttemptRecord> attempts_of(Database& database, std::int64_t run);

}  // namespace pretext
