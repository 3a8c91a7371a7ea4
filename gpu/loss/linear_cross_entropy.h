#pragma once

#include <torch/types.h>

namespace pretext {

/// What a classification over a large vocabulary gave.
struct CrossEntropyReadings {
  torch::Tensor loss;     ///< Scalar: mean over the rows, in nats; differentiable.
  double accuracy = 0.0;  ///< Share of rows whose best class is the target.
};

/// Mean cross-entropy of softmax(hidden · weightᵀ + bias), in blocks of rows, with the gradient
/// written in the same pass: the scores of all rows never stand in memory at once. Under autocast a
/// GPU multiplies in bfloat16, with sums and softmax in float32; the CPU stays in float32.
///
/// `hidden`: (M, D); `weight`: (V, D); `bias`: (V); `targets`: (M) int64 in [0, V). M of 0 gives a
/// loss of 0. Throws c10::Error for other shapes.
CrossEntropyReadings linear_cross_entropy(const torch::Tensor& hidden, const torch::Tensor& weight,
                                          const torch::Tensor& bias, const torch::Tensor& targets);

}  // namespace pretext
