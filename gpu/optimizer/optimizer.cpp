#include "gpu/optimizer/optimizer.h"

#include <torch/torch.h>

#include <cmath>

namespace pretext {
namespace {

using Tensors = std::vector<torch::Tensor>;

/// `momentum = m * momentum + gradient`, in place.
void accumulate(Tensors& momentum, const Tensors& gradients, double m) {
  at::_foreach_mul_(momentum, m);
  at::_foreach_add_(momentum, gradients, 1.0);
}

}  // namespace

Optimizer::Optimizer(const std::map<std::string, torch::Tensor>& parameters,
                     const OptimizerOptions& options)
    : options_(options), groups_(2) {
  groups_[1].decays = false;
  for (const auto& [name, parameter] : parameters) {
    add(groups_[parameter.dim() >= 2 ? 0 : 1], name, parameter);
  }
}

void Optimizer::add(Group& group, const std::string& name, const torch::Tensor& parameter) {
  group.names.push_back(name);
  group.parameters.push_back(parameter);
  const bool is_adam = options_.kind == "adam" || options_.kind == "adamw";
  for (const char* slot : {"first", "second", "momentum"}) {
    const bool wanted = is_adam == (std::string(slot) != "momentum");
    if (wanted)
      group.slots[slot].push_back(
          torch::zeros_like(parameter, parameter.options().requires_grad(false)));
  }
}

Optimizer::Group Optimizer::with_gradients(const Group& whole) {
  Group part{.decays = whole.decays};
  for (std::size_t i = 0; i < whole.parameters.size(); ++i) {
    if (!whole.parameters[i].grad().defined()) continue;
    part.parameters.push_back(whole.parameters[i]);
    for (const auto& [slot, tensors] : whole.slots) part.slots[slot].push_back(tensors[i]);
  }
  return part;
}

void Optimizer::step(double learning_rate) {
  const torch::NoGradGuard no_grad;
  ++num_steps_;
  for (const auto& whole : groups_) {
    auto group = with_gradients(whole);
    if (group.parameters.empty()) continue;
    Tensors gradients;
    for (const auto& parameter : group.parameters) gradients.push_back(parameter.grad());
    if (options_.kind == "sgd") step_sgd(group, gradients, learning_rate);
    if (options_.kind == "adam" || options_.kind == "adamw")
      step_adam(group, gradients, learning_rate);
    if (options_.kind == "lars") step_lars(group, gradients, learning_rate);
  }
}

void Optimizer::step_sgd(Group& group, Tensors& gradients, double learning_rate) {
  if (group.decays && options_.weight_decay > 0) {
    at::_foreach_add_(gradients, group.parameters, options_.weight_decay);
  }
  auto& momentum = group.slots["momentum"];
  accumulate(momentum, gradients, options_.momentum);
  at::_foreach_add_(gradients, momentum, options_.momentum);  // Nesterov.
  at::_foreach_add_(group.parameters, gradients, -learning_rate);
}

void Optimizer::step_adam(Group& group, Tensors& gradients, double learning_rate) {
  if (group.decays && options_.weight_decay > 0) {
    if (options_.kind == "adamw") {
      at::_foreach_mul_(group.parameters, 1.0 - learning_rate * options_.weight_decay);
    } else {
      at::_foreach_add_(gradients, group.parameters, options_.weight_decay);
    }
  }
  auto& first = group.slots["first"];
  auto& second = group.slots["second"];
  at::_foreach_mul_(first, options_.beta1);
  at::_foreach_add_(first, gradients, 1.0 - options_.beta1);
  at::_foreach_mul_(second, options_.beta2);
  at::_foreach_addcmul_(second, gradients, gradients, 1.0 - options_.beta2);
  const double steps = static_cast<double>(num_steps_);
  const double correction1 = 1.0 - std::pow(options_.beta1, steps);
  const double correction2 = std::sqrt(1.0 - std::pow(options_.beta2, steps));
  auto denominators = at::_foreach_sqrt(second);
  at::_foreach_div_(denominators, correction2);
  at::_foreach_add_(denominators, options_.epsilon);
  at::_foreach_addcdiv_(group.parameters, first, denominators, -learning_rate / correction1);
}

void Optimizer::step_lars(Group& group, Tensors& gradients, double learning_rate) {
  if (group.decays) {
    if (options_.weight_decay > 0)
      at::_foreach_add_(gradients, group.parameters, options_.weight_decay);
    const auto weight_norms = at::_foreach_norm(group.parameters, 2);
    const auto gradient_norms = at::_foreach_norm(gradients, 2);
    Tensors ratios;
    for (std::size_t i = 0; i < weight_norms.size(); ++i) {
      const auto usable = (weight_norms[i] > 0).logical_and(gradient_norms[i] > 0);
      ratios.push_back(torch::where(usable, weight_norms[i] / gradient_norms[i] * options_.trust,
                                    torch::ones_like(weight_norms[i])));
    }
    at::_foreach_mul_(gradients, ratios);
  }
  auto& momentum = group.slots["momentum"];
  accumulate(momentum, gradients, options_.momentum);
  at::_foreach_add_(group.parameters, momentum, -learning_rate);
}

void Optimizer::clear_gradients() {
  for (auto& group : groups_) {
    for (auto& parameter : group.parameters) parameter.mutable_grad().reset();
  }
}

double Optimizer::clip_gradients(double most) {
  const torch::NoGradGuard no_grad;
  Tensors gradients;
  for (const auto& group : groups_) {
    for (const auto& parameter : group.parameters) {
      if (parameter.grad().defined()) gradients.push_back(parameter.grad());
    }
  }
  if (gradients.empty()) return 0.0;
  const double norm = torch::stack(at::_foreach_norm(gradients, 2)).norm().item<double>();
  if (most > 0 && norm > most) at::_foreach_mul_(gradients, most / norm);
  return norm;
}

std::map<std::string, torch::Tensor> Optimizer::state() const {
  std::map<std::string, torch::Tensor> state;
  for (const auto& group : groups_) {
    for (const auto& [slot, tensors] : group.slots) {
      for (std::size_t i = 0; i < tensors.size(); ++i)
        state[slot + "." + group.names[i]] = tensors[i];
    }
  }
  state["steps"] = torch::full({1}, num_steps_, torch::kInt64);
  return state;
}

void Optimizer::load_state(const std::map<std::string, torch::Tensor>& state) {
  const torch::NoGradGuard no_grad;
  const auto find = [&](const std::string& name) {
    const auto found = state.find(name);
    TORCH_CHECK(found != state.end(), "the checkpoint lacks optimizer.", name);
    return found->second;
  };
  for (auto& group : groups_) {
    for (auto& [slot, tensors] : group.slots) {
      for (std::size_t i = 0; i < tensors.size(); ++i)
        tensors[i].copy_(find(slot + "." + group.names[i]));
    }
  }
  num_steps_ = find("steps").item<std::int64_t>();
}

}  // namespace pretext
