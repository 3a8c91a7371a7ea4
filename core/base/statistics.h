#pragma once

#include <cmath>
#include <cstdint>
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

/// Mean and deviation of values as they come (Welford, "Note on a method for calculating corrected
/// sums of squares and products", 1962).
class Moments {
 public:
  void add(double value) {
    const double step = value - mean_;
    mean_ += step / static_cast<double>(++count_);
    squares_ += step * (value - mean_);
  }
  double mean() const { return mean_; }  ///< 0 for none.
  /// Of these values, not of a sample of more; 0 for none.
  double deviation() const {
    return count_ == 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(count_));
  }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

struct Interval {
  double low = 0.0;
  double high = 0.0;
};

/// Where a share lies with 95 % confidence that was seen in `hits` of `trials`, one or more: the
/// score interval (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
/// 1927).
inline Interval wilson_interval(std::int64_t hits, std::int64_t trials) {
  constexpr double kZ = 1.959963984540054;  // Of a normal distribution, 95 % within.
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(hits) / n;
  const double scale = 1.0 + kZ * kZ / n;
  const double centre = (share + kZ * kZ / (2.0 * n)) / scale;
  const double half = kZ * std::sqrt(share * (1.0 - share) / n + kZ * kZ / (4.0 * n * n)) / scale;
  return {centre - half, centre + half};
}

}  // namespace pretext
