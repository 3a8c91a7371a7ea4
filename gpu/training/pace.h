#pragma once

#include "core/spec/experiment.h"
#include "gpu/optimizer/schedule.h"
#include "gpu/training/state.h"
#include "gpu/training/training_data.h"

#include <cstdint>

namespace pretext {

/// How far a run is on its way, and what depends on that: the learning rate and the stage of longer
/// rows. A run is as long as its seconds of training (`training.budget`), else its tokens, steps or
/// epochs say.
class Pace {
 public:
  /// `resolved`: without any `auto` left.
  Pace(const Experiment& resolved, const TrainingData& data);

  /// One more step is done, which took so many seconds.
  void count_step(double seconds);

  std::int64_t num_steps_done() const { return step_; }
  /// With a budget of time what is to be expected by the speed so far, at least 1.
  std::int64_t total_steps() const;
  /// Steps that there are at most.
  std::int64_t step_bound() const { return is_timed() ? kNoBound : schedule_.total_steps; }
  /// Of the whole, 0 to 1.
  double progress() const;
  bool is_done() const { return progress() >= 1.0; }
  /// Seconds of training so far: no pause, evaluation or checkpoint among them.
  double seconds_spent() const { return seconds_; }
  bool is_timed() const { return budget_ > 0; }

  /// Of the next step.
  double learning_rate() const;
  bool has_long_rows() const { return progress() >= long_rows_from_; }

  /// Writes "step" and, with a budget of time, "seconds_spent".
  void save(TensorMap& state) const;
  void load(const TensorMap& state);

 private:
  static constexpr std::int64_t kNoBound = std::int64_t{1} << 62;

  ScheduleOptions schedule_;
  double budget_;                // Seconds; 0 for none.
  double long_rows_from_ = 2.0;  // Progress, above 1 for never.
  std::int64_t step_ = 0;
  double seconds_ = 0.0;
};

}  // namespace pretext
