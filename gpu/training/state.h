#pragma once

#include "core/weights/safetensors.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <string>

namespace pretext {

using TensorMap = std::map<std::string, torch::Tensor>;

/// Parameters and buffers of a module, by name under `prefix`. They share storage with the module.
TensorMap module_state(const torch::nn::Module& module, const std::string& prefix);

/// Copies into a module what `state` has under `prefix`. Throws UserError, naming the tensor, when
/// one is missing or of another shape.
void load_module_state(torch::nn::Module& module, const TensorMap& state,
                       const std::string& prefix);

WeightMap to_weights(const TensorMap& state);
TensorMap to_tensors(const WeightMap& weights);

}  // namespace pretext
