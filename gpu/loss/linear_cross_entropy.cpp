#include "gpu/loss/linear_cross_entropy.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

/// Scores that stand in memory at a time: 16 MiB of float32, on a GPU, which wants more work at
/// once, 256.
std::int64_t block_scores(const torch::Device& device) {
  return std::int64_t{1} << (device.is_cuda() ? 26 : 22);
}

/// How matrices are multiplied: with autocast on a GPU in bfloat16 to float32 sums, else in
/// float32.
class Products {
 public:
  explicit Products(const torch::Device& device)
      : in_bf16_(device.is_cuda() && at::autocast::is_autocast_enabled(device.type())) {}

  torch::Tensor factor(const torch::Tensor& x) const {
    return in_bf16_ ? x.to(torch::kBFloat16) : x;
  }
  torch::Tensor multiply(const torch::Tensor& a, const torch::Tensor& b) const {
    return in_bf16_ ? at::mm(a, b, torch::kFloat32) : at::mm(a, b);
  }
  torch::Tensor multiply(const torch::Tensor& a, const torch::Tensor& b,
                         const torch::Tensor& bias) const {
    return in_bf16_ ? multiply(a, b).add_(bias) : at::addmm(bias, a, b);
  }
  void add_product(const torch::Tensor& sum, const torch::Tensor& a, const torch::Tensor& b) const {
    in_bf16_ ? sum.add_(multiply(a, b)) : sum.addmm_(a, b);
  }

 private:
  bool in_bf16_;
};

class LinearCrossEntropy final : public torch::autograd::Function<LinearCrossEntropy> {
 public:
  /// Returns the loss and the number of hits. Gradients are of the mean loss; `backward` scales
  /// them.
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& hidden,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias,
                                                const torch::Tensor& targets) {
    // The softmax of many classes needs float32; autocast takes part in a function's own pass.
    const Products products(hidden.device());
    const c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::autocast_dispatch_keyset);
    const auto count = hidden.size(0);
    const auto classes = weight.size(0);
    const bool wants_gradient =
        hidden.requires_grad() || weight.requires_grad() || bias.requires_grad();
    auto hidden_gradient = torch::empty_like(hidden);
    auto weight_gradient = wants_gradient ? torch::zeros_like(weight) : torch::Tensor();
    auto bias_gradient = wants_gradient ? torch::zeros_like(bias) : torch::Tensor();
    auto loss = torch::zeros({}, hidden.options());
    auto hits = torch::zeros({}, hidden.options());
    const auto classes_factor = products.factor(weight);  // (V, D)
    const auto rows = std::max<std::int64_t>(1, block_scores(hidden.device()) / classes);
    for (std::int64_t begin = 0; begin < count; begin += rows) {
      const auto size = std::min(rows, count - begin);
      const auto part = products.factor(hidden.narrow(0, begin, size));  // (m, D)
      const auto truth = targets.narrow(0, begin, size).unsqueeze(1);    // (m, 1)
      const auto scores =
          products.multiply(part, classes_factor.t(), bias).log_softmax(1);  // (m, V)
      const auto reached = scores.gather(1, truth);
      hits += (scores.amax(1, true) == reached).sum();
      loss -= reached.sum();
      if (!wants_gradient) continue;
      // Softmax less one at the target; the number of rows divides the small results.
      auto slope = scores.exp_();
      slope.scatter_add_(1, truth, torch::full_like(reached, -1.0));
      bias_gradient.add_(slope.sum(0));
      slope = products.factor(slope);
      hidden_gradient.narrow(0, begin, size).copy_(products.multiply(slope, classes_factor));
      products.add_product(weight_gradient, slope.t(), part);
    }
    const auto divisor = static_cast<double>(std::max<std::int64_t>(1, count));
    if (wants_gradient) {
      context->save_for_backward({hidden_gradient.div_(divisor), weight_gradient.div_(divisor),
                                  bias_gradient.div_(divisor)});
    }
    context->mark_non_differentiable({hits});
    return {loss / divisor, hits};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list outer) {
    const auto saved = context->get_saved_variables();
    return {saved[0] * outer[0], saved[1] * outer[0], saved[2] * outer[0], torch::Tensor()};
  }
};

}  // namespace

CrossEntropyReadings linear_cross_entropy(const torch::Tensor& hidden, const torch::Tensor& weight,
                                          const torch::Tensor& bias, const torch::Tensor& targets) {
  TORCH_CHECK(hidden.dim() == 2 && weight.dim() == 2 && hidden.size(1) == weight.size(1),
              "cross-entropy needs rows and classes of one width");
  TORCH_CHECK(bias.dim() == 1 && bias.size(0) == weight.size(0) && targets.dim() == 1 &&
                  targets.size(0) == hidden.size(0),
              "cross-entropy needs a bias a class and a target a row");
  const auto results = LinearCrossEntropy::apply(
      hidden.to(torch::kFloat32), weight.to(torch::kFloat32), bias.to(torch::kFloat32), targets);
  const auto count = static_cast<double>(std::max<std::int64_t>(1, hidden.size(0)));
  return {results[0], results[1].item<double>() / count};
}

}  // namespace pretext
