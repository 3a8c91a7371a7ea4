#include "gpu/evaluation/tf_idf.h"

#include <torch/torch.h>

namespace pretext {

TfIdf::TfIdf(const torch::Tensor& counts) {
  const auto terms = counts.coalesce().indices()[1];
  const auto documents = torch::bincount(terms, {}, counts.size(1)).to(torch::kFloat64);
  const auto smooth =
      torch::log((1.0 + static_cast<double>(counts.size(0))) / (1.0 + documents)) + 1.0;
  weights_ = torch::where(documents > 0, smooth, 0.0).to(torch::kFloat32);
}

torch::Tensor TfIdf::weigh(const torch::Tensor& counts) const {
  const auto own = counts.coalesce();
  const auto rows = own.indices()[0];
  auto values = own.values() * weights_.index_select(0, own.indices()[1]);
  const auto lengths =
      torch::zeros({counts.size(0)}, values.options()).index_add_(0, rows, values.square()).sqrt_();
  values = values / lengths.index_select(0, rows).clamp_min(1e-12);
  return torch::sparse_coo_tensor(own.indices(), values, counts.sizes()).coalesce();
}

}  // namespace pretext
