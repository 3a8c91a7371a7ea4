#pragma once

#include "gpu/projection/affinities.h"

#include <cstdint>

namespace pretext {

/// The curve 1 / (1 + a·d^2b) by which UMAP sees distances in the layout.
struct UmapCurve {
  double a = 0.0;
  double b = 0.0;
};

/// The curve nearest, by least squares at 300 distances up to 3, to: 1 within `min_dist`, then
/// exp(min_dist - d). As umap-learn's `find_ab_params` with spread 1. `min_dist`: in [0, 1].
UmapCurve fit_umap_curve(double min_dist);

struct UmapOptions {
  double min_dist = 0.1;       ///< How close points may lie in the layout.
  std::int64_t epochs = 0;     ///< 0: 500, of more than 10,000 points 200.
  std::int64_t negatives = 5;  ///< Points pushed away for each that is drawn near.
  std::uint64_t seed = 0;
};

/// Lays memberships out in the plane, from `initial` (N, 2): float32 (N, 2).
///
/// McInnes et al. 2018, section 3.2. Unlike umap-learn, which moves both ends of an edge in turn,
/// each point moves by its own edges against the others' places of the epoch before: the result
/// depends on the seed alone, not on the number of threads.
torch::Tensor umap_layout(const Affinities& memberships, const torch::Tensor& initial,
                          const UmapOptions& options, const Progress& progress);

}  // namespace pretext
