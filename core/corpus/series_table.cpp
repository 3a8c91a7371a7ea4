#include "core/corpus/series_table.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/table_columns.h"
#include "core/corpus/time_text.h"
#include "core/text/record_reader.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsSeen = 100;   // To recognise columns by.
constexpr std::size_t kMostSlips = 100;  // Named of a file: a wrong one has one in each row.
constexpr std::int64_t kRowsBetweenCalls = 4'096;  // Of `Progress`.
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::string lowered(const std::string& text) {
  auto word = trimmed(text);
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

bool is_missing(const std::string& text) {
  static constexpr std::array kWords = {"",     "na",  "n/a",  "nan", "null",
                                        "none", "nil", "#n/a", "?",   "-"};
  return std::ranges::find(kWords, lowered(text)) != kWords.end();
}

bool is_time_name(const std::string& name) {
  static constexpr std::array kNames = {"timestamp", "time",       "date",      "datetime",
                                        "ds",        "date_time",  "unix",      "epoch",
                                        "unixtime",  "time stamp", "date time", "t"};
  return std::ranges::find(kNames, lowered(name)) != kNames.end();
}

/// The beginning of a field, for people.
std::string quoted(std::string text) {
  constexpr std::size_t kLongest = 40;  // Bytes.
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  repair_utf8(text);
  return "\"" + text + "\"";
}

/// Whether most of what is there has a property: a slip in a row does not hide what a column is.
template <typename Has>
bool most_are(const std::vector<std::string>& fields, const Has& has) {
  constexpr double kMost = 0.6;
  return !fields.empty() && static_cast<double>(std::ranges::count_if(fields, has)) >=
                                kMost * static_cast<double>(fields.size());
}

bool is_moment(const std::string& field) {
  return parse_moment(field).has_value();
}

/// The first row has words where the second has none, or nothing but words.
bool is_header(const std::vector<std::vector<std::string>>& rows, bool has_decimal_comma) {
  const auto is_word = [&](const std::string& field) {
    return !is_value(field, has_decimal_comma);
  };
  return std::ranges::all_of(rows[0], is_word) || has_words_above_values(rows, has_decimal_comma);
}

/// Seconds or milliseconds since 1970 are told by their size, of the years 2001 to 2100.
TimeForm form_of(const std::vector<double>& numbers) {
  const auto most_between = [&](double low, double high) {
    return 2 * std::ranges::count_if(numbers, [&](double x) { return x >= low && x <= high; }) >
           std::ssize(numbers);
  };
  if (most_between(1e9, 4.1e9)) return TimeForm::kUnixSeconds;
  if (most_between(1e12, 4.1e12)) return TimeForm::kUnixMilliseconds;
  return TimeForm::kNumber;
}

/// The fields of a row that has no more of them than there are columns, but for an empty last one.
bool fits(const std::vector<std::string>& row, std::size_t num_columns) {
  return row.size() <= num_columns || (row.size() == num_columns + 1 && row.back().empty());
}

}  // namespace

SeriesTable::SeriesTable(const fs::path& file) : file_(file), separator_(separator_of(file)) {
  RecordReader reader(file, separator_);
  for (std::vector<std::string> row; rows_.size() <= kRowsSeen && reader.next(row);)
    rows_.push_back(row);
  if (rows_.empty()) throw UserError("The file " + file.string() + " has no rows.");
  auto names = rows_[0];
  has_header_ = is_header(rows_, separator_ == ';');
  if (has_header_) rows_.erase(rows_.begin());
  name_columns(std::move(names));
  if (rows_.empty())
    throw UserError("The file " + file.string() + " has no rows below its heading.");
  std::size_t num_bytes = 0, num_long = 0;
  for (auto& row : rows_) {
    for (const auto& field : row) num_bytes += field.size() + 1;
    num_long += !fits(row, columns_.size());
    row.resize(columns_.size());
  }
  bytes_a_row_ = static_cast<double>(num_bytes) / static_cast<double>(rows_.size());
  if (2 * num_long > rows_.size()) {
    throw UserError("The rows of " + file.string() + " have more fields than its heading names (" +
                    std::to_string(columns_.size()) +
                    "): name each column, and part fields by \";\" where commas are decimal.");
  }
}

void SeriesTable::name_columns(std::vector<std::string> names) {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& name = names[i];
    repair_utf8(name);
    name = trimmed(name);
    const auto number = std::to_string(i + 1);
    if (!has_header_ || name.empty()) name = number;
    if (!taken.insert(name).second) taken.insert(name += " (column " + number + ")");
  }
  columns_ = std::move(names);
}

std::vector<std::string> SeriesTable::fields(std::size_t column) const {
  std::vector<std::string> all;
  for (const auto& row : rows_) all.push_back(row[column]);
  return all;
}

bool SeriesTable::has_numbers(const std::vector<std::string>& fields) const {
  return most_are(fields, [&](const auto& field) { return number(field).has_value(); });
}

std::optional<TimeForm> SeriesTable::time_form(std::size_t column) const {
  const auto all = fields(column);
  if (most_are(all, is_moment)) return TimeForm::kDate;
  if (!has_numbers(all)) return {};
  std::vector<double> numbers;
  for (const auto& field : all)
    if (const auto value = number(field)) numbers.push_back(*value);
  return form_of(numbers);
}

void SeriesTable::recognise(const std::string& time_column) {
  const auto times = [&]() -> std::optional<std::size_t> {
    if (!time_column.empty())
      return find_column(columns_, true, time_column, "--time-column", file_);
    for (std::size_t column = 0; column < columns_.size(); ++column)
      if (has_header_ && is_time_name(columns_[column]) && time_form(column)) return column;
    for (std::size_t column = 0; column < columns_.size(); ++column)
      if (time_form(column) == TimeForm::kDate) return column;
    return {};
  }();
  if (!times) {
    throw UserError("No column of " + file_.string() + " is a time: of " + listed(columns_) +
                    " choose one (--time-column). Dates like 2014-07-01 00:30 are read, and "
                    "numbers.");
  }
  const auto form = time_form(*times);
  if (!form) {
    throw UserError("Column \"" + columns_[*times] + "\" of " + file_.string() +
                    " is no time: dates like 2014-07-01 00:30 are read, and numbers.");
  }
  time_ = *times;
  form_ = *form;
  std::vector<std::string> variables;
  left_out_.clear();
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column == time_) continue;
    auto present = fields(column);
    std::erase_if(present, is_missing);
    (has_numbers(present) ? variables : left_out_).push_back(columns_[column]);
    has_prose_ = has_prose_ || std::ranges::any_of(present, [](const auto& field) {
                   return std::ranges::count(trimmed(field), ' ') >= 2;
                 });
  }
  if (variables.empty()) {
    throw UserError("No column of " + file_.string() + " beside the times (\"" + columns_[time_] +
                    "\") has numbers: its columns are " + listed(columns_) + ".");
  }
  take_variables(variables);
}

void SeriesTable::take_variables(const std::vector<std::string>& names) {
  places_.clear();
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t column = 0; column < columns_.size(); ++column)
    places.emplace(columns_[column], column);
  for (const auto& name : names) {
    const auto found = places.find(name);
    if (found == places.end())
      throw UserError("It has no variable \"" + name + "\": its columns are " + listed(columns_) +
                      ".");
    places_.push_back(found->second);
  }
  variables_ = names;
}

/// Finite; decimal commas stand where fields are parted by semicolons.
std::optional<double> SeriesTable::number(const std::string& text) const {
  const auto value = parse_number(text, separator_ == ';');
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> SeriesTable::moment(const std::string& text) const {
  if (form_ == TimeForm::kDate) return parse_moment(text);
  auto value = number(text);
  if (value && form_ == TimeForm::kUnixSeconds) *value *= 1000.0;
  if (value && form_ != TimeForm::kNumber && !is_moment_of_calendar(*value)) return {};
  return value;
}

Series SeriesTable::read(std::vector<SkippedFile>& skipped, std::int64_t most_rows,
                         const Progress& progress) const {
  Series series;
  RecordReader reader(file_, separator_);
  std::vector<std::string> row;
  if (has_header_) reader.next(row);
  std::size_t num_slips = 0;
  const auto complain = [&](const std::string& reason) {
    if (++num_slips <= kMostSlips)
      skipped.push_back({std::to_string(reader.line_number()), reason});
  };
  for (std::int64_t count = 0; reader.next(row); ++count) {
    if (most_rows > 0 && std::ssize(series.times) == most_rows) break;
    if (progress && count % kRowsBetweenCalls == 0) progress(reader.bytes_read());
    if (!fits(row, columns_.size())) {
      complain("has " + std::to_string(row.size()) + " fields and there are " +
               std::to_string(columns_.size()) + " columns; the row is left out");
      continue;
    }
    row.resize(columns_.size());
    const auto time = moment(row[time_]);
    if (!time) {
      complain("has no time that can be read: " + quoted(row[time_]) + "; the row is left out");
      continue;
    }
    if (!series.times.empty() && *time < series.times.back())
      complain("is earlier than the row above it; it is kept where it stands");
    series.times.push_back(*time);
    for (const auto place : places_) {
      const auto value = number(row[place]);
      if (!value && !is_missing(row[place]))
        complain("has no finite number in \"" + columns_[place] + "\": " + quoted(row[place]) +
                 "; it counts as missing");
      series.values.push_back(value.value_or(kMissing));
    }
  }
  if (num_slips > kMostSlips)
    skipped.push_back({"", std::to_string(num_slips - kMostSlips) + " more such rows"});
  if (series.times.empty())
    throw UserError("No row of " + file_.string() + " has a time: choose a file with some.");
  return series;
}

}  // namespace pretext
