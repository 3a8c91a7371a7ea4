#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pretext {

/// One class taken for another.
struct ConfusedPair {
  std::size_t truth = 0;
  std::size_t taken_for = 0;
  std::int64_t count = 0;
  double share = 0.0;  ///< Of the samples of the true class.

  bool operator==(const ConfusedPair&) const = default;
};

/// The pairs that are confused most often, the most frequent first and at most `most` of them; of
/// equal counts those of the higher share. `confusion`: [true class][predicted class].
std::vector<ConfusedPair> most_confused(const std::vector<std::vector<std::int64_t>>& confusion,
                                        std::size_t most);

}  // namespace pretext
