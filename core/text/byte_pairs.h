#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pretext {

/// The merges of a byte-level BPE tokenizer: a word begins as its bytes, then the two neighbours
/// whose merge was learned first become one piece, until none can.
///
/// Sennrich et al., ACL 2016; Radford et al., "Language Models are Unsupervised Multitask
/// Learners", 2019 (openai/gpt-2, encoder.py). In the names of pieces each byte is a character that
/// can be seen: "Ġ" is a blank. Immutable.
class BytePairs {
 public:
  /// Two pieces become one.
  struct Merge {
    std::int32_t rank = 0;  ///< Smaller goes first.
    std::int32_t piece = 0;
  };
  using Pair = std::pair<std::string, std::string>;

  /// `ids` of all pieces by name; `merges` in the order learned. Throws UserError when a byte or
  /// what a merge makes is no piece.
  BytePairs(const std::unordered_map<std::string, std::int32_t>& ids, std::vector<Pair> merges);

  /// Null when the two do not merge.
  const Merge* find(std::int32_t left, std::int32_t right) const;
  std::int32_t piece_of(unsigned char byte) const { return of_bytes_[byte]; }
  const std::vector<Pair>& merges() const { return merges_; }

 private:
  std::vector<Pair> merges_;
  std::array<std::int32_t, 256> of_bytes_{};
  std::unordered_map<std::uint64_t, Merge> by_pair_;
};

/// The bytes that a piece's name stands for: "Ġthe" is " the". Characters that stand for no byte
/// are left as they are.
std::string bytes_of_piece(std::string_view name);

}  // namespace pretext
