#include "core/corpus/series_overview.h"

#include "core/base/numbers.h"
#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pretext {
namespace {

/// The first place whose time is not before `time`.
std::int64_t first_at(const SeriesVariable& series, double time) {
  std::int64_t low = 0;
  auto high = std::ssize(series.times);
  while (low < high) {
    const auto middle = (low + high) / 2;
    if (series.at(middle).time < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// Adds the lowest and the highest of [first, last) as they come; a gap where nothing is there.
void add_extremes(const SeriesVariable& series, std::int64_t first, std::int64_t last,
                  std::vector<SeriesPoint>& points) {
  std::int64_t lowest = -1, highest = -1;
  for (auto place = first; place < last; ++place) {
    const double value = series.at(place).value;
    if (std::isnan(value)) continue;
    if (lowest < 0 || value < series.at(lowest).value) lowest = place;
    if (highest < 0 || value > series.at(highest).value) highest = place;
  }
  if (lowest < 0) {
    points.push_back(series.at(first));
    return;
  }
  points.push_back(series.at(std::min(lowest, highest)));
  if (lowest != highest) points.push_back(series.at(std::max(lowest, highest)));
}

}  // namespace

std::vector<VariableSummary> summarise_series(std::span<const double> values,
                                              std::size_t num_variables) {
  std::vector<VariableSummary> summaries(num_variables);
  std::vector<Moments> moments(num_variables);
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& summary = summaries[i % num_variables];
    const double value = values[i];
    if (std::isnan(value)) {
      ++summary.num_missing;
      continue;
    }
    const bool is_first = summary.num_values++ == 0;
    summary.least = is_first ? value : std::min(summary.least, value);
    summary.greatest = is_first ? value : std::max(summary.greatest, value);
    moments[i % num_variables].add(value);
  }
  for (std::size_t i = 0; i < num_variables; ++i) {
    auto& summary = summaries[i];
    if (summary.num_values > 0) {
      summary.mean = moments[i].mean();
      summary.deviation = moments[i].deviation();
    } else {
      summary.least = summary.greatest = summary.mean = summary.deviation =
          std::numeric_limits<double>::quiet_NaN();
    }
  }
  return summaries;
}

std::vector<std::int64_t> time_order(std::span<const double> times) {
  if (std::ranges::is_sorted(times)) return {};
  auto order = numbers_up_to(std::ssize(times));
  std::ranges::stable_sort(order, {},
                           [&](std::int64_t row) { return times[static_cast<std::size_t>(row)]; });
  return order;
}

SeriesPoint SeriesVariable::at(std::int64_t place) const {
  const auto row =
      static_cast<std::size_t>(order.empty() ? place : order[static_cast<std::size_t>(place)]);
  return {times[row], values[row * num_variables + variable]};
}

std::int64_t nearest_place(const SeriesVariable& series, double time) {
  const auto after = first_at(series, time);
  if (after == 0) return 0;
  if (after == std::ssize(series.times)) return after - 1;
  return series.at(after).time - time < time - series.at(after - 1).time ? after : after - 1;
}

std::vector<SeriesPoint> seen_between(const SeriesVariable& series, double from, double to,
                                      std::int64_t num_buckets) {
  const auto first = std::max<std::int64_t>(0, first_at(series, from) - 1);
  const auto last =
      std::min(std::ssize(series.times), first_at(series, std::nextafter(to, HUGE_VAL)) + 1);
  std::vector<SeriesPoint> points;
  if (last - first <= 2 * num_buckets) {
    for (auto place = first; place < last; ++place) points.push_back(series.at(place));
    return points;
  }
  for (std::int64_t bucket = 0; bucket < num_buckets; ++bucket)
    add_extremes(series, first + (last - first) * bucket / num_buckets,
                 first + (last - first) * (bucket + 1) / num_buckets, points);
  return points;
}

}  // namespace pretext
