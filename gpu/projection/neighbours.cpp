#include "gpu/projection/neighbours.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>

namespace pretext {
namespace {

constexpr std::int64_t kChunk = 256;

/// Squared distances of `queries` (B, D) to all `rows` (N, D): (B, N).
torch::Tensor squared_distances(const torch::Tensor& queries, const torch::Tensor& rows,
                                const torch::Tensor& row_squares) {
  return torch::addmm(row_squares.unsqueeze(0), queries, rows.t(), 1, -2) +
         queries.square().sum(1, true);
}

/// Sorts each of `chosen` (B, k) by the exact distance to its query, then by position.
void sort_exactly(const torch::Tensor& queries, const torch::Tensor& rows, torch::Tensor& chosen,
                  torch::Tensor& distances) {
  chosen = std::get<0>(chosen.sort(1));
  const auto found =
      rows.index_select(0, chosen.flatten()).view({-1, chosen.size(1), rows.size(1)});
  distances = (found - queries.unsqueeze(1)).square().sum(2);  // (B, k)
  const auto order = std::get<1>(distances.sort(/*stable=*/true, 1, /*descending=*/false));
  chosen = chosen.gather(1, order);
  distances = distances.gather(1, order).sqrt();
}

}  // namespace

Neighbours nearest_neighbours(const torch::Tensor& rows, std::int64_t k,
                              const torch::Device& device, const Progress& progress) {
  const torch::NoGradGuard no_grad;
  const auto count = rows.size(0);
  k = std::min(k, count - 1);
  // Products of centred rows lose less.
  const auto there = (rows - rows.mean(0)).to(device, torch::kFloat32).contiguous();
  const auto squares = there.square().sum(1);
  std::vector<torch::Tensor> positions, all_distances;
  for (std::int64_t begin = 0; begin < count; begin += kChunk) {
    const auto end = std::min(count, begin + kChunk);
    const auto queries = there.slice(0, begin, end);
    auto squared = squared_distances(queries, there, squares);
    const auto own = torch::arange(begin, end, there.options().dtype(torch::kInt64));
    squared.scatter_(1, own.unsqueeze(1), std::numeric_limits<float>::infinity());
    auto chosen = std::get<1>(squared.topk(k, 1, /*largest=*/false, /*sorted=*/false));
    torch::Tensor distances;
    sort_exactly(queries, there, chosen, distances);
    positions.push_back(chosen.cpu());
    all_distances.push_back(distances.cpu());
    progress(static_cast<double>(end) / static_cast<double>(count));
  }
  return {torch::cat(positions), torch::cat(all_distances)};
}

double trustworthiness(const torch::Tensor& rows, const torch::Tensor& layout, std::int64_t k,
                       std::int64_t most) {
  const torch::NoGradGuard no_grad;
  const auto count = rows.size(0);
  if (2 * count < 3 * k + 4) return 1.0;
  const auto centred = (rows - rows.mean(0)).to(torch::kFloat64);
  const auto squares = centred.square().sum(1);
  const auto flat = layout.to(torch::kFloat64);
  const auto flat_squares = flat.square().sum(1);
  const auto asked =
      torch::linspace(0, static_cast<double>(count - 1), std::min(count, most), torch::kFloat64)
          .round()
          .to(torch::kInt64);
  double penalty = 0.0;
  for (const torch::Tensor& chunk : asked.split(kChunk)) {
    const auto own = chunk.unsqueeze(1);
    const auto infinity = std::numeric_limits<double>::infinity();
    const torch::Tensor near = squared_distances(flat.index_select(0, chunk), flat, flat_squares)
                                   .scatter(1, own, infinity);
    const auto neighbours = std::get<1>(near.topk(k, 1, /*largest=*/false));  // (B, k)
    const torch::Tensor before = squared_distances(centred.index_select(0, chunk), centred, squares)
                                     .scatter(1, own, infinity);
    const torch::Tensor ranks =
        std::get<1>(std::get<1>(before.sort(/*stable=*/true, 1, false)).sort(1));  // From 0.
    penalty += (ranks.gather(1, neighbours) + 1 - k).clamp_min(0).sum().item<double>();
  }
  const auto each = static_cast<double>(k) *
                    (2.0 * static_cast<double>(count) - 3.0 * static_cast<double>(k) - 1.0);
  return 1.0 - 2.0 * penalty / (static_cast<double>(asked.size(0)) * each);
}

}  // namespace pretext
