#pragma once

#include "core/encoder/encoder_registry.h"
#include "core/spec/experiment.h"

#include <cstdint>

namespace pretext {

/// What a training step holds at once, bytes: weights, their gradients and the optimiser's slots,
/// the views of a micro-batch, the activations that its backward pass reads and work space. A
/// process's own 250 MB are not in it. Within a tenth of what was measured on the CPU for ResNet-18
/// (1,024 views at once) and ResNet-50 (128 and 1,024).
///
/// `num_head_parameters`: of the objective; `num_views`: of a sample.
std::int64_t training_bytes(const Experiment& experiment, const EncoderShape& shape,
                            std::int64_t num_head_parameters, int num_views);

}  // namespace pretext
