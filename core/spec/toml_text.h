#pragma once

#include <string>
#include <string_view>

namespace pretext {

/// Why TOML is refused before it is parsed, as a clause: it is longer or nested deeper, by lists,
/// tables or dotted names, than any specification, which would use up the stack; or it has what
/// toml++ 3.3 takes for granted not to be there: a table without a name, and letters beyond ASCII
/// where a blank may stand. Empty where nothing is wrong.
std::string excess_of_toml(std::string_view text);

}  // namespace pretext
