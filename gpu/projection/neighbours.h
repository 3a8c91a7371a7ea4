#pragma once

#include <torch/types.h>

#include <functional>

namespace pretext {

/// Told the share done, in [0, 1]; what it throws ends the work.
using Progress = std::function<void(double)>;

/// The nearest neighbours of each of N rows among the others, nearest first.
struct Neighbours {
  torch::Tensor positions;  ///< (N, k) int64, on the CPU.
  torch::Tensor distances;  ///< (N, k) float32, Euclidean, on the CPU.
};

/// Exact neighbours of `rows` (N, D) float32, N >= 2, worked out on `device`; k is at most N - 1.
/// Of equally far ones among them the first by position comes first.
Neighbours nearest_neighbours(const torch::Tensor& rows, std::int64_t k,
                              const torch::Device& device, const Progress& progress);

/// How well a layout keeps neighbourhoods: 1 when each point's k nearest in the layout were its k
/// nearest before, less the farther they were; 0.5 is about what chance gives.
///
/// Venna and Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN 2001, as
/// scikit-learn's `trustworthiness`. `rows`: (N, D), `layout`: (N, 2). Asked of at most `most`
/// rows, spread evenly, against all. 1 where there are too few rows for k (N < 3k / 2 + 2).
double trustworthiness(const torch::Tensor& rows, const torch::Tensor& layout, std::int64_t k = 15,
                       std::int64_t most = 2'000);

}  // namespace pretext
