#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pretext {

/// A row of `jobs`: one piece of work for an engine.
struct JobRecord {
  std::int64_t id = 0;
  std::string kind;  ///< "train", "evaluate", "embed", "project", "film", "samples",
                     ///< "probe", "predict", "fill", "sample", "hardness", "trial"
  std::string lane;  ///< "train" or "interactive"
  std::optional<std::int64_t> run_id;
  std::optional<std::int64_t> checkpoint_id;
  std::string parameters = "{}";  ///< JSON
  std::string status;
  double progress = 0.0;
  std::string result;  ///< JSON
  std::string reason;

  /// What a query must select for `read`.
  static constexpr const char* kColumns =
      "id, kind, lane, run_id, checkpoint_id, parameters, status, progress, result, reason";
  static JobRecord read(SQLite::Statement& row);
};

}  // namespace pretext
