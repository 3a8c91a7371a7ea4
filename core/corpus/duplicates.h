#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <vector>

namespace pretext {

/// Positions of images that are exact copies of each other, group by group, each ascending; the
/// group of the first image comes first. Copies are always in the same split.
std::vector<std::vector<std::int64_t>> duplicate_groups(Database& database, std::int64_t corpus);

}  // namespace pretext
