#pragma once

#include "gpu/training/state.h"

#include <torch/torch.h>

namespace pretext {

/// Tensors of tests/reference/<name>.safetensors.
inline TensorMap goldens(const std::string& name) {
  return to_tensors(read_safetensors(std::string(PRETEXT_REFERENCE) + "/" + name + ".safetensors"));
}

inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

}  // namespace pretext
