#pragma once

#include <cstdint>
#include <string>

namespace pretext {

/// Warm-up takes at most this share of a run: a short one reaches its peak, too.
inline constexpr double kLongestWarmup = 0.2;

/// Course of the learning rate over a run.
struct ScheduleOptions {
  std::string kind = "cosine";  ///< "cosine", "linear", "wsd", "constant" or "step".
  double peak = 0.06;           ///< Learning rate after warm-up and scaling.
  std::int64_t warmup_steps = 0;
  std::int64_t total_steps = 1;
};

/// Learning rate of step `step`, from 0. Warm-up rises linearly and reaches the peak at step
/// `warmup_steps`, or at `kLongestWarmup` of the run where that comes first; cosine and linear then
/// fall to 0 at the end; "wsd" (warm-up, stable, decay: Hu et al., "MiniCPM", 2024) stays at the
/// peak and falls linearly to 0 over the last fifth; "step" divides by 10 at 60 % and 80 %.
double learning_rate_at(const ScheduleOptions& options, std::int64_t step);

/// The same for a run that ends by the clock: warm-up counts steps, what bounds and follows it
/// `progress`, the share (0 to 1) of the run that is over. `total_steps` is not looked at.
double timed_learning_rate_at(const ScheduleOptions& options, std::int64_t step, double progress);

/// Peak of the schedule: `base` times batch / 256 ("linear") or its square root ("sqrt").
double scaled_learning_rate(double base, const std::string& scaling, std::int64_t batch_size);

}  // namespace pretext
