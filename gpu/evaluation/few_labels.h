#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace pretext {

/// What a softmax layer that learned from a few labelled rows says of all of them.
struct FewLabelProbe {
  torch::Tensor probabilities;     ///< (N, classes) float32
  double c = 0.0;                  ///< Inverse strength of the penalty.
  std::int64_t folds = 0;          ///< Of the cross-validation; 0 where there was none.
  std::optional<double> accuracy;  ///< Cross-validated over the labels.
};

/// Fits logistic regression to `labelled` rows of frozen `features` (N, D), standardised over all
/// N. The penalty is chosen, and the accuracy read, by stratified cross-validation of at most five
/// folds; where a class has a single label there is none. `labels`: (labelled) in
/// [0, num_classes), each class at least once. `report`: told the share done before each fit; what
/// it throws ends the work.
FewLabelProbe probe_few_labels(const torch::Tensor& features,
                               const std::vector<std::int64_t>& labelled,
                               const std::vector<std::int64_t>& labels, std::int64_t num_classes,
                               const std::function<void(double)>& report = {});

}  // namespace pretext
