#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

/// What the end of a line means within a document.
enum class LineMeaning {
  kSentence,   ///< One sentence a line.
  kParagraph,  ///< Ends a sentence; lines may have several.
  kWrapped,    ///< Nothing: lines are broken to fit a width.
};

std::string to_string(LineMeaning meaning);
/// The reverse; kParagraph for an unknown name.
LineMeaning line_meaning(const std::string& name);

/// Recognises what lines are from a piece of a text.
LineMeaning guess_line_meaning(std::string_view text);

/// Bytes [begin, end) of a text, without the blanks around.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const TextRange&) const = default;
};

/// Splits a document into sentences: at . ! ? and … followed by a blank and no small letter, at
/// 。！？, with the quotes and brackets that close behind them; not after abbreviations ("Dr.",
/// "e.g."), initials ("J.") and ordinals before a word in small letters; nor within numbers.
std::vector<TextRange> split_sentences(std::string_view text, LineMeaning lines);

}  // namespace pretext
