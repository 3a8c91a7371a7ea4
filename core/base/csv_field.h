#pragma once

#include <string>

namespace pretext {

/// A field of a CSV file, quoted where it has to be. A text that a spreadsheet would take for a
/// formula, beginning with = + - @ or a control character, gets a ' before it; numbers stay.
std::string csv_field(const std::string& text);

/// A text as it was before `csv_field` made it harmless, its quotes read already.
std::string without_csv_guard(const std::string& text);

}  // namespace pretext
