#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace pretext {

/// 0, 1, … `count` - 1.
inline std::vector<std::int64_t> numbers_up_to(std::int64_t count) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace pretext
