#include "core/text/utf8.h"

namespace pretext {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// What may follow a first byte: how many more bytes, and the range of the first of them.
struct Form {
  std::size_t num_more;
  unsigned char low;
  unsigned char high;
  char32_t bits;
};

Form form_of(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return {1, 0x80, 0xBF, first & 0x1Fu};
  if (first == 0xE0) return {2, 0xA0, 0xBF, first & 0x0Fu};
  if (first == 0xED) return {2, 0x80, 0x9F, first & 0x0Fu};  // Above are the surrogates.
  if (first >= 0xE1 && first <= 0xEF) return {2, 0x80, 0xBF, first & 0x0Fu};
  if (first == 0xF0) return {3, 0x90, 0xBF, first & 0x07u};
  if (first >= 0xF1 && first <= 0xF3) return {3, 0x80, 0xBF, first & 0x07u};
  if (first == 0xF4) return {3, 0x80, 0x8F, first & 0x07u};
  return {0, 0, 0, 0};
}

}  // namespace

CodePoint read_code_point(std::string_view text, std::size_t at) {
  const auto first = byte_at(text, at);
  if (first < 0x80) return {first, 1, true};
  const auto form = form_of(first);
  if (form.num_more == 0) return {kReplacementCharacter, 1, false};
  auto value = form.bits;
  for (std::size_t i = 1; i <= form.num_more; ++i) {
    if (at + i >= text.size()) return {kReplacementCharacter, i, false};
    const auto next = byte_at(text, at + i);
    const bool fits = i == 1 ? next >= form.low && next <= form.high : next >= 0x80 && next <= 0xBF;
    if (!fits) return {kReplacementCharacter, i, false};
    value = value << 6 | (next & 0x3Fu);
  }
  return {value, form.num_more + 1, true};
}

void append_utf8(std::string& text, char32_t value) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | value >> 6);
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | value >> 12);
    put(0x80 | (value >> 6 & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | value >> 18);
    put(0x80 | (value >> 12 & 0x3F));
    put(0x80 | (value >> 6 & 0x3F));
    put(0x80 | (value & 0x3F));
  }
}

std::int64_t repair_utf8(std::string& text) {
  std::int64_t num_replaced = 0;
  std::size_t at = 0;
  while (at < text.size() && read_code_point(text, at).is_valid)
    at += read_code_point(text, at).size;
  if (at == text.size()) return 0;
  std::string repaired = text.substr(0, at);
  while (at < text.size()) {
    const auto point = read_code_point(text, at);
    append_utf8(repaired, point.value);
    if (!point.is_valid) ++num_replaced;
    at += point.size;
  }
  text = std::move(repaired);
  return num_replaced;
}

std::string utf8_from_utf16(std::string_view bytes, bool is_big_endian) {
  const auto unit_at = [&](std::size_t at) -> char32_t {
    const char32_t low = byte_at(bytes, at + (is_big_endian ? 1 : 0));
    const char32_t high = byte_at(bytes, at + (is_big_endian ? 0 : 1));
    return high << 8 | low;
  };
  std::string text;
  text.reserve(bytes.size());
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    auto value = unit_at(at);
    at += 2;
    if (value >= 0xD800 && value <= 0xDFFF) {
      const bool has_partner = value <= 0xDBFF && at + 1 < bytes.size() && unit_at(at) >= 0xDC00 &&
                               unit_at(at) <= 0xDFFF;
      if (has_partner) {
        value = 0x10000 + ((value - 0xD800) << 10) + (unit_at(at) - 0xDC00);
        at += 2;
      } else {
        value = kReplacementCharacter;
      }
    }
    append_utf8(text, value);
  }
  if (at < bytes.size()) append_utf8(text, kReplacementCharacter);
  return text;
}

}  // namespace pretext
