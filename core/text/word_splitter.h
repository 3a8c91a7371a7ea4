#pragma once

#include "core/text/characters.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

/// A word as a WordPiece tokenizer sees it, normalised, with the bytes of the text it came from.
/// Valid until the splitter goes on.
struct Word {
  std::string_view text;                  ///< Normalised, UTF-8.
  std::uint32_t begin = 0;                ///< In the original text, bytes.
  std::span<const std::uint32_t> begins;  ///< Where the source of each byte of `text` begins and
  std::span<const std::uint32_t> ends;    ///< ends; empty: byte for byte from `begin` on.

  /// Where the source of text[from, …) begins.
  std::uint32_t source_begin(std::size_t from) const {
    return begins.empty() ? begin + static_cast<std::uint32_t>(from) : begins[from];
  }
  /// Where the source of text[…, to) ends; `to` is at least 1.
  std::uint32_t source_end(std::size_t to) const {
    return ends.empty() ? begin + static_cast<std::uint32_t>(to) : ends[to - 1];
  }
};

/// BERT's basic tokenizer: cleans the text, isolates ideographs and punctuation, splits at spaces,
/// and for an uncased vocabulary lowers it and strips accents.
///
/// Devlin et al., google-research/bert, tokenization.py; Hugging Face's BertNormalizer and
/// BertPreTokenizer, whose offsets it gives. Holds buffers: one splitter a thread.
class WordSplitter {
 public:
  using Visit = std::function<void(const Word&)>;

  explicit WordSplitter(bool is_uncased) : is_uncased_(is_uncased) {}

  /// Visits the words of text[begin, end), valid UTF-8, in their order.
  void split(std::string_view text, std::size_t begin, std::size_t end, const Visit& visit);

 private:
  std::size_t split_plain(std::string_view text, std::size_t begin, std::size_t end,
                          const Visit& visit);
  std::size_t split_region(std::string_view text, std::size_t begin, std::size_t end,
                           const Visit& visit);
  void normalise(std::string_view text, std::size_t begin, std::size_t end);
  void visit_traced(std::span<const TracedCharacter> characters, const Visit& visit);

  bool is_uncased_;
  std::vector<TracedCharacter> normalised_;  // Of the region just read.
  std::string word_;
  std::vector<std::uint32_t> begins_, ends_;  // Source of each byte of `word_`.
};

}  // namespace pretext
