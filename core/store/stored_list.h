#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pretext {

/// The values of a column that holds a JSON list. Empty where it holds something else: one odd row
/// must not keep all the others from being shown.
template <typename Value>
std::vector<Value> list_in(const std::string& text) {
  try {
    return nlohmann::json::parse(text).get<std::vector<Value>>();
  } catch (const nlohmann::json::exception&) {
    return {};
  }
}

}  // namespace pretext
