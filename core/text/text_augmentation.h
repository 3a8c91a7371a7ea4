#pragma once

#include "core/text/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <vector>

namespace pretext {

/// One way to change a text: how often, and how much of it.
struct TextOperation {
  double probability = 0.0;  ///< Of a view that it is done to.
  double share = 0.1;        ///< Of the words (at least one), or of the sentences.
};

/// How a view of a text is made, operation after operation in this order.
///
/// Lewis et al., "BART", ACL 2020 (reordering); Wei & Zou, "EDA: Easy Data Augmentation", EMNLP
/// 2019 (the others; random replacement stands for its insertion).
struct TextAugmentation {
  TextOperation reordering;   ///< That share of the sentences changes places among themselves.
  TextOperation synonyms;     ///< Of the words that have any: each replaced by one of them.
  TextOperation replacement;  ///< Words replaced by random ones of the vocabulary.
  TextOperation swap;         ///< As often, two words change places.
  TextOperation deletion;  ///< Each word left out with the share as its chance; never all of them.
};

/// Words that may stand for others, as pieces.
class Synonyms {
 public:
  Synonyms() = default;
  /// Reads a file: a word, then those that may replace it, all of a line separated by tabs or
  /// commas. Throws UserError, naming the line, where a word has none.
  Synonyms(const std::filesystem::path& file, const Vocabulary& vocabulary);

  /// Empty where a word has none.
  std::span<const std::vector<std::int32_t>> of(const std::vector<std::int32_t>& word) const;
  std::size_t size() const { return lists_.size(); }

 private:
  std::map<std::vector<std::int32_t>, std::vector<std::vector<std::int32_t>>> lists_;
};

/// Pieces of a view of a text given by its sentences, without special pieces. Words are pieces with
/// those that go on within them. Draws depend on (seed, epoch, key, view) alone.
std::vector<std::int32_t> augment(std::span<const std::vector<std::int32_t>> sentences,
                                  const Vocabulary& vocabulary, const TextAugmentation& options,
                                  const Synonyms& synonyms, std::uint64_t seed, std::uint32_t epoch,
                                  std::uint64_t key, std::uint8_t view);

}  // namespace pretext
