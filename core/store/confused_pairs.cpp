#include "core/store/confused_pairs.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace pretext {

std::vector<ConfusedPair> most_confused(const std::vector<std::vector<std::int64_t>>& confusion,
                                        std::size_t most) {
  std::vector<ConfusedPair> pairs;
  for (std::size_t truth = 0; truth < confusion.size(); ++truth) {
    const auto& row = confusion[truth];
    const auto total = std::accumulate(row.begin(), row.end(), std::int64_t{0});
    for (std::size_t other = 0; other < row.size(); ++other) {
      if (other == truth || row[other] == 0) continue;
      pairs.push_back(
          {truth, other, row[other], static_cast<double>(row[other]) / static_cast<double>(total)});
    }
  }
  const auto rank = [](const ConfusedPair& pair) {
    return std::tuple(-pair.count, -pair.share, pair.truth, pair.taken_for);
  };
  const auto end = pairs.begin() + static_cast<std::ptrdiff_t>(std::min(most, pairs.size()));
  std::ranges::partial_sort(pairs, end, {}, rank);
  pairs.erase(end, pairs.end());
  return pairs;
}

}  // namespace pretext
