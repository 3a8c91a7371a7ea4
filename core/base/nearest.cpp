#include "core/base/nearest.h"

#include <algorithm>
#include <numeric>

namespace pretext {
namespace {

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto substitution = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& names) {
  constexpr std::size_t kLongest = 200;  // The time grows with both lengths.
  const auto begin = word.substr(0, kLongest);
  const auto found = std::ranges::min_element(
      names, {}, [&](const std::string& name) { return edit_distance(name, begin); });
  return found == names.end() ? std::string() : *found;
}

}  // namespace pretext
