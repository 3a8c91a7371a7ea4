#include "core/corpus/table_columns.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/time_text.h"

#include <algorithm>
#include <charconv>

namespace pretext {

bool is_value(const std::string& field, bool has_decimal_comma) {
  return parse_number(field, has_decimal_comma) || parse_moment(field);
}

bool has_words_above_values(const std::vector<std::vector<std::string>>& rows,
                            bool has_decimal_comma) {
  if (rows.size() < 2) return false;
  for (std::size_t i = 0; i < std::min(rows[0].size(), rows[1].size()); ++i) {
    const bool is_word = !trimmed(rows[0][i]).empty() && !is_value(rows[0][i], has_decimal_comma);
    if (is_word && is_value(rows[1][i], has_decimal_comma)) return true;
  }
  return false;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

std::size_t find_column(const std::vector<std::string>& names, bool has_header,
                        const std::string& wanted, const char* option,
                        const std::filesystem::path& file) {
  if (has_header) {
    const auto found = std::ranges::find(names, wanted);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (error == std::errc() && end == wanted.data() + wanted.size() && number >= 1 &&
      number <= names.size())
    return number - 1;
  throw UserError("There is no column \"" + wanted + "\" in " + file.string() + ": it has " +
                  (has_header ? listed(names) : std::to_string(names.size()) + " columns") +
                  "; name or number one with " + option + ".");
}

}  // namespace pretext
