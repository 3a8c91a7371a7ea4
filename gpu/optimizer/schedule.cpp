#include "gpu/optimizer/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace pretext {
namespace {

constexpr double kDecayShare = 0.2;  // Of "wsd", after warm-up.

/// Of the peak, at a share of the way after warm-up.
double share_of_peak(const std::string& kind, double progress) {
  if (kind == "cosine") return 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
  if (kind == "linear") return 1.0 - progress;
  if (kind == "wsd") return std::min(1.0, (1.0 - progress) / kDecayShare);
  if (kind == "step") return progress < 0.6 ? 1.0 : progress < 0.8 ? 0.1 : 0.01;
  return 1.0;
}

double warmed_up(std::int64_t warmup_steps, std::int64_t step) {
  return std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(warmup_steps + 1));
}

}  // namespace

double learning_rate_at(const ScheduleOptions& options, std::int64_t step) {
  const auto most = kLongestWarmup * static_cast<double>(options.total_steps);
  const auto warmup = std::min(options.warmup_steps, static_cast<std::int64_t>(most));
  if (step < warmup) return options.peak * warmed_up(warmup, step);
  const auto length = std::max<std::int64_t>(1, options.total_steps - warmup);
  const double progress =
      std::clamp(static_cast<double>(step - warmup) / static_cast<double>(length), 0.0, 1.0);
  return options.peak * share_of_peak(options.kind, progress);
}

double timed_learning_rate_at(const ScheduleOptions& options, std::int64_t step, double progress) {
  const double over = std::clamp(progress, 0.0, 1.0);
  const double warmed = std::max(warmed_up(options.warmup_steps, step), over / kLongestWarmup);
  return options.peak * std::min(1.0, warmed) * share_of_peak(options.kind, over);
}

double scaled_learning_rate(double base, const std::string& scaling, std::int64_t batch_size) {
  const double ratio = static_cast<double>(batch_size) / 256.0;
  if (scaling == "linear") return base * ratio;
  if (scaling == "sqrt") return base * std::sqrt(ratio);
  return base;
}

}  // namespace pretext
