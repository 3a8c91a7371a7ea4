#pragma once

#include <string>

namespace pretext {

/// A checkpoint's weights as they are judged and handed on: where a run keeps a moving average of
/// them (`training.ema`, under "ema."), that average. `Map`: WeightMap or TensorMap.
template <typename Map>
Map averaged(Map state) {
  const std::string prefix = "ema.";
  for (auto& [name, weight] : state) {
    const auto average = state.find(prefix + name);
    if (average != state.end()) weight = average->second;
  }
  return state;
}

}  // namespace pretext
