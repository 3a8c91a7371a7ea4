#pragma once

#include "core/store/corpus_store.h"
#include "core/text/record_reader.h"

#include <cstdint>
#include <filesystem>
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
///
/// The first row names the columns, unless it has a number. The column of times is the one named,
/// else one that is called so ("timestamp", "date", …), else the first that has nothing but dates.
class SeriesTable {
 public:
  /// Looks at the first rows. `time_column`: a name, or a number from 1; empty: recognised. Throws
  /// UserError where there are no rows, no times, or no numbers, naming the columns there are.
  SeriesTable(const std::filesystem::path& file, const std::string& time_column);

  const std::vector<std::string>& columns() const { return columns_; }  ///< As they are called.
  const std::string& time_column() const { return columns_[time_]; }
  const std::vector<std::string>& variables() const { return variables_; }
  /// Columns that are no numbers, of which nothing is taken.
  const std::vector<std::string>& left_out() const { return left_out_; }
  TimeForm time_form() const { return form_; }
  bool has_dates() const { return form_ != TimeForm::kNumber; }
  /// Of the text of a row on the average of the first.
  double bytes_a_row() const { return bytes_a_row_; }
  /// Texts of several words stand beside the times: it may be meant as text.
  bool has_prose() const { return has_prose_; }

  /// The first `most_rows` rows; 0: all. Rows without a time are left out and put into `skipped`,
  /// their line as path; so are fields that are no numbers, the first of them, which become NaN.
  /// Throws UserError where no row is left.
  Series read(std::vector<SkippedFile>& skipped, std::int64_t most_rows = 0) const;

 private:
  using Rows = std::vector<std::vector<std::string>>;

  void find_time(const Rows& rows, const std::string& wanted);
  void find_variables(const Rows& rows);
  std::optional<double> moment(const std::string& text) const;

  std::filesystem::path file_;
  char separator_;
  bool has_header_ = false;
  std::vector<std::string> columns_, variables_, left_out_;
  std::size_t time_ = 0;
  std::vector<std::size_t> places_;  // Of the variables.
  TimeForm form_ = TimeForm::kNumber;
  double bytes_a_row_ = 1.0;
  bool has_prose_ = false;
};

/// The first table of `path` has times and numbers, and no texts of several words: it is meant as
/// series.
bool looks_like_series(const std::filesystem::path& path);

}  // namespace pretext
