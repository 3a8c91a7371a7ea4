#include "gpu/evaluation/diagnostics.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

namespace pretext {

std::map<std::string, double> representation_monitors(const torch::Tensor& first,
                                                      const torch::Tensor& second) {
  const torch::NoGradGuard no_grad;
  if (!torch::isfinite(first).all().item<bool>() || !torch::isfinite(second).all().item<bool>()) {
    // Singular values of such rows do not exist, and the search for them would end the run.
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    return {{"val/std_ratio", kNone},
            {"val/rankme", kNone},
            {"val/alignment", kNone},
            {"val/uniformity", kNone}};
  }
  namespace F = torch::nn::functional;
  const auto by_row = F::NormalizeFuncOptions().dim(1);
  const auto x = F::normalize(first, by_row);
  const auto y = F::normalize(second, by_row);
  const auto n = x.size(0);
  const double root = std::sqrt(static_cast<double>(x.size(1)));

  const auto singular = torch::linalg_svdvals(first.to(torch::kFloat64));
  const auto shares = singular / singular.sum().clamp_min(1e-300) + 1e-7;
  const auto squared = (2.0 - 2.0 * x.matmul(x.t())).clamp_min(0);  // (N, N)
  const auto upper = torch::triu_indices(n, n, 1);
  const auto pairs = squared.index({upper[0], upper[1]});
  return {{"val/std_ratio", x.std(0).mean().item<double>() * root},
          {"val/rankme", std::exp(-(shares * shares.log()).sum().item<double>())},
          {"val/alignment", (x - y).square().sum(1).mean().item<double>()},
          {"val/uniformity", (-2.0 * pairs).exp().mean().log().item<double>()}};
}

}  // namespace pretext
