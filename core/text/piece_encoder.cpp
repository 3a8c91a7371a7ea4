#include "core/text/piece_encoder.h"

#include "core/text/byte_pairs.h"
#include "core/text/utf8.h"

#include <array>

namespace pretext {
namespace {

using Encoder = std::variant<WordPieceEncoder, BytePairEncoder>;

Encoder make_encoder(const Vocabulary& vocabulary, bool finds_special) {
  if (vocabulary.byte_pairs()) return BytePairEncoder(vocabulary, finds_special);
  return WordPieceEncoder(vocabulary, finds_special);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string decode_word_pieces(const Vocabulary& vocabulary, std::span<const std::int32_t> ids) {
  std::string text;
  for (const auto id : ids) {
    if (vocabulary.is_special(id) && id != vocabulary.unknown()) continue;
    std::string_view piece = vocabulary.piece(id);
    if (vocabulary.is_continuation(id) && !text.empty()) {
      piece.remove_prefix(2);
    } else if (!text.empty()) {
      text += ' ';
    }
    text += piece;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kBlanks = {
      {{" .", "."},
       {" ?", "?"},
       {" !", "!"},
       {" ,", ","},
       {" ' ", "'"},
       {" n't", "n't"},
       {" 'm", "'m"},
       {" 's", "'s"},
       {" 've", "'ve"},
       {" 're", "'re"}}};
  for (const auto& [from, to] : kBlanks) replace_all(text, from, to);
  return text;
}

std::string decode_byte_pairs(const Vocabulary& vocabulary, std::span<const std::int32_t> ids) {
  std::string text;
  for (const auto id : ids) {
    if (!vocabulary.is_special(id)) text += bytes_of_piece(vocabulary.piece(id));
  }
  repair_utf8(text);
  return text;
}

}  // namespace

PieceEncoder::PieceEncoder(const Vocabulary& vocabulary, bool finds_special)
    : encoder_(make_encoder(vocabulary, finds_special)) {}

void PieceEncoder::encode(std::string_view text, std::vector<Token>& tokens) {
  std::visit([&](auto& encoder) { encoder.encode(text, tokens); }, encoder_);
}

std::string decode_pieces(const Vocabulary& vocabulary, std::span<const std::int32_t> ids) {
  return vocabulary.byte_pairs() ? decode_byte_pairs(vocabulary, ids)
                                 : decode_word_pieces(vocabulary, ids);
}

}  // namespace pretext
