#pragma once

#include "core/objective/objective_kind.h"
#include "core/spec/experiment.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace pretext {

/// What one step of an objective gives: the loss and readings beside it.
struct ObjectiveOutput {
  torch::Tensor loss;                      ///< Scalar, differentiable.
  std::map<std::string, double> readings;  ///< By metric key.
};

/// The heads and the loss of a pretext task. Knows features, not encoders or data.
class Objective : public torch::nn::Module {
 public:
  /// `features`: (V * N, D), the V views one after the other, row i of each from image i.
  virtual ObjectiveOutput forward(const torch::Tensor& features, std::int64_t num_views) = 0;
  /// What the loss compares, for the monitors: (N, P) of (N, D).
  virtual torch::Tensor project(const torch::Tensor& features) = 0;
};

/// A row of the registry; the name joins it to `core/objective`.
struct ObjectiveMaker {
  std::string name;
  std::function<std::shared_ptr<Objective>(const Experiment&, std::int64_t features)> make;
};

std::span<const ObjectiveMaker> objective_makers();

/// Throws UserError for a kind without a module.
std::shared_ptr<Objective> make_objective(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
