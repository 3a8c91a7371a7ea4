#include "core/text/characters.h"

#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <utf8proc.h>

namespace pretext {
namespace {

constexpr char32_t kDottedCapitalI = 0x130;

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

int combining_class(char32_t c) {
  return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class;
}

/// Sorts each run of marks by combining class, stably (Unicode 15, section 3.11, D109).
void put_in_canonical_order(std::vector<TracedCharacter>& text) {
  auto run = text.begin();
  while (run != text.end()) {
    if (combining_class(run->value) == 0) {
      ++run;
      continue;
    }
    const auto end = std::find_if(
        run, text.end(), [](const TracedCharacter& c) { return combining_class(c.value) == 0; });
    std::stable_sort(run, end, [](const TracedCharacter& a, const TracedCharacter& b) {
      return combining_class(a.value) < combining_class(b.value);
    });
    run = end;
  }
}

/// Whether more marks follow each other than any script or joke has: the library sorts each run of
/// them in quadratic time.
bool has_endless_marks(std::string_view text) {
  constexpr std::size_t kMostMarks = 200;
  std::size_t num_marks = 0;
  for (std::size_t at = 0; at < text.size() && num_marks <= kMostMarks;) {
    const auto point = read_code_point(text, at);
    num_marks = point.value < 0x80 || combining_class(point.value) == 0 ? 0 : num_marks + 1;
    at += point.size;
  }
  return num_marks > kMostMarks;
}

}  // namespace

bool is_left_out(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  if (c == 0 || c == 0xFFFD) return true;
  const auto kind = category(c);
  return kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF ||
         kind == UTF8PROC_CATEGORY_CO || kind == UTF8PROC_CATEGORY_CS;
}

bool is_control(char32_t c) {
  return c != '\t' && c != '\n' && c != '\r' && category(c) == UTF8PROC_CATEGORY_CC;
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
  const auto kind = category(c);
  return c == 0x85 || kind == UTF8PROC_CATEGORY_ZS || kind == UTF8PROC_CATEGORY_ZL ||
         kind == UTF8PROC_CATEGORY_ZP;
}

bool is_punctuation(char32_t c) {
  if (c < 0x80) {
    return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) ||
           (c >= 123 && c <= 126);
  }
  const auto kind = category(c);
  return kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_PO;
}

bool is_letter(char32_t c) {
  const auto kind = category(c);
  return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_number(char32_t c) {
  const auto kind = category(c);
  return kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
}

bool is_ideograph(char32_t c) {
  // As in tokenization.py but for the last but one block, which Hugging Face begins at U+2B920.
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B81F) ||
         (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

std::vector<TracedCharacter> without_accents(const std::vector<TracedCharacter>& text) {
  std::vector<TracedCharacter> decomposed;
  decomposed.reserve(text.size());
  for (const auto& c : text) {
    std::array<utf8proc_int32_t, 32> parts{};  // The longest decomposition has 18.
    int boundary = 0;
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c.value), parts.data(),
                                               static_cast<utf8proc_ssize_t>(parts.size()),
                                               UTF8PROC_DECOMPOSE, &boundary);
    for (utf8proc_ssize_t i = 0; i < count; ++i) {
      decomposed.push_back(
          {static_cast<char32_t>(parts[static_cast<std::size_t>(i)]), c.begin, c.end});
    }
  }
  put_in_canonical_order(decomposed);
  std::erase_if(decomposed,
                [](const TracedCharacter& c) { return category(c.value) == UTF8PROC_CATEGORY_MN; });
  return decomposed;
}

void append_lower(std::vector<TracedCharacter>& text, const TracedCharacter& c) {
  const auto lower = utf8proc_tolower(static_cast<utf8proc_int32_t>(c.value));
  text.push_back({static_cast<char32_t>(lower), c.begin, c.end});
  if (c.value == kDottedCapitalI) text.push_back({0x307, c.begin, c.end});
}

std::string compose(std::string_view text) {
  if (has_endless_marks(text)) return std::string(text);
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

}  // namespace pretext
