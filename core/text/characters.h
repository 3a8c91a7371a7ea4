#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

// What BERT's tokenizer asks about characters (Devlin et al., google-research/bert,
// tokenization.py; Hugging Face's BertNormalizer and BertPreTokenizer), by the tables of
// Unicode 15.

/// Left out of the text: NUL, U+FFFD, control, format and private-use characters.
bool is_left_out(char32_t c);
/// A control character (Cc) but the tabulator and line ends.
bool is_control(char32_t c);
/// Ends a word: White_Space and the tabulator and line ends.
bool is_space(char32_t c);
/// A word of its own: Unicode's punctuation, and all of ASCII that is no letter, digit or space.
bool is_punctuation(char32_t c);
bool is_letter(char32_t c);  ///< Unicode's L.
bool is_number(char32_t c);  ///< Unicode's N.
/// A word of its own: the blocks that BERT calls Chinese.
bool is_ideograph(char32_t c);

/// A code point with the bytes of the original text that it stands for.
struct TracedCharacter {
  char32_t value = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Canonical decomposition (NFD) with canonical order, then without nonspacing marks.
std::vector<TracedCharacter> without_accents(const std::vector<TracedCharacter>& text);

/// Appends the lower case of `c`, one code point or, for U+0130, two.
void append_lower(std::vector<TracedCharacter>& text, const TracedCharacter& c);

/// Canonical composition (NFC) of a text that is UTF-8; one with hundreds of marks on a character
/// is left as it is.
std::string compose(std::string_view text);

}  // namespace pretext
