#include "gpu/loss/nt_xent_loss.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>

// The surprise of this file: the gradient with respect to the unit projections is computed in the
// forward pass, block by block, while the similarities are at hand; the backward pass only scales
// it.
namespace pretext {
namespace {

void check_arguments(const torch::Tensor& first, const torch::Tensor& second,
                     const NtXentLossOptions& options) {
  TORCH_CHECK(std::isfinite(options.temperature) && options.temperature > 0.0,
              "nt_xent_loss: temperature must be finite and > 0, got ", options.temperature);
  TORCH_CHECK(options.block_rows >= 0, "nt_xent_loss: block_rows must not be negative");
  TORCH_CHECK(first.dim() == 2, "nt_xent_loss: expected shape (N, D), got ", first.sizes());
  TORCH_CHECK(first.sizes() == second.sizes(),
              "nt_xent_loss: views differ in shape: ", first.sizes(), " and ", second.sizes());
  TORCH_CHECK(first.size(0) >= 2, "nt_xent_loss: needs at least 2 images, got ", first.size(0));
  TORCH_CHECK(first.is_floating_point(), "nt_xent_loss: expected a floating dtype, got ",
              first.scalar_type());
  TORCH_CHECK(first.scalar_type() == second.scalar_type(),
              "nt_xent_loss: views differ in dtype: ", first.scalar_type(), " and ",
              second.scalar_type());
  TORCH_CHECK(first.device() == second.device(),
              "nt_xent_loss: views differ in device: ", first.device(), " and ", second.device());
}

std::int64_t block_rows_for(const torch::Tensor& unit, const NtXentLossOptions& options) {
  constexpr std::int64_t kUsual = 512;
  constexpr std::int64_t kMostOnGpu = std::int64_t{1} << 26;  // float32 values
  if (options.block_rows > 0) return options.block_rows;
  return unit.is_cuda() ? std::max(kUsual, kMostOnGpu / unit.size(0)) : kUsual;
}

/// Sums over all rows, kept on the device until the end.
struct Sums {
  torch::Tensor loss;
  torch::Tensor hits;
  torch::Tensor positive;
};

/// One block of rows, all of one view. Adds its share of d(sum of l) / d(unit) to `gradient` when
/// that is defined.
///
/// With q the softmax of row i without its diagonal, d l(i) / d s(i, k) = (q(k) - [k = p(i)]) / t,
/// which reaches unit(i) through the row and unit(k) through the column.
void add_block(const torch::Tensor& unit, std::int64_t begin, std::int64_t end, double temperature,
               torch::Tensor& gradient, Sums& sums) {
  const auto num_rows = unit.size(0);
  const auto first_partner = (begin + num_rows / 2) % num_rows;
  const auto block = unit.slice(0, begin, end);            // (B, D)
  auto logits = block.matmul(unit.t()).div_(temperature);  // (B, 2N)
  const auto diagonal_from = [&](std::int64_t column) {
    return logits.narrow(1, column, end - begin).diagonal();  // (B), in place
  };
  diagonal_from(begin).fill_(-std::numeric_limits<double>::infinity());
  const auto positive = diagonal_from(first_partner).clone();
  const auto highest = logits.amax(1, true);  // (B, 1)
  sums.hits += (positive >= highest.squeeze(1)).sum();
  sums.positive += positive.sum() * temperature;
  auto weights = logits.sub_(highest).exp_();  // (B, 2N)
  const auto total = weights.sum(1, true);     // (B, 1)
  sums.loss += (total.log() + highest).sum() - positive.sum();
  if (!gradient.defined()) return;
  weights.div_(total);
  diagonal_from(first_partner).sub_(1);  // `weights` lies where `logits` lay.
  weights.div_(temperature);
  gradient.slice(0, begin, end).addmm_(weights, unit);
  gradient.addmm_(weights.t(), block);
}

class BlockedNtXent final : public torch::autograd::Function<BlockedNtXent> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& unit,
                               const NtXentLossOptions& options, NtXentReadings* readings) {
    // Low precision would change the similarities, and autocast takes part in a function's own
    // pass.
    const c10::impl::ExcludeDispatchKeyGuard no_autocast(c10::autocast_dispatch_keyset);
    const auto num_rows = unit.size(0);
    auto gradient = unit.requires_grad() ? torch::zeros_like(unit) : torch::Tensor();
    const auto zero = torch::zeros({}, unit.options());
    Sums sums{zero.clone(), zero.clone(), zero.clone()};
    const auto block_rows = block_rows_for(unit, options);
    for (std::int64_t begin = 0, end = 0; begin < num_rows; begin = end) {
      const auto view_end = begin < num_rows / 2 ? num_rows / 2 : num_rows;
      end = std::min(view_end, begin + block_rows);
      add_block(unit, begin, end, options.temperature, gradient, sums);
    }
    const auto count = static_cast<double>(num_rows);
    // All cosines together are |sum of rows|^2; take away the diagonal (1 each) and the partners.
    const auto all_cosines = unit.sum(0).square().sum();
    // Read together: a GPU is waited for once.
    const auto read =
        torch::stack({sums.hits, sums.positive, all_cosines}).to(torch::kCPU, torch::kFloat64);
    const double positive = read[1].item<double>();
    const double all = read[2].item<double>();
    readings->top1 = read[0].item<double>() / count;
    readings->positive_cosine = positive / count;
    readings->negative_cosine = (all - count - positive) / (count * (count - 2.0));
    if (gradient.defined()) context->save_for_backward({gradient.div_(count)});
    return sums.loss / count;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list outer) {
    return {context->get_saved_variables()[0] * outer[0], torch::Tensor(), torch::Tensor()};
  }
};

}  // namespace

NtXentReadings nt_xent_loss(const torch::Tensor& first, const torch::Tensor& second,
                            const NtXentLossOptions& options) {
  check_arguments(first, second, options);
  const auto precise = first.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
  namespace F = torch::nn::functional;
  const auto projections = torch::cat({first, second}).to(precise);               // (2N, D)
  const auto unit = F::normalize(projections, F::NormalizeFuncOptions().dim(1));  // (2N, D)
  NtXentReadings readings;
  readings.loss = BlockedNtXent::apply(unit, options, &readings);
  return readings;
}

torch::Tensor nt_xent_losses(const torch::Tensor& first, const torch::Tensor& second,
                             double temperature) {
  check_arguments(first, second, {.temperature = temperature});
  const torch::NoGradGuard no_grad;
  const auto unit =
      torch::nn::functional::normalize(torch::cat({first, second}).to(torch::kFloat32));
  auto logits = unit.matmul(unit.t()).div_(temperature);  // (2N, 2N)
  const auto partners =
      torch::cat({logits.diagonal(first.size(0)), logits.diagonal(-first.size(0))});
  logits.fill_diagonal_(-std::numeric_limits<double>::infinity());
  return (logits.logsumexp(1) - partners).view({2, first.size(0)}).mean(0);
}

}  // namespace pretext
