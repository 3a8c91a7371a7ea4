#pragma once

#include <map>
#include <string>

namespace pretext {

/// The papers that settings come from or are best explained by, as one cites them, by the fields'
/// keys; those that need none, such as a name, are not there.
const std::map<std::string, std::string>& field_sources();

}  // namespace pretext
