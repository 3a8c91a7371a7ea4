#include "core/text/cleaning.h"

#include "core/text/characters.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace pretext {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// CRLF and CR become LF.
void mend_line_ends(std::string& text) {
  if (text.find('\r') == std::string::npos) return;
  std::string mended;
  mended.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      mended += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      mended += '\n';
    }
  }
  text = std::move(mended);
}

/// The character that "&name;" or "&#number;" stands for; 0 for an unknown one.
char32_t entity(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 16> kNamed = {{{"amp", '&'},
                                                                             {"lt", '<'},
                                                                             {"gt", '>'},
                                                                             {"quot", '"'},
                                                                             {"apos", '\''},
                                                                             {"nbsp", ' '},
                                                                             {"ndash", 0x2013},
                                                                             {"mdash", 0x2014},
                                                                             {"lsquo", 0x2018},
                                                                             {"rsquo", 0x2019},
                                                                             {"ldquo", 0x201C},
                                                                             {"rdquo", 0x201D},
                                                                             {"hellip", 0x2026},
                                                                             {"copy", 0xA9},
                                                                             {"deg", 0xB0},
                                                                             {"euro", 0x20AC}}};
  if (!name.starts_with('#')) {
    const auto found =
        std::ranges::find(kNamed, name, &std::pair<std::string_view, char32_t>::first);
    return found == kNamed.end() ? 0 : found->second;
  }
  const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  name.remove_prefix(is_hex ? 2 : 1);
  std::uint32_t value = 0;
  const auto result =
      std::from_chars(name.data(), name.data() + name.size(), value, is_hex ? 16 : 10);
  const bool fits = result.ec == std::errc() && result.ptr == name.data() + name.size() &&
                    value > 0 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
  return fits ? value : 0;
}

/// Where the tag that begins at `at` ends, one past its ">"; `at` when it is no tag.
/// `last_comment`: where the last "-->" stands, so that it is not looked for again and again behind
/// it.
std::size_t tag_end(std::string_view text, std::size_t at, std::size_t last_comment) {
  if (at + 1 >= text.size()) return at;
  const char next = text[at + 1];
  const bool begins =
      next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
  if (!begins) return at;
  if (text.substr(at).starts_with("<!--")) {
    const bool has_end = last_comment != std::string_view::npos && last_comment >= at;
    return has_end ? text.find("-->", at) + 3 : at;
  }
  const auto end = text.find_first_of("<>", at + 1);
  return end == std::string_view::npos || text[end] == '<' ? at : end + 1;
}

std::string without_markup(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  const auto last_comment = text.rfind("-->");
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '<') {
      if (const auto end = tag_end(text, at, last_comment); end > at) {
        plain += ' ';
        at = end;
        continue;
      }
    } else if (text[at] == '&') {
      constexpr std::size_t kLongest = 11;  // Bytes, with both its ends.
      const auto size = text.substr(at, kLongest).find(';');
      const auto value = size == std::string_view::npos ? 0 : entity(text.substr(at + 1, size - 1));
      if (value != 0) {
        append_utf8(plain, value);
        at += size + 1;
        continue;
      }
    }
    plain += text[at++];
  }
  return plain;
}

/// Vertical tabulator, form feed and NEL end lines or pages: what stands before and behind them is
/// not one word.
bool ends_line(char32_t c) {
  return c == 0x0B || c == 0x0C || c == 0x85;
}

std::string without_control(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto point = read_code_point(text, at);
    if (ends_line(point.value)) {
      plain += ' ';
    } else if (!is_control(point.value)) {
      plain.append(text.substr(at, point.size));
    }
    at += point.size;
  }
  return plain;
}

/// Blanks to one, at most one empty line in a row, none at the ends.
std::string without_extra_blanks(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  std::size_t num_line_ends = 0;
  bool is_blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = read_code_point(text, at);
    if (point.value == '\n') {
      ++num_line_ends;
    } else if (is_space(point.value)) {
      is_blank = true;
    } else {
      if (!plain.empty() && num_line_ends > 0) {
        plain.append(std::min<std::size_t>(num_line_ends, 2), '\n');
      } else if (!plain.empty() && is_blank) {
        plain += ' ';
      }
      num_line_ends = 0;
      is_blank = false;
      plain.append(text.substr(at, point.size));
    }
    at += point.size;
  }
  return plain;
}

void replace(std::string& text, std::string mended, std::int64_t& count) {
  if (mended == text) return;
  ++count;
  text = std::move(mended);
}

}  // namespace

CleaningCounts& CleaningCounts::operator+=(const CleaningCounts& other) {
  num_composed += other.num_composed;
  num_control += other.num_control;
  num_white_space += other.num_white_space;
  num_markup += other.num_markup;
  num_invalid += other.num_invalid;
  return *this;
}

void clean_text(std::string& text, const CleaningOptions& options, CleaningCounts& counts) {
  counts.num_invalid += repair_utf8(text);
  mend_line_ends(text);
  if (options.markup) replace(text, without_markup(text), counts.num_markup);
  if (options.control) replace(text, without_control(text), counts.num_control);
  if (options.compose && !is_ascii(text)) replace(text, compose(text), counts.num_composed);
  if (options.white_space) replace(text, without_extra_blanks(text), counts.num_white_space);
}

}  // namespace pretext
