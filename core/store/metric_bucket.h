#pragma once

#include "core/store/metric_sample.h"

#include <cstdint>
#include <optional>

namespace pretext {

/// What a picture needs of a curve's readings at `kSteps` steps in a row.
struct MetricBucket {
  static constexpr std::int64_t kSteps = 256;

  std::int64_t first_step = 0;      ///< A multiple of `kSteps`.
  std::int64_t num_finite = 0;      ///< Readings.
  double mean = 0.0;                ///< Of the finite ones; 0 without any.
  MetricSample low, high;           ///< The lowest and the highest reading, where any is finite.
  std::optional<MetricSample> gap;  ///< The last that is not finite, as NaN.

  std::int64_t last_step() const { return first_step + kSteps - 1; }
};

}  // namespace pretext
