#include "gpu/training/state.h"

#include "core/base/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <sstream>

namespace pretext {
namespace {

const std::map<std::string, torch::ScalarType>& dtypes() {
  static const std::map<std::string, torch::ScalarType> types = {
      {"F32", torch::kFloat32},   {"F64", torch::kFloat64}, {"F16", torch::kHalf},
      {"BF16", torch::kBFloat16}, {"I64", torch::kInt64},   {"I32", torch::kInt32},
      {"U8", torch::kUInt8},      {"BOOL", torch::kBool}};
  return types;
}

std::string dtype_name(torch::ScalarType type) {
  const auto found =
      std::ranges::find_if(dtypes(), [&](const auto& entry) { return entry.second == type; });
  TORCH_CHECK(found != dtypes().end(), "no safetensors name for ", type);
  return found->first;
}

}  // namespace

TensorMap module_state(const torch::nn::Module& module, const std::string& prefix) {
  TensorMap state;
  for (const auto& item : module.named_parameters()) state[prefix + item.key()] = item.value();
  for (const auto& item : module.named_buffers()) state[prefix + item.key()] = item.value();
  return state;
}

void load_module_state(torch::nn::Module& module, const TensorMap& state,
                       const std::string& prefix) {
  const torch::NoGradGuard no_grad;
  for (auto& [name, tensor] : module_state(module, prefix)) {
    const auto found = state.find(name);
    if (found == state.end())
      throw UserError("The weights lack " + name + ": they are of another network.");
    if (found->second.sizes() != tensor.sizes()) {
      std::ostringstream message;
      message << "The weights have " << name << " of shape " << found->second.sizes() << " where "
              << tensor.sizes() << " is needed: they are of another network.";
      throw UserError(message.str());
    }
    tensor.copy_(found->second);
  }
}

WeightMap to_weights(const TensorMap& state) {
  WeightMap weights;
  for (const auto& [name, tensor] : state) {
    const auto plain = tensor.detach().to(torch::kCPU).contiguous();
    WeightTensor weight;
    weight.dtype = dtype_name(plain.scalar_type());
    weight.shape = plain.sizes().vec();
    weight.data.resize(plain.nbytes());
    std::memcpy(weight.data.data(), plain.data_ptr(), plain.nbytes());
    weights[name] = std::move(weight);
  }
  return weights;
}

TensorMap to_tensors(const WeightMap& weights) {
  TensorMap state;
  for (const auto& [name, weight] : weights) {
    const auto type = dtypes().find(weight.dtype);
    if (type == dtypes().end()) continue;
    auto tensor = torch::empty(weight.shape, torch::TensorOptions().dtype(type->second));
    std::memcpy(tensor.data_ptr(), weight.data.data(), weight.data.size());
    state[name] = tensor;
  }
  return state;
}

}  // namespace pretext
