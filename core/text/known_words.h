#pragma once

#include "core/text/vocabulary.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pretext {

/// What words were cut into, so that a word that comes again is only looked up. Bounded: long words
/// and those that come late are cut each time.
template <typename Piece>
class KnownWords {
 public:
  /// The pieces of `word`, by `cut(word, pieces)` where it is not known; valid until the next call.
  template <typename Cut>
  std::span<const Piece> find_or_cut(std::string_view word, const Cut& cut) {
    if (const auto known = places_.find(word); known != places_.end())
      return std::span(pieces_).subspan(known->second.first, known->second.second);
    cut_.clear();
    cut(word, cut_);
    if (places_.size() < kMost && word.size() <= kLongest) {
      places_.emplace(word, std::pair{pieces_.size(), cut_.size()});
      pieces_.insert(pieces_.end(), cut_.begin(), cut_.end());
    }
    return cut_;
  }

 private:
  static constexpr std::size_t kMost = 300'000;
  static constexpr std::size_t kLongest = 100;  // Bytes.

  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>, TextHash, std::equal_to<>>
      places_;  // First and number, in `pieces_`.
  std::vector<Piece> pieces_;
  std::vector<Piece> cut_;  // Of the word just cut.
};

}  // namespace pretext
