#include "core/text/sentences.h"

#include "core/text/characters.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <set>

namespace pretext {
namespace {

constexpr std::array<std::pair<LineMeaning, const char*>, 3> kNames = {
    {{LineMeaning::kSentence, "sentence"},
     {LineMeaning::kParagraph, "paragraph"},
     {LineMeaning::kWrapped, "wrapped"}}};

bool is_abbreviation(std::string_view word) {
  static const std::set<std::string_view> known = {
      "mr",  "mrs",    "ms",  "dr",   "prof", "rev", "gen",  "col", "capt", "lt",   "sgt",
      "sen", "rep",    "gov", "st",   "mt",   "jr",  "sr",   "vs",  "etc",  "al",   "cf",
      "ca",  "viz",    "fig", "figs", "eq",   "eqs", "sec",  "ch",  "vol",  "vols", "no",
      "nos", "pp",     "ed",  "eds",  "inc",  "ltd", "corp", "co",  "bros", "dept", "univ",
      "est", "approx", "jan", "feb",  "mar",  "apr", "jun",  "jul", "aug",  "sep",  "sept",
      "oct", "nov",    "dec", "mon",  "tue",  "wed", "thu",  "fri", "sat",  "e.g",  "i.e",
      "a.m", "p.m",    "u.s", "u.k",  "d.c",  "ph.d"};
  std::string small(word);
  std::ranges::transform(small, small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return known.contains(small);
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The word that ends at `end`, back to a blank, an opening bracket or a quote.
std::string_view word_before(std::string_view text, std::size_t end) {
  auto begin = end;
  while (begin > 0 && !is_blank(text[begin - 1]) && text[begin - 1] != '(' &&
         text[begin - 1] != '"' && text[begin - 1] != '\'')
    --begin;
  return text.substr(begin, end - begin);
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/// Terminators that need no blank behind them.
bool ends_sentence_alone(char32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
}

bool closes(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0x2019 ||
         c == 0x300D || c == 0x300F || c == 0xFF09 || c == 0xBB;
}

/// Whether the sentence goes on after the terminators text[at, after).
bool goes_on(std::string_view text, std::size_t at, std::size_t after) {
  if (after >= text.size()) return false;
  if (!is_blank(text[after])) return true;  // "3.14", "example.org", "U.S.".
  auto next = after;
  while (next < text.size() && is_blank(text[next])) ++next;
  if (next == text.size()) return false;
  const char first = text[next];
  if (first >= 'a' && first <= 'z') return true;
  if (first == ',' || first == ';' || first == ':' || first == ')') return true;
  if (text[at] != '.') return false;
  const auto word = word_before(text, at);
  const bool is_initial = word.size() == 1 && is_capital(word[0]);
  return is_initial || is_abbreviation(word);
}

TextRange trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && is_blank(text[begin])) ++begin;
  while (end > begin && is_blank(text[end - 1])) --end;
  return {begin, end};
}

void keep(std::string_view text, std::size_t begin, std::size_t end,
          std::vector<TextRange>& sentences) {
  const auto range = trimmed(text, begin, end);
  if (range.begin < range.end) sentences.push_back(range);
}

/// Splits text[begin, end), which has no line end that matters.
void split_part(std::string_view whole, std::size_t begin, std::size_t end,
                std::vector<TextRange>& sentences) {
  const auto text = whole.substr(0, end);
  auto sentence = begin;
  for (auto at = begin; at < end;) {
    const auto point = read_code_point(text, at);
    const bool alone = ends_sentence_alone(point.value);
    if (!alone && !ends_sentence(point.value)) {
      at += point.size;
      continue;
    }
    const auto terminator = at;
    at += point.size;
    while (at < end) {
      const auto next = read_code_point(text, at);
      const bool more = ends_sentence(next.value) || ends_sentence_alone(next.value);
      if (!more && !closes(next.value)) break;
      at += next.size;
    }
    if (!alone && goes_on(text, terminator, at)) continue;
    keep(text, sentence, at, sentences);
    sentence = at;
  }
  keep(text, sentence, end, sentences);
}

std::vector<TextRange> lines_of(std::string_view text) {
  std::vector<TextRange> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    keep(text, begin, end, lines);
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::string to_string(LineMeaning meaning) {
  return std::ranges::find(kNames, meaning, &std::pair<LineMeaning, const char*>::first)->second;
}

LineMeaning line_meaning(const std::string& name) {
  for (const auto& [meaning, own] : kNames) {
    if (name == own) return meaning;
  }
  return LineMeaning::kParagraph;
}

LineMeaning guess_line_meaning(std::string_view text) {
  const auto lines = lines_of(text);
  if (lines.size() < 3) return LineMeaning::kParagraph;
  std::size_t num_ended = 0;
  std::size_t num_sentences = 0;
  std::vector<std::size_t> lengths;
  for (const auto& line : lines) {
    std::vector<TextRange> sentences;
    split_part(text, line.begin, line.end, sentences);
    num_sentences += sentences.size();
    const auto last = text[line.end - 1];
    const auto before = line.end - line.begin > 1 ? text[line.end - 2] : ' ';
    if (ends_sentence(static_cast<unsigned char>(last)) ||
        (closes(static_cast<unsigned char>(last)) &&
         ends_sentence(static_cast<unsigned char>(before))) ||
        (line.end - line.begin > 2 &&
         ends_sentence_alone(read_code_point(text, line.end - 3).value)))
      ++num_ended;
    lengths.push_back(line.end - line.begin);
  }
  const auto count = static_cast<double>(lines.size());
  if (static_cast<double>(num_sentences) <= 1.15 * count &&
      static_cast<double>(num_ended) >= 0.6 * count)
    return LineMeaning::kSentence;
  std::ranges::sort(lengths);
  const auto median = static_cast<double>(lengths[lengths.size() / 2]);
  const auto long_line = static_cast<double>(lengths[lengths.size() * 9 / 10]);
  const bool looks_wrapped = static_cast<double>(num_ended) < 0.5 * count && median > 40 &&
                             long_line < 1.4 * median && long_line < 200;
  return looks_wrapped ? LineMeaning::kWrapped : LineMeaning::kParagraph;
}

std::vector<TextRange> split_sentences(std::string_view text, LineMeaning lines) {
  if (lines == LineMeaning::kSentence) return lines_of(text);
  std::vector<TextRange> sentences;
  if (lines == LineMeaning::kWrapped) {
    split_part(text, 0, text.size(), sentences);
    return sentences;
  }
  for (const auto& line : lines_of(text)) split_part(text, line.begin, line.end, sentences);
  return sentences;
}

}  // namespace pretext
