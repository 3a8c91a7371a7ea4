#include "core/text/word_piece.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::size_t kLongestWord = 100;  // Characters; a longer one is [UNK].

std::size_t num_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

bool WordPieceEncoder::is_too_long(std::string_view word) {
  return word.size() > kLongestWord && num_characters(word) > kLongestWord;
}

WordPieceEncoder::WordPieceEncoder(const Vocabulary& vocabulary, bool finds_special)
    : vocabulary_(vocabulary), finds_special_(finds_special), splitter_(vocabulary.is_uncased()) {}

void WordPieceEncoder::encode(std::string_view text, std::vector<Token>& tokens) {
  std::size_t begin = 0;
  auto at = finds_special_ ? text.find('[') : std::string_view::npos;
  for (; at != std::string_view::npos; at = text.find('[', at + 1)) {
    // No further than a piece is long: else many brackets would take quadratic time.
    const auto size = text.substr(at, vocabulary_.longest_piece()).find(']');
    if (size == std::string_view::npos) continue;
    const auto close = at + size;
    const auto id = vocabulary_.find_start(text.substr(at, close + 1 - at));
    if (id == Vocabulary::kNone || !vocabulary_.is_special(id)) continue;
    encode_plain(text, begin, at, tokens);
    tokens.push_back({id, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(close + 1)});
    begin = close + 1;
  }
  encode_plain(text, begin, text.size(), tokens);
}

void WordPieceEncoder::encode_plain(std::string_view text, std::size_t begin, std::size_t end,
                                    std::vector<Token>& tokens) {
  const auto cut_word = [&](std::string_view word, std::vector<Piece>& pieces) {
    cut(word, pieces);
  };
  splitter_.split(text, begin, end, [&](const Word& word) {
    for (const auto& piece : known_words_.find_or_cut(word.text, cut_word))
      tokens.push_back({piece.id, word.source_begin(piece.begin), word.source_end(piece.end)});
  });
}

/// Greedy longest match first; one [UNK] for a word that cannot be cut.
void WordPieceEncoder::cut(std::string_view word, std::vector<Piece>& pieces) const {
  const auto size = static_cast<std::uint32_t>(word.size());
  const Piece unknown{vocabulary_.unknown(), 0, size};
  if (is_too_long(word)) {
    pieces.push_back(unknown);
    return;
  }
  for (std::uint32_t begin = 0; begin < size;) {
    std::int32_t id = Vocabulary::kNone;
    const auto length = static_cast<std::uint32_t>(longest_piece_of(word, begin, id));
    if (id == Vocabulary::kNone) {
      pieces.assign({unknown});
      return;
    }
    pieces.push_back({id, begin, begin + length});
    begin += length;
  }
}

/// Bytes of the longest piece that begins at `begin`, with its id; `kNone` when there is none.
std::size_t WordPieceEncoder::longest_piece_of(std::string_view word, std::size_t begin,
                                               std::int32_t& id) const {
  auto length = std::min(word.size() - begin, vocabulary_.longest_piece());
  for (; length > 0; --length) {
    const auto part = word.substr(begin, length);
    id = begin == 0 ? vocabulary_.find_start(part) : vocabulary_.find_continuation(part);
    if (id != Vocabulary::kNone) break;
  }
  return length;
}

}  // namespace pretext
