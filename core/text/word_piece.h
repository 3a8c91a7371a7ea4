#pragma once

#include "core/text/known_words.h"
#include "core/text/token.h"
#include "core/text/vocabulary.h"
#include "core/text/word_splitter.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pretext {

/// Cuts text into WordPieces, id for id as Hugging Face's BertTokenizerFast does: splits it into
/// words, then takes the longest piece that fits, from each word's start to its end.
///
/// Devlin et al., "BERT", NAACL 2019; google-research/bert, tokenization.py. Characters are
/// classified by Unicode 15, so that those named since Hugging Face's tables may differ. Keeps the
/// words that it has seen: one encoder a thread.
class WordPieceEncoder {
 public:
  /// `finds_special`: "[MASK]" and the like in the text are those pieces, not brackets and letters.
  /// `vocabulary` must outlive the encoder.
  explicit WordPieceEncoder(const Vocabulary& vocabulary, bool finds_special = false);

  /// Whether a word, as normalised, is [UNK] for its length alone.
  static bool is_too_long(std::string_view word);

  /// Appends the tokens of `text`, valid UTF-8 of less than 4 GiB, without [CLS] and [SEP].
  void encode(std::string_view text, std::vector<Token>& tokens);

 private:
  /// A piece of a word; offsets into the word as normalised, bytes.
  struct Piece {
    std::int32_t id;
    std::uint32_t begin;
    std::uint32_t end;
  };
  void encode_plain(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Token>& tokens);
  void cut(std::string_view word, std::vector<Piece>& pieces) const;
  std::size_t longest_piece_of(std::string_view word, std::size_t begin, std::int32_t& id) const;

  const Vocabulary& vocabulary_;
  bool finds_special_;
  WordSplitter splitter_;
  KnownWords<Piece> known_words_;
};

}  // namespace pretext
