#pragma once

#include "core/text/known_words.h"
#include "core/text/token.h"
#include "core/text/vocabulary.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pretext {

/// Cuts text into byte-level BPE pieces, id for id as Hugging Face's GPT2TokenizerFast does.
///
/// Radford et al., 2019: words are contractions, letters, digits or other characters, each with the
/// blank before it, or runs of blanks; then `BytePairs`. A token's bytes are those of whole
/// characters. Keeps the words that it has seen: one encoder a thread.
class BytePairEncoder {
 public:
  /// `finds_special`: "<|endoftext|>" in the text is that piece. `vocabulary` must outlive the
  /// encoder and be one of byte pairs.
  explicit BytePairEncoder(const Vocabulary& vocabulary, bool finds_special = false);

  /// Appends the tokens of `text`, valid UTF-8 of less than 4 GiB.
  void encode(std::string_view text, std::vector<Token>& tokens);

 private:
  /// A piece of a word, the bytes of the word behind its last.
  struct Piece {
    std::int32_t id;
    std::uint32_t end;
  };

  void encode_plain(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Token>& tokens);
  void merge(std::string_view word, std::vector<Piece>& pieces) const;

  const Vocabulary& vocabulary_;
  bool finds_special_;
  KnownWords<Piece> known_words_;
};

}  // namespace pretext
