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

/// The rows of a series in the order of its times; empty where that is how they stand.
std::vector<std::int64_t> time_order(std::span<const double> times);

struct SeriesPoint {
  double time = 0.0;
  double value = 0.0;  ///< NaN: a gap.
};

/// A variable of a series to be drawn, without its rows being copied.
struct SeriesVariable {
  std::span<const double> times;
  std::span<const double> values;
  std::span<const std::int64_t> order;  ///< `time_order`.
  std::size_t num_variables = 1;
  std::size_t variable = 0;

  SeriesPoint at(std::int64_t place) const;  ///< `place`: in the order of the times.
};

/// The place, in the order of the times, whose time is nearest to `time`. Of a series that is not
/// empty.
std::int64_t nearest_place(const SeriesVariable& series, double time);

/// What is seen of a variable between two times, in the order of the times, with a point more on
/// either side: all of it where that is little, else of each of `num_buckets` its lowest and
/// highest, so that no spike is lost.
std::vector<SeriesPoint> seen_between(const SeriesVariable& series, double from, double to,
                                      std::int64_t num_buckets);

}  // namespace pretext
