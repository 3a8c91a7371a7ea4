#pragma once

#include "core/store/metric_sample.h"

#include <span>
#include <vector>

namespace pretext {

/// Several runs' readings of one metric as one curve.
struct MeanCurve {
  std::vector<MetricSample> mean;
  std::vector<MetricSample> low, high;  ///< One sample standard deviation below and above.
};

/// The mean at each step at which all curves that go so far have a reading; NaN where one of them
/// is not finite. `curves`: ascending by step.
MeanCurve mean_of_curves(std::span<const std::vector<MetricSample>> curves);

}  // namespace pretext
