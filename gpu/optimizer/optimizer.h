#pragma once

#include <torch/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pretext {

struct OptimizerOptions {
  std::string kind = "sgd";  ///< "sgd" (Nesterov), "adam", "adamw" or "lars".
  double momentum = 0.9;     ///< SGD and LARS.
  double beta1 = 0.9;        ///< Adam and AdamW.
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 5e-4;
  double trust = 0.001;  ///< LARS.
};

/// Updates parameters in one batched (foreach) pass.
///
/// Biases and the parameters of normalisation layers (those with fewer than two dimensions) are
/// left out of weight decay and of LARS' adaptation. SGD, Adam and AdamW are LibTorch's formulas;
/// LARS is You et al., 2017: trust * |w| / |g + decay * w|, and 1 where either norm is 0.
///
/// Its slots, e.g. "momentum", have one tensor a parameter and are saved by name.
class Optimizer {
 public:
  Optimizer(const std::map<std::string, torch::Tensor>& parameters,
            const OptimizerOptions& options);

  /// One update from the gradients at hand. Parameters without a gradient stay as they are.
  void step(double learning_rate);
  void clear_gradients();
  /// Norm of the whole gradient; scales it down to `most` when that is > 0 and smaller.
  double clip_gradients(double most);

  /// Slots by "<slot>.<parameter>", and the number of steps as "steps".
  std::map<std::string, torch::Tensor> state() const;
  /// Throws c10::Error when a slot is missing or of another shape.
  void load_state(const std::map<std::string, torch::Tensor>& state);

 private:
  struct Group {
    std::vector<std::string> names;
    std::vector<torch::Tensor> parameters;
    std::map<std::string, std::vector<torch::Tensor>> slots;
    bool decays = true;  // Weight decay, and LARS' adaptation.
  };
  /// Those of `whole` that have a gradient, without names; the tensors are the same ones.
  static Group with_gradients(const Group& whole);
  void add(Group& group, const std::string& name, const torch::Tensor& parameter);
  void step_sgd(Group& group, std::vector<torch::Tensor>& gradients, double learning_rate);
  void step_adam(Group& group, std::vector<torch::Tensor>& gradients, double learning_rate);
  void step_lars(Group& group, std::vector<torch::Tensor>& gradients, double learning_rate);

  OptimizerOptions options_;
  std::vector<Group> groups_;
  std::int64_t num_steps_ = 0;
};

}  // namespace pretext
