#pragma once

#include <torch/types.h>

namespace pretext {

/// Hands out the views of one training step after the other.
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  /// The views of the next step, (V * N, C, H, W): view 0 of all samples, then view 1. Valid until
  /// the call after the next one.
  virtual const torch::Tensor& next() = 0;
};

}  // namespace pretext
