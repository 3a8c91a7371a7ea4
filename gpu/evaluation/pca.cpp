#include "gpu/evaluation/pca.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {

torch::Tensor pca_project(const torch::Tensor& rows, std::int64_t components) {
  const torch::NoGradGuard no_grad;
  const auto centred = rows.to(torch::kFloat64) - rows.to(torch::kFloat64).mean(0);
  const auto covariance = centred.t().matmul(centred);
  auto axes = std::get<1>(torch::linalg_eigh(covariance)).flip(1);  // Largest first.
  axes = axes.slice(1, 0, std::min(components, axes.size(1)));      // (D, components)
  const auto largest = axes.abs().argmax(0, true);
  axes = axes * axes.gather(0, largest).sign();
  auto projected = centred.matmul(axes).to(torch::kFloat32);
  const auto missing = components - projected.size(1);
  if (missing > 0) projected = torch::constant_pad_nd(projected, {0, missing});
  return projected;
}

}  // namespace pretext
