#pragma once

#include "gpu/projection/neighbours.h"

#include <cstdint>
#include <vector>

namespace pretext {

/// A symmetric graph of N points: point i is joined to `targets[j]` by `weights[j]` for each j in
/// [offsets[i], offsets[i + 1]), ascending by target.
struct Affinities {
  std::vector<std::int64_t> offsets;  ///< N + 1
  std::vector<std::int32_t> targets;
  std::vector<float> weights;

  std::int64_t num_points() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
};

/// Joint probabilities of t-SNE over neighbours: each point's Gaussian has the width that gives
/// `perplexity`; (P + Pᵀ) normalised to the sum 1.
///
/// van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 2008, eq. 1; over neighbours
/// only as in van der Maaten, "Accelerating t-SNE using Tree-Based Algorithms", JMLR 2014.
Affinities tsne_affinities(const Neighbours& neighbours, double perplexity);

/// Fuzzy memberships of UMAP: 1 for the nearest, falling with distance so that each point's sum to
/// log2(k + 1); a + b - a·b of both directions.
///
/// McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension
/// Reduction", 2018, algorithms 2 and 3; as umap-learn's `fuzzy_simplicial_set` of k + 1
/// neighbours, which counts the point itself among them.
Affinities umap_memberships(const Neighbours& neighbours);

}  // namespace pretext
