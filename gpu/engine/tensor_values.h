#pragma once

#include <torch/types.h>

#include <vector>

namespace pretext {

/// The numbers of a tensor, row by row, as `Value`.
template <typename Value>
std::vector<Value> values_of(const torch::Tensor& tensor) {
  const auto plain = tensor.to(torch::kCPU, c10::CppTypeToScalarType<Value>::value).contiguous();
  const auto* first = plain.template const_data_ptr<Value>();
  return {first, first + plain.numel()};
}

}  // namespace pretext
