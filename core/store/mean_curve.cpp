#include "core/store/mean_curve.h"

#include "core/base/statistics.h"

#include <algorithm>
#include <map>

namespace pretext {

MeanCurve mean_of_curves(std::span<const std::vector<MetricSample>> curves) {
  struct Readings {
    std::vector<double> values;
    std::int64_t wall_ms = 0;
  };
  std::map<std::int64_t, Readings> by_step;
  for (const auto& curve : curves) {
    for (const auto& sample : curve) {
      auto& readings = by_step[sample.step];
      readings.values.push_back(sample.value);
      readings.wall_ms = std::max(readings.wall_ms, sample.wall_ms);
    }
  }
  MeanCurve result;
  for (const auto& [step, readings] : by_step) {
    const auto going_on = std::ranges::count_if(curves, [at = step](const auto& curve) {
      return !curve.empty() && curve.back().step >= at;
    });
    if (std::ssize(readings.values) < going_on) continue;
    const auto [mean, deviation] = mean_and_deviation(readings.values);
    result.mean.push_back({step, mean, readings.wall_ms});
    result.low.push_back({step, mean - deviation, readings.wall_ms});
    result.high.push_back({step, mean + deviation, readings.wall_ms});
  }
  return result;
}

}  // namespace pretext
