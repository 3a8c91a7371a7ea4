#include "core/corpus/table_heading.h"

#include "core/base/format.h"
#include "core/corpus/time_text.h"

#include <algorithm>

namespace pretext {

bool has_words_above_values(const std::vector<std::vector<std::string>>& rows,
                            bool has_decimal_comma) {
  const auto is_value = [&](const std::string& field) {
    return parse_number(field, has_decimal_comma) || parse_moment(field);
  };
  if (rows.size() < 2) return false;
  for (std::size_t i = 0; i < std::min(rows[0].size(), rows[1].size()); ++i)
    if (!is_value(rows[0][i]) && !trimmed(rows[0][i]).empty() && is_value(rows[1][i])) return true;
  return false;
}

}  // namespace pretext
