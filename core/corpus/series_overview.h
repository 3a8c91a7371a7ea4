#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pretext {

/// What is in a variable of a series, without what is missing; NaN where nothing is there.
struct VariableSummary {
  std::int64_t num_values = 0;
  std::int64_t num_missing = 0;
  double least = 0.0, greatest = 0.0;
  double mean = 0.0, deviation = 0.0;  ///< Of all of its values, not of a sample of more.
};

/// Of each variable of `values`, a row a time.
std::vector<VariableSummary> summarise_series(std::span<const double> values,
                                              std::size_t num_variables);

struct SeriesPoint {
  double time = 0.0;
  double value = 0.0;  ///< NaN: a gap.
};

/// A series in the order of its times, to be drawn however long it is: the lowest and the highest
/// of each 64 rows are kept, so that a look at all of it reads few rows.
///
/// The rows are not copied: they have to outlive it. Safe to read from many threads.
class SeriesOverview {
 public:
  /// Reads all of it. `values`: a row a time, a column a variable; NaN where there is none.
  SeriesOverview(std::span<const double> times, std::span<const double> values,
                 std::size_t num_variables);

  /// What is seen of a variable from one time to another, with a point more on either side: all of
  /// it where that is little, else of each of `num_buckets` its lowest and highest, so that no
  /// spike is lost; both where the bucket begins, as an upright line, since a slanting one
  /// over two columns of pixels leaves half of each empty.
  std::vector<SeriesPoint> seen_between(std::size_t variable, double from, double to,
                                        std::int64_t num_buckets) const;
  /// The row, as the source has it, whose time is nearest; of a series that is not empty.
  std::int64_t nearest_row(double time) const;

 private:
  /// Of a variable, with their places; -1 where all is missing.
  struct Extremes {
    std::int64_t lowest_place = -1, highest_place = -1;
    double lowest = 0.0, highest = 0.0;

    void take(std::int64_t place, double value);
  };

  std::size_t row(std::int64_t place) const;
  SeriesPoint point(std::int64_t place, std::size_t variable) const;
  std::int64_t first_at(double time) const;
  Extremes extremes(std::int64_t first, std::int64_t last, std::size_t variable) const;

  std::span<const double> times_, values_;
  std::size_t num_variables_;
  std::vector<std::int64_t> order_;  // Rows by their times; empty where that is how they stand.
  std::vector<Extremes> blocks_;     // Of each block each variable.
};

}  // namespace pretext
