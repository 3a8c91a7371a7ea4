#pragma once

#include <string>
#include <string_view>

namespace pretext {

/// Why TOML is refused before it is parsed, as a clause: it is longer or nested deeper, by lists,
/// tables or dotted names, than any specification. Parsing and forgetting such would use up the
/// stack. Empty where nothing is wrong with its size.
std::string excess_of_toml(std::string_view text);

}  // namespace pretext
