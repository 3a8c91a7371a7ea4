#include "gpu/evaluation/clusters.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace pretext {
namespace {

constexpr int kStarts = 4;
constexpr int kMostRounds = 300;

/// (N, k) of `rows` (N, D) and `means` (k, D).
torch::Tensor squared_distances(const torch::Tensor& rows, const torch::Tensor& means) {
  const auto squares = rows.square().sum(1, true) + means.square().sum(1).unsqueeze(0);
  return torch::addmm(squares, rows, means.t(), 1, -2).clamp_min(0);
}

/// Rows to begin with: each is drawn by its squared distance to those before.
torch::Tensor first_means(const torch::Tensor& rows, std::int64_t k, std::mt19937_64& draw) {
  std::uniform_real_distribution<double> uniform;
  std::uniform_int_distribution<std::int64_t> any(0, rows.size(0) - 1);
  std::vector<torch::Tensor> means = {rows[any(draw)]};
  auto nearest = squared_distances(rows, means[0].unsqueeze(0)).squeeze(1).to(torch::kFloat64);
  while (std::ssize(means) < k) {
    const auto sums = nearest.cumsum(0);
    const double all = sums[-1].item<double>();
    if (all <= 0) break;  // All rows are among the means.
    const auto chosen =
        torch::searchsorted(sums, torch::tensor({uniform(draw) * all}, torch::kFloat64))
            .clamp_max(rows.size(0) - 1);
    means.push_back(rows[chosen.item<std::int64_t>()]);
    nearest = torch::minimum(
        nearest, squared_distances(rows, means.back().unsqueeze(0)).squeeze(1).to(torch::kFloat64));
  }
  return torch::stack(means);
}

/// The mean of each cluster; one without rows stays where it is.
torch::Tensor means_of(const torch::Tensor& rows, const torch::Tensor& clusters,
                       const torch::Tensor& before) {
  const auto counts = torch::bincount(clusters, {}, before.size(0));
  const auto sums = torch::zeros_like(before).index_add(0, clusters, rows);
  const auto means = sums / counts.clamp_min(1).unsqueeze(1).to(rows.scalar_type());
  return torch::where((counts > 0).unsqueeze(1), means, before);
}

torch::Tensor numbered_from_the_largest(const torch::Tensor& clusters, std::int64_t k) {
  const auto counts = torch::bincount(clusters, {}, k);
  const auto order = std::get<1>(counts.sort(/*stable=*/true, 0, /*descending=*/true));
  auto number = torch::empty_like(order);
  number.index_put_({order}, torch::arange(k));
  return number.index_select(0, clusters);
}

}  // namespace

torch::Tensor k_means(const torch::Tensor& rows, std::int64_t k, std::uint64_t seed,
                      const std::function<void(double)>& report) {
  const torch::NoGradGuard no_grad;
  const auto all = rows.to(torch::kCPU, torch::kFloat32).contiguous();
  std::mt19937_64 draw(seed);
  double least = std::numeric_limits<double>::infinity();
  torch::Tensor best;
  for (int start = 0; start < kStarts; ++start) {
    auto means = first_means(all, std::min(k, all.size(0)), draw);
    torch::Tensor clusters;
    for (int round = 0; round < kMostRounds; ++round) {
      const auto [distances, nearest] = squared_distances(all, means).min(1);
      report((start + static_cast<double>(round) / kMostRounds) / kStarts);
      const bool is_settled = clusters.defined() && torch::equal(nearest, clusters);
      clusters = nearest;
      const double sum = distances.to(torch::kFloat64).sum().item<double>();
      if (is_settled || round + 1 == kMostRounds) {
        if (sum < least) best = clusters;
        least = std::min(least, sum);
        break;
      }
      means = means_of(all, clusters, means);
    }
  }
  return numbered_from_the_largest(best, k);
}

}  // namespace pretext
