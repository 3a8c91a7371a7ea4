#include "gpu/projection/projection.h"

#include "core/base/error.h"
#include "gpu/evaluation/pca.h"
#include "gpu/projection/affinities.h"
#include "gpu/projection/tsne.h"
#include "gpu/projection/umap.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

constexpr std::int64_t kLeastPoints = 4;  // Fewer have no neighbourhoods to keep.

/// `progress` from `begin` to `end` of the whole.
Progress part_of(const Progress& progress, double begin, double end) {
  return [=](double done) { progress(begin + (end - begin) * done); };
}

/// UMAP's start: 10 units across either way, with a breath of noise that parts duplicates.
torch::Tensor spread_out(const torch::Tensor& start, std::uint64_t seed) {
  constexpr double kAcross = 10.0;
  auto generator = torch::make_generator<torch::CPUGeneratorImpl>(seed);
  const auto noise = torch::randn(start.sizes(), generator, start.options()) * 1e-4;
  const auto noisy = start * (kAcross / start.abs().max().clamp_min(1e-12)) + noise;
  const auto low = std::get<0>(noisy.min(0));
  const auto high = std::get<0>(noisy.max(0));
  return kAcross * (noisy - low) / (high - low).clamp_min(1e-12);
}

}  // namespace

torch::Tensor project_features(const torch::Tensor& features, const ProjectionOptions& options,
                               const torch::Device& device, const Progress& progress,
                               const std::optional<torch::Tensor>& initial) {
  const torch::NoGradGuard no_grad;
  if (!torch::isfinite(features).all().item<bool>())
    throw UserError(
        "The features are no numbers, so that nothing can be projected: the run has diverged; "
        "train "
        "it again with a lower training.learning_rate.");
  if (options.method == "pca") return pca_project(features);
  if (features.size(0) < kLeastPoints) return pca_project(features);
  namespace F = torch::nn::functional;
  const auto unit = F::normalize(features.to(torch::kFloat32), F::NormalizeFuncOptions().dim(1));
  const auto start = initial ? *initial : pca_project(unit);
  const bool is_umap = options.method == "umap";
  const auto k = is_umap ? options.neighbours - 1
                         : static_cast<std::int64_t>(std::ceil(3.0 * options.perplexity)) + 1;
  constexpr double kNeighboursShare = 0.3;
  const auto neighbours =
      nearest_neighbours(unit, k, device, part_of(progress, 0.0, kNeighboursShare));
  const auto rest = part_of(progress, kNeighboursShare, 1.0);
  if (is_umap) {
    return umap_layout(umap_memberships(neighbours),
                       initial ? start : spread_out(start, options.seed),
                       {.min_dist = options.min_dist, .seed = options.seed}, rest);
  }
  return tsne_layout(tsne_affinities(neighbours, options.perplexity), start, {}, rest);
}

torch::Tensor aligned(const torch::Tensor& moving, const torch::Tensor& fixed) {
  const torch::NoGradGuard no_grad;
  const auto from = moving.to(torch::kFloat64);
  const auto to = fixed.to(torch::kFloat64);
  const auto centred = from - from.mean(0);
  const auto wanted = to - to.mean(0);
  const auto [u, singular, vt] = torch::linalg_svd(centred.t().matmul(wanted), false);
  const double spread = std::max(centred.norm().item<double>(), 1e-12);
  const double scale = wanted.norm().item<double>() / spread;
  return (scale * centred.matmul(u.matmul(vt)) + to.mean(0)).to(torch::kFloat32);
}

}  // namespace pretext
