#include "core/spec/toml_text.h"

#include <algorithm>
#include <cctype>

namespace pretext {
namespace {

constexpr std::size_t kLongest = std::size_t{1} << 20;  // Bytes.
constexpr std::size_t kMostDots = 16;                   // Of a name.
constexpr std::size_t kMostBrackets = 16;               // Within each other.

/// Where the string that begins at `at` ends, one past its last quote. One that ends with its line
/// without a quote is a mistake at which the parser stops, too.
std::size_t string_end(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool is_long = text.substr(at).starts_with(three);
  const auto closing = is_long ? three : std::string(1, quote);
  for (at += closing.size(); at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (text.substr(at).starts_with(closing)) {
      at += closing.size();
      // A long string may end with quotes of its own.
      while (is_long && at < text.size() && text[at] == quote) ++at;
      return at;
    } else if (text[at] == '\n' && !is_long) {
      return at;
    }
  }
  return text.size();
}

/// Whether the bracket at `at` opens a table without a name; toml++ 3.3 assumes that there is one.
bool is_nameless_table(std::string_view text, std::size_t at) {
  constexpr std::string_view kBlanks = " \t";
  const auto line = text.rfind('\n', at);
  const auto before = text.substr(line == text.npos ? 0 : line + 1, at - line - 1);
  if (before.find_first_not_of(kBlanks) != before.npos) return false;
  at = text.find_first_not_of(kBlanks, at + 1);
  if (at != text.npos && text[at] == '[') at = text.find_first_not_of(kBlanks, at + 1);
  if (at == text.npos) return false;  // It says so itself.
  const auto first = static_cast<unsigned char>(text[at]);
  return std::isalnum(first) == 0 && std::string_view("_-\"']").find(text[at]) == text.npos;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
}

/// A non-ASCII character after a backslash in a multi-line string is undefined in toml++ 3.3.
bool is_risky_text(std::string_view text) {
  return text.starts_with("\"\"\"") && text.find('\\') != text.npos && !is_ascii(text);
}

}  // namespace

std::string excess_of_toml(std::string_view text) {
  if (text.size() > kLongest) return "is longer than 1 MB";
  std::size_t num_dots = 0;  // Of the name at hand; those of numbers are as few.
  std::size_t depth = 0;
  constexpr std::string_view kMark = "\xEF\xBB\xBF";  // Of the order of bytes.
  for (std::size_t at = text.starts_with(kMark) ? kMark.size() : 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const auto end = string_end(text, at);
      if (is_risky_text(text.substr(at, end - at)))
        return "has a multi-line string with a backslash and non-ASCII characters";
      at = end;
      continue;
    }
    if (c == '#') at = std::min(text.find('\n', at), text.size());
    if (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80)
      return "has non-ASCII characters outside quotes";
    if (c == '.') ++num_dots;
    if (c == '[' && depth == 0 && is_nameless_table(text, at)) return "has a table without a name";
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') depth -= depth > 0;
    if (std::string_view("[]{},=#\n").find(c) != std::string_view::npos) num_dots = 0;
    if (depth > kMostBrackets || num_dots > kMostDots) return "is nested too deep";
    ++at;
  }
  return {};
}

}  // namespace pretext
