#pragma once

#include <cstdint>

namespace pretext {

/// One scalar reading of a run, e.g. the training loss after a step.
struct MetricSample {
  std::int64_t step = 0;     ///< Optimiser steps done, from 1.
  double value = 0.0;        ///< In the metric's own unit; NaN or infinite when the run diverged.
  std::int64_t wall_ms = 0;  ///< When it was logged, UTC.
};

}  // namespace pretext
