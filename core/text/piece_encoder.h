#pragma once

#include "core/text/byte_pair_encoder.h"
#include "core/text/word_piece.h"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pretext {

/// Cuts text into the pieces of a vocabulary, of whichever kind it is. One a thread.
class PieceEncoder {
 public:
  /// `finds_special`: "[MASK]", "<|endoftext|>" and the like in the text are those pieces.
  /// `vocabulary` must outlive the encoder.
  explicit PieceEncoder(const Vocabulary& vocabulary, bool finds_special = false);

  /// Appends the tokens of `text`, valid UTF-8 of less than 4 GiB, without what stands around it.
  void encode(std::string_view text, std::vector<Token>& tokens);

 private:
  std::variant<WordPieceEncoder, BytePairEncoder> encoder_;
};

/// The text that ids stand for, special pieces but [UNK] left out. Of WordPiece: pieces joined,
/// then blanks before punctuation and in contractions taken out, as Hugging Face cleans up. Of byte
/// pairs: their bytes; those that are no UTF-8 become U+FFFD.
std::string decode_pieces(const Vocabulary& vocabulary, std::span<const std::int32_t> ids);

}  // namespace pretext
