#pragma once

#include <torch/types.h>

namespace pretext {

/// Principal components of `rows` (N, D), N >= 1: returns (N, components), centred, in float64
/// arithmetic. Each axis points so that its largest loading is positive. Missing axes are 0.
torch::Tensor pca_project(const torch::Tensor& rows, std::int64_t components = 2);

}  // namespace pretext
