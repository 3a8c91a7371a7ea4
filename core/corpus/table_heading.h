#pragma once

#include <string>
#include <vector>

namespace pretext {

/// Whether the first row of a table has a word where the second has a number or a date: it names
/// the columns.
bool has_words_above_values(const std::vector<std::vector<std::string>>& rows,
                            bool has_decimal_comma = false);

}  // namespace pretext
