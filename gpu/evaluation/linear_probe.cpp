#include "gpu/evaluation/linear_probe.h"

#include "core/base/philox.h"
#include "gpu/optimizer/schedule.h"
#include "gpu/training/device.h"

#include <torch/torch.h>

namespace pretext {

torch::Tensor LinearProbe::predict(const torch::Tensor& features) const {
  return torch::addmm(bias, (features - mean) / deviation, weight);
}

LinearProbe train_linear_probe(const torch::Tensor& train, const torch::Tensor& train_labels,
                               const torch::Tensor& validation,
                               const torch::Tensor& validation_labels, std::int64_t num_classes,
                               const LinearProbeOptions& options) {
  const torch::NoGradGuard no_grad;
  seed_generators(options.seed, 0, static_cast<std::uint8_t>(RandomPurpose::kEvaluation));
  const auto num_rates = static_cast<std::int64_t>(options.learning_rates.size());
  const auto num_samples = train.size(0);
  const auto dimensions = train.size(1);
  LinearProbe probe;
  probe.mean = train.mean(0);
  probe.deviation = train.std(0, false).clamp_min(1e-6);
  const auto inputs = (train - probe.mean) / probe.deviation;
  const auto targets = torch::one_hot(train_labels, num_classes).to(torch::kFloat32);

  // All rates side by side: one (D, rates * classes) matrix, its gradient written out.
  auto weight = torch::zeros({dimensions, num_rates * num_classes}, inputs.options());
  auto bias = torch::zeros({num_rates * num_classes}, inputs.options());
  auto weight_momentum = torch::zeros_like(weight);
  auto bias_momentum = torch::zeros_like(bias);
  const auto rates =
      torch::tensor(options.learning_rates, inputs.options()).repeat_interleave(num_classes);
  const auto batch = std::min(options.batch_size, num_samples);
  const auto steps_per_epoch = std::max<std::int64_t>(1, num_samples / batch);
  ScheduleOptions schedule{
      .kind = "cosine", .peak = 1.0, .total_steps = options.epochs * steps_per_epoch};
  for (std::int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    const auto order = torch::randperm(num_samples, torch::kInt64).to(inputs.device());
    for (std::int64_t i = 0; i < steps_per_epoch; ++i) {
      const auto rows = order.slice(0, i * batch, (i + 1) * batch);
      const auto x = inputs.index_select(0, rows);
      const auto logits = torch::addmm(bias, x, weight).view({batch, num_rates, num_classes});
      const auto error = (logits.softmax(2) - targets.index_select(0, rows).unsqueeze(1))
                             .div_(static_cast<double>(batch))
                             .view({batch, -1});
      const double scale = learning_rate_at(schedule, epoch * steps_per_epoch + i);
      weight_momentum.mul_(0.9).addmm_(x.t(), error);
      bias_momentum.mul_(0.9).add_(error.sum(0));
      weight.addcmul_(weight_momentum, rates, -scale);
      bias.addcmul_(bias_momentum, rates, -scale);
    }
  }
  const auto held_out =
      validation.size(0) > 0 ? (validation - probe.mean) / probe.deviation : inputs;
  const auto held_out_labels = validation.size(0) > 0 ? validation_labels : train_labels;
  const auto guesses =
      torch::addmm(bias, held_out, weight).view({-1, num_rates, num_classes}).argmax(2);
  const auto accuracies = (guesses == held_out_labels.unsqueeze(1)).to(torch::kFloat64).mean(0);
  const auto best = accuracies.argmax().item<std::int64_t>();
  probe.weight = weight.slice(1, best * num_classes, (best + 1) * num_classes).contiguous();
  probe.bias = bias.slice(0, best * num_classes, (best + 1) * num_classes).contiguous();
  probe.learning_rate = options.learning_rates[static_cast<std::size_t>(best)];
  probe.validation_accuracy = accuracies[best].item<double>();
  return probe;
}

}  // namespace pretext
