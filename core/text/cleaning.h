#pragma once

#include <cstdint>
#include <string>

namespace pretext {

/// What is mended in each document as it is taken in.
struct CleaningOptions {
  bool compose = true;      ///< Canonical composition (NFC).
  bool control = true;      ///< Control characters go, but line ends and tabulators; VT, FF
                            ///< and NEL become a blank.
  bool white_space = true;  ///< Runs of blanks become one, of empty lines one; ends are trimmed.
  bool markup = false;      ///< HTML tags go, entities become their characters.
};

/// How many documents each operation changed, and characters replaced.
struct CleaningCounts {
  std::int64_t num_composed = 0;
  std::int64_t num_control = 0;
  std::int64_t num_white_space = 0;
  std::int64_t num_markup = 0;
  std::int64_t num_invalid = 0;  ///< Byte sequences that were no UTF-8, replaced by U+FFFD.

  CleaningCounts& operator+=(const CleaningCounts& other);
};

/// Cleans one document in place; line ends become "\n" and invalid UTF-8 U+FFFD in any case.
void clean_text(std::string& text, const CleaningOptions& options, CleaningCounts& counts);

}  // namespace pretext
