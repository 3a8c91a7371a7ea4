#pragma once

#include <torch/types.h>

#include <vector>

namespace pretext {

/// A softmax layer on features, fitted whole: what TF-IDF and a few labels are classified by.
struct LogisticRegression {
  torch::Tensor weight;  ///< (D, classes)
  torch::Tensor bias;    ///< (classes)
  double c = 0.0;        ///< Inverse strength of the penalty.

  /// Scores of features (N, D), sparse or dense: (N, classes).
  torch::Tensor predict(const torch::Tensor& features) const;
};

/// Minimises c * (sum of the cross-entropies) + |weight|² / 2 by L-BFGS, as scikit-learn's
/// LogisticRegression for several classes does. `features`: (N, D), sparse or not, `labels`: (N) in
/// [0, classes).
LogisticRegression fit_logistic_regression(const torch::Tensor& features,
                                           const torch::Tensor& labels, std::int64_t num_classes,
                                           double c);

/// Fits one for each `c` and keeps the best by accuracy on the validation features; without any, on
/// the training features.
LogisticRegression choose_logistic_regression(
    const torch::Tensor& train, const torch::Tensor& train_labels, const torch::Tensor& validation,
    const torch::Tensor& validation_labels, std::int64_t num_classes,
    const std::vector<double>& cs = {0.1, 1.0, 10.0, 100.0});

}  // namespace pretext
