#pragma once

#include "gpu/projection/neighbours.h"

#include <cstdint>
#include <optional>
#include <string>

namespace pretext {

/// How features become points of the plane.
struct ProjectionOptions {
  std::string method = "pca";    ///< "pca", "tsne" or "umap"
  std::int64_t neighbours = 15;  ///< UMAP: of each point, itself counted; at least 2.
  double min_dist = 0.1;         ///< UMAP: how close points may lie, in [0, 1].
  double perplexity = 30.0;      ///< t-SNE: about how many neighbours count, at least 1.
  std::uint64_t seed = 0;        ///< UMAP draws; PCA and t-SNE have nothing random in them.
};

/// Projects features (N, D), N >= 1, to (N, 2) float32. t-SNE and UMAP look at directions (rows of
/// length 1), as the neighbours shown beside them do, and start from the principal components
/// (Kobak and Linderman, Nature Biotechnology 2021) or from `initial` (N, 2). `device`: where
/// neighbours are looked for. Throws UserError for features that are no numbers.
torch::Tensor project_features(const torch::Tensor& features, const ProjectionOptions& options,
                               const torch::Device& device, const Progress& progress,
                               const std::optional<torch::Tensor>& initial = {});

/// `moving` (N, 2) turned and mirrored so that it lies on `fixed` (N, 2) as well as it can
/// (orthogonal Procrustes: Schönemann, Psychometrika 1966), with the middle and the spread of
/// `fixed`: the scale of least squares would shrink what agrees little, film frame by film frame.
torch::Tensor aligned(const torch::Tensor& moving, const torch::Tensor& fixed);

}  // namespace pretext
