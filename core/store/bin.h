#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

/// A run, or all the versions of a corpus that went into the bin together.
struct BinnedItem {
  std::int64_t run = 0;  ///< 0: a corpus.
  std::string name;
  std::int64_t deleted_ms = 0;
  std::int64_t bytes = 0;  ///< Of its files.
};

/// What is in the bin, the newest first.
std::vector<BinnedItem> binned_items(Database& database);

/// Removes a run from the bin for good, with its readings and files. Throws UserError when it is
/// not in the bin.
void purge_run(Database& database, std::int64_t run);

}  // namespace pretext
