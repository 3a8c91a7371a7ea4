#pragma once

#include "gpu/projection/affinities.h"

#include <cstdint>

namespace pretext {

struct TsneOptions {
  std::int64_t early_iterations = 250;  ///< With affinities exaggerated.
  std::int64_t iterations = 500;        ///< After these.
  double exaggeration = 12.0;
};

/// Lays joint probabilities out in the plane, from `initial` (N, 2): float32 (N, 2).
///
/// Gradient descent with momentum 0.8 and gains (Jacobs 1988, as van der Maaten and Hinton 2008);
/// learning rate N / exaggeration (Belkina et al., Nature Communications 2019), steps of 5 at most.
/// A start much wider than 1e-4 is made so small, as the method wants.
torch::Tensor tsne_layout(const Affinities& joint, const torch::Tensor& initial,
                          const TsneOptions& options, const Progress& progress);

/// The repulsive part of the gradient.
struct Repulsion {
  torch::Tensor forces;  ///< (N, 2) float64: sum over j of (1 + d²)^-2 (y_i - y_j).
  double normaliser;     ///< Sum over i != j of 1 / (1 + d²).
};

/// Both by interpolation on a grid and convolution there: N log N instead of N².
///
/// Linderman et al., "Fast interpolation-based t-SNE for improved visualization of single-cell
/// RNA-seq data", Nature Methods 2019. `places`: (N, 2) float64, about 0. Where points lie apart by
/// about 1 or more, forces may be off by a tenth of the largest, else by a hundredth.
Repulsion interpolated_repulsion(const torch::Tensor& places);

}  // namespace pretext
