#pragma once

#include "gpu/training/batch.h"

namespace pretext {

/// Hands out the batches of one training step after the other.
class BatchSource {
 public:
  virtual ~BatchSource() = default;

  /// The batch of the next step. Its tensors are valid until the next call.
  virtual Batch next() = 0;
};

}  // namespace pretext
