#pragma once

#include "core/objective/objective_kind.h"
#include "core/spec/experiment.h"
#include "gpu/encoder/encoder.h"

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

/// The heads and the loss of a pretext task. Asks any encoder for features or states; knows no
/// data.
class Objective : public torch::nn::Module {
 public:
  /// The loss of one micro-batch. Throws c10::Error for a batch that it cannot learn from.
  virtual ObjectiveOutput forward(Encoder& encoder, const Batch& batch) = 0;
  /// False: the encoder is frozen, in evaluation mode.
  virtual bool trains_encoder() const { return true; }
  /// What evaluation and `project` take of each image or sequence: (N, D).
  virtual torch::Tensor features(Encoder& encoder, const Batch& batch) {
    return encoder.forward(batch);
  }
  /// Each sample's part of the loss, (N) float32; undefined where a sample alone has none. For
  /// looking at samples, without gradients.
  virtual torch::Tensor sample_losses(Encoder& /*encoder*/, const Batch& /*batch*/) { return {}; }
  /// What the loss compares: (N, P) of (N, D); the features where it compares none. Of a supervised
  /// objective the scores, (N, classes).
  virtual torch::Tensor project(const torch::Tensor& features) { return features; }
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
