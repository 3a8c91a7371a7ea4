#pragma once

#include <cmath>
#include <span>

namespace pretext {

/// Of several figures of one kind.
struct MeanAndDeviation {
  double mean = 0.0;       ///< 0 for none.
  double deviation = 0.0;  ///< Sample standard deviation; 0 for fewer than two.
};

inline MeanAndDeviation mean_and_deviation(std::span<const double> values) {
  MeanAndDeviation result;
  const auto count = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / count;
  double squares = 0.0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  if (values.size() > 1) result.deviation = std::sqrt(squares / (count - 1.0));
  return result;
}

}  // namespace pretext
