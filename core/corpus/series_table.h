#pragma once

#include "core/store/corpus_store.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// How the times of a series are written.
enum class TimeForm { kDate, kUnixSeconds, kUnixMilliseconds, kNumber };

/// Measurements over time, a row a moment.
struct Series {
  std::vector<double> times;   ///< UTC milliseconds since 1970, or what numbers the source has.
  std::vector<double> values;  ///< A row a time, a column a variable; NaN where there is none.
};

/// A CSV or TSV file (`.gz` too) with a column of times, whose columns of numbers are variables.
class SeriesTable {
 public:
  /// Called now and then with the bytes read of the file as it lies on disk; may throw.
  using Progress = std::function<void(std::int64_t bytes_read)>;

  /// Reads the first rows. The first of them names the columns where it has words and the second
  /// has not; of two columns of a name, or without one, the number stands beside it. Throws
  /// UserError where there are no rows, or they have more fields than names.
  explicit SeriesTable(const std::filesystem::path& file);

  const std::vector<std::string>& columns() const { return columns_; }

  /// Tells what the columns are. That of the times is `time_column` (a name, or a number from 1);
  /// where that is empty one that is called so ("timestamp", "date", …), else the first that has
  /// nothing but dates. Variables are those of numbers, some of which may be missing. Throws
  /// UserError where there are no times, or no numbers, naming the columns there are.
  void recognise(const std::string& time_column);
  /// Takes these as variables, whatever was recognised. Throws UserError, naming one that it lacks.
  void take_variables(const std::vector<std::string>& names);

  const std::string& time_column() const { return columns_[time_]; }
  const std::vector<std::string>& variables() const { return variables_; }
  /// Columns of words, or with nothing in them, of which nothing is taken.
  const std::vector<std::string>& left_out() const { return left_out_; }
  bool has_dates() const { return form_ != TimeForm::kNumber; }
  /// Of the text of a row on the average of the first.
  double bytes_a_row() const { return bytes_a_row_; }
  /// Texts of several words stand beside the times: it may be meant as text.
  bool has_prose() const { return has_prose_; }

  /// The first `most_rows` rows; 0: all. Rows without a time, or with more fields than columns, are
  /// left out and put into `skipped`, their line as path; so are fields that are no finite numbers,
  /// which become NaN, and rows that are earlier than the one above them, which stay; the first 100
  /// of them all. Throws UserError where no row is left.
  Series read(std::vector<SkippedFile>& skipped, std::int64_t most_rows = 0,
              const Progress& progress = {}) const;

 private:
  using Rows = std::vector<std::vector<std::string>>;

  void name_columns(std::vector<std::string> names);
  std::vector<std::string> fields(std::size_t column) const;
  bool has_numbers(const std::vector<std::string>& fields) const;
  std::optional<TimeForm> time_form(std::size_t column) const;
  std::optional<double> number(const std::string& text) const;
  std::optional<double> moment(const std::string& text) const;

  std::filesystem::path file_;
  char separator_;
  bool has_header_ = false;
  Rows rows_;  // The first.
  std::vector<std::string> columns_, variables_, left_out_;
  std::size_t time_ = 0;
  std::vector<std::size_t> places_;  // Of the variables.
  TimeForm form_ = TimeForm::kNumber;
  double bytes_a_row_ = 1.0;
  bool has_prose_ = false;
};

}  // namespace pretext
