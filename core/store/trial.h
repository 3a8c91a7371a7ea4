#pragma once

#include "core/spec/experiment.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pretext {

/// What a trial of a few steps showed of an experiment on this machine.
struct TrialResult {
  std::int64_t num_steps = 0;     ///< That were counted; 0: the run is over before that many.
  double seconds_per_step = 0.0;  ///< Of these alone.
  double reading_seconds = 0.0;   ///< That the whole run's readings between steps would take.
  std::int64_t total_steps = 0;   ///< That the run would take; of a budget of time a guess.
  std::int64_t memory_bytes = 0;  ///< At the most, on the device, beside the process's own.
  std::string device;             ///< "cpu", "cuda:0", …

  std::string to_json() const;
  static TrialResult from_json(const std::string& text);

  /// How long training would take, without the evaluation at its end; of a budget of time that
  /// budget, nothing where no step counted.
  std::optional<double> seconds(const Experiment& experiment) const;
};

}  // namespace pretext
