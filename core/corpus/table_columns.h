#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// Whether a field is a number or a date.
bool is_value(const std::string& field, bool has_decimal_comma = false);

/// Whether the first row of a table has a word where the second has a number or a date: it names
/// the columns.
bool has_words_above_values(const std::vector<std::vector<std::string>>& rows,
                            bool has_decimal_comma = false);

/// "\"one\", \"two\"", for people.
std::string listed(const std::vector<std::string>& names);

/// Which column `wanted` (a name, where there is a header, or a number from 1) means. Throws
/// UserError, naming the columns of `file` and the option by which another is named.
std::size_t find_column(const std::vector<std::string>& names, bool has_header,
                        const std::string& wanted, const char* option,
                        const std::filesystem::path& file);

}  // namespace pretext
