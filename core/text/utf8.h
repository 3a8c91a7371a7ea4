#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pretext {

constexpr char32_t kReplacementCharacter = 0xFFFD;

/// One code point of a UTF-8 text and the bytes that it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  ///< Bytes, 1 to 4.
  bool is_valid = true;  ///< False: the bytes are no UTF-8, and `value` is U+FFFD.
};

/// Reads the code point that begins at `text[at]`; `at` is less than `text.size()`. Of bytes that
/// are no UTF-8 it takes the longest that could have begun one (Unicode 15, section 3.9).
CodePoint read_code_point(std::string_view text, std::size_t at);

/// Appends a code point as UTF-8.
void append_utf8(std::string& text, char32_t value);

/// Replaces by U+FFFD what is no UTF-8, in place. Returns how many times.
std::int64_t repair_utf8(std::string& text);

/// UTF-16, little-endian or big-endian, to UTF-8; a lone surrogate becomes U+FFFD. A last odd byte
/// too.
std::string utf8_from_utf16(std::string_view bytes, bool is_big_endian);

}  // namespace pretext
