#pragma once

#include <torch/types.h>

#include <functional>
#include <vector>

namespace pretext {

struct LinearProbeOptions {
  std::int64_t epochs = 100;
  std::int64_t batch_size = 256;
  std::vector<double> learning_rates = {0.003, 0.01, 0.03,
                                        0.1,   0.3,  1.0};  ///< Trained side by side.
  std::uint64_t seed = 0;
};

/// What a probe learned: one linear layer on standardised features.
struct LinearProbe {
  torch::Tensor mean, deviation;  ///< (D) of the training features.
  torch::Tensor weight;           ///< (D, classes)
  torch::Tensor bias;             ///< (classes)
  double learning_rate = 0.0;     ///< The chosen one.
  double validation_accuracy = 0.0;

  /// Scores of features (N, D): (N, classes).
  torch::Tensor predict(const torch::Tensor& features) const;
};

/// Trains a softmax layer on frozen features (SGD, momentum 0.9, no weight decay, cosine), one for
/// each learning rate, and keeps the best by accuracy on the validation features.
/// `train`: (N, D), `train_labels`: (N) in [0, classes). All on one device, where the probe is too.
LinearProbe train_linear_probe(const torch::Tensor& train, const torch::Tensor& train_labels,
                               const torch::Tensor& validation,
                               const torch::Tensor& validation_labels, std::int64_t num_classes,
                               const LinearProbeOptions& options = {});

}  // namespace pretext
