#include "gpu/loss/linear_cross_entropy.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

constexpr std::int64_t kBlockScores = std::int64_t{1} << 22;  // 16 MiB of float32.

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
    const auto rows = std::max<std::int64_t>(1, kBlockScores / classes);
    for (std::int64_t begin = 0; begin < count; begin += rows) {
      const auto size = std::min(rows, count - begin);
      const auto part = hidden.narrow(0, begin, size);
      const auto truth = targets.narrow(0, begin, size).unsqueeze(1);           // (m, 1)
      const auto scores = torch::addmm(bias, part, weight.t()).log_softmax(1);  // (m, V)
      const auto reached = scores.gather(1, truth);
      hits += (scores.amax(1, true) == reached).sum();
      loss -= reached.sum();
      if (!wants_gradient) continue;
      // Softmax less one at the target; the number of rows divides the small results.
      auto slope = scores.exp_();
      slope.scatter_add_(1, truth, torch::full_like(reached, -1.0));
      hidden_gradient.narrow(0, begin, size).copy_(torch::mm(slope, weight));
      weight_gradient.addmm_(slope.t(), part);
      bias_gradient.add_(slope.sum(0));
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
