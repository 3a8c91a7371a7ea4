#pragma once

#include "core/base/error.h"
#include "core/base/json_file.h"

#include <nlohmann/json.hpp>
#include <string>

namespace pretext {

/// What `read` makes of the JSON in a column. `what` names it in the sentence of a refusal, e.g.
/// "The settings of a recipe". Throws UserError where it is damaged.
template <typename Read>
auto read_json_column(const std::string& text, const std::string& what, const Read& read) {
  const std::string advice = "restore workspace.db from a copy";
  const auto document = parse_json(text, what, advice);
  try {
    return read(document);
  } catch (const nlohmann::json::exception&) {
    throw UserError(what + " in the workspace are not as Pretext writes them: " + advice + ".");
  }
}

template <typename Value>
Value json_column(const std::string& text, const std::string& what) {
  return read_json_column(text, what,
                          [](const auto& document) { return document.template get<Value>(); });
}

}  // namespace pretext
