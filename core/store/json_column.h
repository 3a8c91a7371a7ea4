#pragma once

#include "core/base/error.h"
#include "core/base/json_file.h"

#include <nlohmann/json.hpp>
#include <string>

namespace pretext {

/// What `read` makes of the JSON in a column. `what` names it in the sentence of a refusal, e.g.
/// "The figures of a trial". Throws UserError where it is damaged.
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

/// The same of a row among others, which one odd row must not keep from being shown: where it is
/// damaged, a value of nothing.
template <typename Read>
auto json_column_or_none(const std::string& text, const Read& read) -> decltype(read({})) {
  try {
    return read_json_column(text, "The values", read);
  } catch (const UserError&) {
    return {};
  }
}

template <typename Value>
Value json_column(const std::string& text) {
  const auto read = [](const nlohmann::json& document) { return document.get<Value>(); };
  return json_column_or_none(text, read);
}

}  // namespace pretext
