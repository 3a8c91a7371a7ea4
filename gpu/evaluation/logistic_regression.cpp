#include "gpu/evaluation/logistic_regression.h"

#include <torch/torch.h>

namespace pretext {

torch::Tensor LogisticRegression::predict(const torch::Tensor& features) const {
  return torch::mm(features, weight) + bias;
}

LogisticRegression fit_logistic_regression(const torch::Tensor& features,
                                           const torch::Tensor& labels, std::int64_t num_classes,
                                           double c) {
  LogisticRegression model{.weight = torch::zeros({features.size(1), num_classes}),
                           .bias = torch::zeros({num_classes}),
                           .c = c};
  model.weight.requires_grad_();
  model.bias.requires_grad_();
  const double penalty = 0.5 / (c * static_cast<double>(features.size(0)));
  torch::optim::LBFGS optimizer({model.weight, model.bias}, torch::optim::LBFGSOptions(1.0)
                                                                .max_iter(200)
                                                                .history_size(10)
                                                                .tolerance_grad(1e-6)
                                                                .tolerance_change(1e-10)
                                                                .line_search_fn("strong_wolfe"));
  optimizer.step([&] {
    const torch::AutoGradMode gradients(true);
    optimizer.zero_grad();
    const auto loss = torch::cross_entropy_loss(model.predict(features), labels) +
                      penalty * model.weight.square().sum();
    loss.backward();
    return loss;
  });
  model.weight = model.weight.detach();
  model.bias = model.bias.detach();
  return model;
}

LogisticRegression choose_logistic_regression(const torch::Tensor& train,
                                              const torch::Tensor& train_labels,
                                              const torch::Tensor& validation,
                                              const torch::Tensor& validation_labels,
                                              std::int64_t num_classes,
                                              const std::vector<double>& cs) {
  const bool has_validation = validation_labels.size(0) > 0;
  const auto& held_out = has_validation ? validation : train;
  const auto& held_out_labels = has_validation ? validation_labels : train_labels;
  LogisticRegression best;
  std::int64_t most = -1;
  for (const auto c : cs) {
    auto model = fit_logistic_regression(train, train_labels, num_classes, c);
    const auto hits =
        (model.predict(held_out).argmax(1) == held_out_labels).sum().item<std::int64_t>();
    if (hits <= most) continue;
    most = hits;
    best = std::move(model);
  }
  return best;
}

}  // namespace pretext
