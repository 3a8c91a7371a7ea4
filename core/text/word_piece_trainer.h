#pragma once

#include "core/text/vocabulary.h"
#include "core/text/word_splitter.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pretext {

/// How often each normalised word occurs.
using WordCounts = std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>>;

/// Adds the words of `text`, valid UTF-8.
void count_words(std::string_view text, WordSplitter& splitter, WordCounts& counts);

struct WordPieceTraining {
  std::int64_t size = 30'522;          ///< Pieces at most, the five special ones among them.
  std::int64_t min_frequency = 2;      ///< A pair that occurs less often is not merged.
  std::int64_t alphabet_limit = 1000;  ///< Characters kept, the most frequent; others are [UNK].
  bool is_uncased = true;
};

/// Learns a vocabulary by merging the most frequent pair of pieces over and over, as Hugging Face's
/// WordPieceTrainer does (Schuster & Nakajima, "Japanese and Korean Voice Search", ICASSP 2012, by
/// counts as in byte-pair encoding: Sennrich et al., ACL 2016). Depends on the counts alone.
/// `report`: gets progress from 0 to 1; may throw to stop. Throws UserError when there are no
/// words, or `size` is less than the alphabet needs.
Vocabulary train_word_pieces(const WordCounts& counts, const WordPieceTraining& options,
                             const std::function<void(double)>& report = {});

}  // namespace pretext
