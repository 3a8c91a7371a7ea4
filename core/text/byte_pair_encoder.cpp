#include "core/text/byte_pair_encoder.h"

#include "core/text/byte_pairs.h"
#include "core/text/characters.h"
#include "core/text/utf8.h"

#include <queue>

#include <algorithm>
#include <array>
#include <tuple>

namespace pretext {
namespace {

enum class Kind { kBlank, kLetter, kDigit, kOther };

Kind kind_of(char32_t c) {
  if (is_space(c)) return Kind::kBlank;
  if (is_letter(c)) return Kind::kLetter;
  return is_number(c) ? Kind::kDigit : Kind::kOther;
}

/// Bytes of the contraction that `text` begins with; 0 for none.
std::size_t contraction(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kAll = {"'s", "'t",  "'re", "'ve",
                                                           "'m", "'ll", "'d"};
  const auto found =
      std::ranges::find_if(kAll, [&](std::string_view one) { return text.starts_with(one); });
  return found == kAll.end() ? 0 : found->size();
}

/// Bytes of the characters of a kind that `text` has from `at` on.
std::size_t run_of(std::string_view text, std::size_t at, Kind kind) {
  const auto begin = at;
  while (at < text.size()) {
    const auto point = read_code_point(text, at);
    if (kind_of(point.value) != kind) break;
    at += point.size;
  }
  return at - begin;
}

/// Bytes of a run of blanks that are a word: all at the end of the text, else all but the last,
/// which belongs to what follows.
std::size_t blanks(std::string_view text) {
  const auto size = run_of(text, 0, Kind::kBlank);
  if (size == text.size()) return size;
  auto last = size - 1;
  while ((text[last] & 0xC0) == 0x80) --last;
  return last == 0 ? size : last;
}

/// Bytes of the first word of a text that is not empty; GPT-2's pattern:
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::size_t first_word(std::string_view text) {
  if (const auto size = contraction(text)) return size;
  const std::size_t begin = text[0] == ' ' && text.size() > 1 ? 1 : 0;
  const auto kind = kind_of(read_code_point(text, begin).value);
  if (kind != Kind::kBlank) return begin + run_of(text, begin, kind);
  return blanks(text);
}

}  // namespace

BytePairEncoder::BytePairEncoder(const Vocabulary& vocabulary, bool finds_special)
    : vocabulary_(vocabulary), finds_special_(finds_special) {}

void BytePairEncoder::encode(std::string_view text, std::vector<Token>& tokens) {
  const auto& end_of_text = vocabulary_.piece(vocabulary_.separate());
  std::size_t begin = 0;
  while (finds_special_) {
    const auto at = text.find(end_of_text, begin);
    if (at == std::string_view::npos) break;
    encode_plain(text, begin, at, tokens);
    begin = at + end_of_text.size();
    tokens.push_back({vocabulary_.separate(), static_cast<std::uint32_t>(at),
                      static_cast<std::uint32_t>(begin)});
  }
  encode_plain(text, begin, text.size(), tokens);
}

void BytePairEncoder::encode_plain(std::string_view text, std::size_t begin, std::size_t end,
                                   std::vector<Token>& tokens) {
  const auto part = text.substr(0, end);
  const auto is_inside = [&](std::size_t at) { return at < end && (text[at] & 0xC0) == 0x80; };
  const auto merge_word = [&](std::string_view word, std::vector<Piece>& pieces) {
    merge(word, pieces);
  };
  while (begin < end) {
    const auto word = part.substr(begin, first_word(part.substr(begin)));
    std::size_t from = begin;
    for (const auto& piece : known_words_.find_or_cut(word, merge_word)) {
      const auto to = begin + piece.end;
      auto first = from;
      auto last = to;
      while (is_inside(first)) --first;
      while (is_inside(last)) ++last;
      tokens.push_back(
          {piece.id, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
      from = to;
    }
    begin += word.size();
  }
}

/// Pieces are a list by position; candidates wait in a heap by rank, then position,
/// and are passed over when one of their pieces has merged since.
void BytePairEncoder::merge(std::string_view word, std::vector<Piece>& pieces) const {
  struct Node {
    std::int32_t id;
    std::int32_t before, behind;  // -1: none. A node that is gone has an id of -1.
  };
  using Candidate = std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t>;
  const auto& pairs = *vocabulary_.byte_pairs();
  std::vector<Node> nodes;
  nodes.reserve(word.size());
  for (std::int32_t i = 0; std::cmp_less(i, word.size()); ++i) {
    const auto byte = static_cast<unsigned char>(word[static_cast<std::size_t>(i)]);
    const bool is_last = std::cmp_equal(i + 1, word.size());
    nodes.push_back({pairs.piece_of(byte), i - 1, is_last ? -1 : i + 1});
  }
  const auto node = [&](std::int32_t i) -> Node& { return nodes[static_cast<std::size_t>(i)]; };
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> waiting;
  const auto consider = [&](std::int32_t left) {
    if (left < 0 || node(left).behind < 0) return;
    const auto ids = std::pair{node(left).id, node(node(left).behind).id};
    if (const auto* merge = pairs.find(ids.first, ids.second))
      waiting.emplace(merge->rank, left, ids.first, ids.second);
  };
  for (std::int32_t i = 0; std::cmp_less(i, nodes.size()); ++i) consider(i);
  while (!waiting.empty()) {
    const auto [rank, at, left, right] = waiting.top();
    waiting.pop();
    const auto behind = node(at).behind;
    if (node(at).id != left || behind < 0 || node(behind).id != right) continue;
    node(at).id = pairs.find(left, right)->piece;
    node(at).behind = node(behind).behind;
    node(behind).id = -1;
    if (node(at).behind >= 0) node(node(at).behind).before = at;
    consider(node(at).before);
    consider(at);
  }
  for (std::int32_t at = word.empty() ? -1 : 0; at >= 0; at = node(at).behind) {
    const auto end = node(at).behind < 0 ? word.size() : static_cast<std::size_t>(node(at).behind);
    pieces.push_back({node(at).id, static_cast<std::uint32_t>(end)});
  }
}

}  // namespace pretext
