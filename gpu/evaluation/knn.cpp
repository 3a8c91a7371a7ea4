#include "gpu/evaluation/knn.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {

torch::Tensor knn_predict(const torch::Tensor& bank, const torch::Tensor& bank_labels,
                          const torch::Tensor& queries, std::int64_t num_classes,
                          const KnnOptions& options) {
  const torch::NoGradGuard no_grad;
  namespace F = torch::nn::functional;
  constexpr std::int64_t kChunk = 512;
  const auto unit = [](const torch::Tensor& rows) {
    return rows.is_sparse() ? rows : F::normalize(rows, F::NormalizeFuncOptions().dim(1));
  };
  const auto unit_bank = unit(bank);
  const auto k = std::min(options.k, bank.size(0));
  std::vector<torch::Tensor> predictions;
  for (std::int64_t begin = 0; begin < queries.size(0); begin += kChunk) {
    const auto rows =
        torch::arange(begin, std::min(queries.size(0), begin + kChunk), bank_labels.options());
    const auto chunk = unit(queries.index_select(0, rows));
    const auto all = chunk.is_sparse() ? torch::mm(unit_bank, chunk.to_dense().t()).t()
                                       : chunk.matmul(unit_bank.t());
    const auto [cosines, neighbours] = all.topk(k, 1);  // (B, k)
    const auto weights = (cosines / options.temperature).exp();
    const auto classes = bank_labels.index_select(0, neighbours.flatten()).view_as(neighbours);
    const auto votes = torch::zeros({chunk.size(0), num_classes}, weights.options())
                           .scatter_add_(1, classes, weights);
    predictions.push_back(votes.argmax(1));
  }
  return predictions.empty() ? torch::empty({0}, bank_labels.options()) : torch::cat(predictions);
}

}  // namespace pretext
