#include "core/text/word_splitter.h"

#include "core/text/utf8.h"

#include <algorithm>
#include <array>

namespace pretext {
namespace {

/// What a byte means to the fast path.
enum class ByteKind : std::uint8_t { kLetter, kSpace, kPunctuation, kOther };

std::array<ByteKind, 256> make_byte_kinds() {
  std::array<ByteKind, 256> kinds{};
  for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
    const auto c = static_cast<char32_t>(byte);
    kinds[byte] = byte >= 0x80 || is_left_out(c) ? ByteKind::kOther
                  : is_space(c)                  ? ByteKind::kSpace
                  : is_punctuation(c)            ? ByteKind::kPunctuation
                                                 : ByteKind::kLetter;
  }
  return kinds;
}

ByteKind kind_of(char byte) {
  static const auto kinds = make_byte_kinds();
  return kinds[static_cast<unsigned char>(byte)];
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

void WordSplitter::split(std::string_view text, std::size_t begin, std::size_t end,
                         const Visit& visit) {
  for (auto at = begin; at < end;) {
    const auto kind = kind_of(text[at]);
    if (kind == ByteKind::kSpace) {
      ++at;
    } else if (kind == ByteKind::kOther) {
      at = split_region(text, at, end, visit);
    } else {
      at = split_plain(text, at, end, visit);
    }
  }
}

/// A word of ASCII, where each byte of the word stands for one of the text. Returns where it ends.
std::size_t WordSplitter::split_plain(std::string_view text, std::size_t begin, std::size_t end,
                                      const Visit& visit) {
  auto at = begin + 1;
  if (kind_of(text[begin]) == ByteKind::kLetter) {
    while (at < end && kind_of(text[at]) == ByteKind::kLetter) ++at;
  }
  // A mark or the like may change the word before it.
  if (at < end && kind_of(text[at]) == ByteKind::kOther)
    return split_region(text, begin, end, visit);
  word_.assign(text.substr(begin, at - begin));
  if (is_uncased_) std::ranges::transform(word_, word_.begin(), lower);
  visit({.text = word_, .begin = static_cast<std::uint32_t>(begin)});
  return at;
}

/// All up to the next space of ASCII, by Unicode's rules. Returns where it ends.
std::size_t WordSplitter::split_region(std::string_view text, std::size_t begin, std::size_t end,
                                       const Visit& visit) {
  auto region_end = begin;
  while (region_end < end && kind_of(text[region_end]) != ByteKind::kSpace) ++region_end;
  normalise(text, begin, region_end);
  const std::span<const TracedCharacter> all(normalised_);
  std::size_t word_begin = 0;
  for (std::size_t i = 0; i <= all.size(); ++i) {
    const bool is_break = i == all.size() || is_space(all[i].value);
    const bool is_alone = !is_break && is_punctuation(all[i].value);
    if (!is_break && !is_alone) continue;
    if (i > word_begin) visit_traced(all.subspan(word_begin, i - word_begin), visit);
    if (is_alone) visit_traced(all.subspan(i, 1), visit);
    word_begin = i + 1;
  }
  return region_end;
}

/// Fills `normalised_` with the characters of text[begin, end), cleaned and, where the vocabulary
/// is uncased, without accents and lowered.
void WordSplitter::normalise(std::string_view text, std::size_t begin, std::size_t end) {
  normalised_.clear();
  for (auto at = begin; at < end;) {
    const auto point = read_code_point(text, at);
    const auto source_begin = static_cast<std::uint32_t>(at);
    at += point.size;
    const auto source_end = static_cast<std::uint32_t>(at);
    if (is_left_out(point.value)) continue;
    const bool is_alone = is_ideograph(point.value);
    if (is_alone) normalised_.push_back({' ', source_begin, source_begin});
    normalised_.push_back({point.value, source_begin, source_end});
    if (is_alone) normalised_.push_back({' ', source_end, source_end});
  }
  if (!is_uncased_) return;
  const auto plain = without_accents(normalised_);
  normalised_.clear();
  for (const auto& c : plain) append_lower(normalised_, c);
}

void WordSplitter::visit_traced(std::span<const TracedCharacter> characters, const Visit& visit) {
  word_.clear();
  begins_.clear();
  ends_.clear();
  for (const auto& c : characters) {
    append_utf8(word_, c.value);
    begins_.resize(word_.size(), c.begin);
    ends_.resize(word_.size(), c.end);
  }
  visit({.text = word_, .begin = begins_.front(), .begins = begins_, .ends = ends_});
}

}  // namespace pretext
