#include "core/corpus/series_overview.h"

#include "core/base/numbers.h"
#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pretext {
namespace {

constexpr std::int64_t kBlock = 64;  // Rows whose extremes are kept.

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

SeriesOverview::SeriesOverview(std::span<const double> times, std::span<const double> values,
                               std::size_t num_variables)
    : times_(times), values_(values), num_variables_(num_variables) {
  if (!std::ranges::is_sorted(times)) {
    order_ = numbers_up_to(std::ssize(times));
    std::ranges::stable_sort(
        order_, {}, [&](std::int64_t row) { return times[static_cast<std::size_t>(row)]; });
  }
  const auto num_rows = std::ssize(times);
  blocks_.resize(static_cast<std::size_t>((num_rows + kBlock - 1) / kBlock) * num_variables);
  for (std::int64_t place = 0; place < num_rows; ++place) {
    const auto block = static_cast<std::size_t>(place / kBlock) * num_variables;
    for (std::size_t variable = 0; variable < num_variables; ++variable)
      blocks_[block + variable].take(place, point(place, variable).value);
  }
}

std::size_t SeriesOverview::row(std::int64_t place) const {
  return static_cast<std::size_t>(order_.empty() ? place : order_[static_cast<std::size_t>(place)]);
}

SeriesPoint SeriesOverview::point(std::int64_t place, std::size_t variable) const {
  return {times_[row(place)], values_[row(place) * num_variables_ + variable]};
}

/// The first place whose time is not before `time`.
std::int64_t SeriesOverview::first_at(double time) const {
  std::int64_t low = 0;
  auto high = std::ssize(times_);
  while (low < high) {
    const auto middle = (low + high) / 2;
    if (times_[row(middle)] < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void SeriesOverview::Extremes::take(std::int64_t place, double value) {
  if (std::isnan(value)) return;
  if (lowest_place < 0 || value < lowest) {
    lowest_place = place;
    lowest = value;
  }
  if (highest_place < 0 || value > highest) {
    highest_place = place;
    highest = value;
  }
}

SeriesOverview::Extremes SeriesOverview::extremes(std::int64_t first, std::int64_t last,
                                                  std::size_t variable) const {
  Extremes found;
  for (auto place = first; place < last;) {
    if (place % kBlock != 0 || place + kBlock > last) {
      found.take(place, point(place, variable).value);
      ++place;
      continue;
    }
    const auto& block =
        blocks_[static_cast<std::size_t>(place / kBlock) * num_variables_ + variable];
    if (block.lowest_place >= 0) {
      found.take(block.lowest_place, block.lowest);
      found.take(block.highest_place, block.highest);
    }
    place += kBlock;
  }
  return found;
}

std::vector<SeriesPoint> SeriesOverview::seen_between(std::size_t variable, double from, double to,
                                                      std::int64_t num_buckets) const {
  const auto first = std::max<std::int64_t>(0, first_at(from) - 1);
  const auto last = std::min(std::ssize(times_), first_at(std::nextafter(to, HUGE_VAL)) + 1);
  std::vector<SeriesPoint> points;
  if (last - first <= 2 * num_buckets) {
    for (auto place = first; place < last; ++place) points.push_back(point(place, variable));
    return points;
  }
  const bool takes_blocks = last - first >= 2 * kBlock * num_buckets;  // Whole ones, then.
  const auto edge = [&](std::int64_t bucket) {
    const auto place = first + (last - first) * bucket / num_buckets;
    const bool is_inner = takes_blocks && bucket > 0 && bucket < num_buckets;
    return is_inner ? place - place % kBlock : place;
  };
  for (std::int64_t bucket = 0; bucket < num_buckets; ++bucket) {
    const auto begin = edge(bucket), end = edge(bucket + 1);
    const auto found = extremes(begin, end, variable);
    if (found.lowest_place < 0) {
      points.push_back(point(begin, variable));  // A gap.
      continue;
    }
    const double time = point(begin, variable).time;
    const bool rises = found.lowest_place < found.highest_place;
    points.push_back({time, rises ? found.lowest : found.highest});
    if (found.lowest_place != found.highest_place)
      points.push_back({time, rises ? found.highest : found.lowest});
  }
  return points;
}

std::int64_t SeriesOverview::nearest_row(double time) const {
  const auto after = first_at(time);
  auto nearest = after;
  if (after == std::ssize(times_) ||
      (after > 0 && time - times_[row(after - 1)] <= times_[row(after)] - time))
    nearest = after - 1;
  return static_cast<std::int64_t>(row(nearest));
}

}  // namespace pretext
