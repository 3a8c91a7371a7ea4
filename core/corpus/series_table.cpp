#include "core/corpus/series_table.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/source_files.h"
#include "core/corpus/time_text.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsSeen = 100;  // To recognise columns by.
constexpr std::size_t kMostComplaints =
    100;  // A file, so that a wrong one does not fill the store.
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

bool is_missing(const std::string& text) {
  static constexpr std::array kWords = {"",     "na",  "n/a",  "nan", "null",
                                        "none", "nil", "#n/a", "?",   "-"};
  auto word = trimmed(text);
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kWords, word) != kWords.end();
}

bool is_time_name(std::string name) {
  static constexpr std::array kNames = {"timestamp", "time",       "date",      "datetime",
                                        "ds",        "date_time",  "unix",      "epoch",
                                        "unixtime",  "time stamp", "date time", "t"};
  name = trimmed(name);
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kNames, name) != kNames.end();
}

/// The beginning of a field, for people.
std::string quoted(std::string text) {
  constexpr std::size_t kLongest = 40;  // Bytes.
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  repair_utf8(text);
  return "\"" + text + "\"";
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "\"" : ", \"") + name + "\"";
  return all;
}

/// Whether most of what is there has a property: a slip in a row does not hide what a column is.
template <typename Has>
bool most_are(const std::vector<std::string>& fields, const Has& has) {
  constexpr double kMost = 0.6;
  return static_cast<double>(std::ranges::count_if(fields, has)) >=
         kMost * static_cast<double>(fields.size());
}

bool is_moment(const std::string& field) {
  return parse_moment(field).has_value();
}

/// The first row has words where the second has numbers or dates, or has nothing but words.
bool is_header(const std::vector<std::vector<std::string>>& rows, bool has_decimal_comma) {
  const auto is_value = [&](const std::string& field) {
    return parse_number(field, has_decimal_comma) || parse_moment(field);
  };
  const auto& first = rows[0];
  if (std::ranges::none_of(first, is_value)) return true;
  for (std::size_t i = 0; rows.size() > 1 && i < std::min(first.size(), rows[1].size()); ++i)
    if (!is_value(first[i]) && !is_missing(first[i]) && is_value(rows[1][i])) return true;
  return false;
}

/// Seconds or milliseconds since 1970 are told by their size, of the years 2001 to 2100.
TimeForm form_of(const std::vector<double>& numbers) {
  const auto all_between = [&](double low, double high) {
    return std::ranges::all_of(numbers, [&](double x) { return x >= low && x <= high; });
  };
  if (numbers.empty()) return TimeForm::kNumber;
  if (all_between(1e9, 4.1e9)) return TimeForm::kUnixSeconds;
  if (all_between(1e12, 4.1e12)) return TimeForm::kUnixMilliseconds;
  return TimeForm::kNumber;
}

std::vector<std::string> fields_of(const std::vector<std::vector<std::string>>& rows,
                                   std::size_t column) {
  std::vector<std::string> fields;
  for (const auto& row : rows) fields.push_back(row[column]);
  return fields;
}

}  // namespace

SeriesTable::SeriesTable(const fs::path& file, const std::string& time_column)
    : file_(file), separator_(separator_of(file)) {
  Rows rows;
  RecordReader reader(file, separator_);
  for (std::vector<std::string> row; rows.size() <= kRowsSeen && reader.next(row);)
    rows.push_back(row);
  if (rows.empty()) throw UserError("The file " + file.string() + " has no rows.");
  columns_ = rows[0];
  for (auto& name : columns_) {
    repair_utf8(name);
    name = trimmed(name);
  }
  has_header_ = is_header(rows, separator_ == ';');
  if (has_header_) {
    rows.erase(rows.begin());
  } else {
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = std::to_string(i + 1);
  }
  std::size_t num_bytes = 0;
  for (auto& row : rows) {
    for (const auto& field : row) num_bytes += field.size() + 1;
    row.resize(columns_.size());
  }
  if (num_bytes > 0)
    bytes_a_row_ = static_cast<double>(num_bytes) / static_cast<double>(rows.size());
  find_time(rows, time_column);
  find_variables(rows);
}

void SeriesTable::find_time(const Rows& rows, const std::string& wanted) {
  const auto has_dates = [&](std::size_t column) {
    const auto fields = fields_of(rows, column);
    return !fields.empty() && most_are(fields, is_moment);
  };
  const auto take = [&](std::size_t column) {
    const bool is_date = has_dates(column);
    const auto fields = fields_of(rows, column);
    std::vector<double> numbers;
    for (const auto& field : fields) {
      if (const auto number = parse_number(field, separator_ == ';')) numbers.push_back(*number);
    }
    const bool is_number = !numbers.empty() && most_are(fields, [&](const auto& field) {
      return parse_number(field, separator_ == ';').has_value();
    });
    if (!is_date && !is_number) return false;
    time_ = column;
    form_ = is_date ? TimeForm::kDate : form_of(numbers);
    return true;
  };
  if (!wanted.empty()) {
    const auto named = std::ranges::find(columns_, wanted) - columns_.begin();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
    const bool is_number = error == std::errc() && end == wanted.data() + wanted.size();
    const auto column = static_cast<std::size_t>(named) < columns_.size()
                            ? static_cast<std::size_t>(named)
                            : (is_number ? number - 1 : columns_.size());
    if (column >= columns_.size()) {
      throw UserError("There is no column \"" + wanted + "\" in " + file_.string() + ": it has " +
                      listed(columns_) + "; name or number one with --time-column.");
    }
    if (take(column)) return;
    throw UserError("Column \"" + columns_[column] + "\" of " + file_.string() +
                    " is no time: dates like 2014-07-01 00:30 are read, and numbers.");
  }
  for (std::size_t column = 0; column < columns_.size(); ++column)
    if (has_header_ && is_time_name(columns_[column]) && take(column)) return;
  for (std::size_t column = 0; column < columns_.size(); ++column)
    if (has_dates(column) && take(column)) return;
  throw UserError("No column of " + file_.string() + " is a time: of " + listed(columns_) +
                  " name one with --time-column. Dates like 2014-07-01 00:30 are read, and "
                  "numbers.");
}

/// Columns of numbers, some of which may be missing.
void SeriesTable::find_variables(const Rows& rows) {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column == time_) continue;
    auto fields = fields_of(rows, column);
    std::erase_if(fields, is_missing);
    const bool is_variable = most_are(fields, [&](const auto& field) {
      return parse_number(field, separator_ == ';').has_value();
    });
    has_prose_ = has_prose_ || std::ranges::any_of(fields, [](const auto& field) {
                   return std::ranges::count(trimmed(field), ' ') >= 2;
                 });
    if (is_variable) places_.push_back(column);
    (is_variable ? variables_ : left_out_).push_back(columns_[column]);
  }
  if (!variables_.empty()) return;
  throw UserError("No column of " + file_.string() + " beside the times (\"" + time_column() +
                  "\") has numbers: its columns are " + listed(columns_) + ".");
}

std::optional<double> SeriesTable::moment(const std::string& text) const {
  if (form_ == TimeForm::kDate) return parse_moment(text);
  const auto number = parse_number(text, separator_ == ';');
  if (!number || !std::isfinite(*number)) return {};
  return form_ == TimeForm::kUnixSeconds ? *number * 1000.0 : *number;
}

Series SeriesTable::read(std::vector<SkippedFile>& skipped, std::int64_t most_rows) const {
  Series series;
  RecordReader reader(file_, separator_);
  std::vector<std::string> row;
  if (has_header_) reader.next(row);
  std::size_t num_complaints = 0;
  const auto complain = [&](const std::string& reason) {
    if (++num_complaints <= kMostComplaints)
      skipped.push_back({std::to_string(reader.line_number()), reason});
  };
  while ((most_rows == 0 || std::cmp_less(series.times.size(), most_rows)) && reader.next(row)) {
    row.resize(std::max(row.size(), columns_.size()));
    const auto time = moment(row[time_]);
    if (!time) {
      complain("has no time that can be read: " + quoted(row[time_]) + "; the row is left out");
      continue;
    }
    series.times.push_back(*time);
    for (const auto place : places_) {
      const auto& field = row[place];
      auto number = parse_number(field, separator_ == ';');
      if (number && !std::isfinite(*number)) number.reset();
      if (!number && !is_missing(field))
        complain("has no finite number in \"" + columns_[place] + "\": " + quoted(field) +
                 "; it counts as missing");
      series.values.push_back(number.value_or(kMissing));
    }
  }
  if (num_complaints > kMostComplaints)
    skipped.push_back({"", std::to_string(num_complaints - kMostComplaints) + " more such rows"});
  if (series.times.empty())
    throw UserError("No row of " + file_.string() + " has a time: choose a file with some.");
  return series;
}

bool looks_like_series(const fs::path& path) {
  const auto is_table = [](const fs::path& file) {
    const auto name = plain_name(file);
    return name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".tab");
  };
  constexpr int kMostFiles = 1000;
  try {
    if (!fs::is_directory(path)) return is_table(path) && !SeriesTable(path, {}).has_prose();
    int num_files = 0;
    for (const auto& entry :
         fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied)) {
      if (entry.is_regular_file() && is_table(entry.path()))
        return !SeriesTable(entry.path(), {}).has_prose();
      if (++num_files > kMostFiles) break;
    }
  } catch (const std::exception&) {  // Whoever takes it says what is wrong with it.
  }
  return false;
}

}  // namespace pretext
