#pragma once

#include <string_view>

namespace pretext {

/// Orders texts as people do: runs of digits by their value, all else by its bytes; texts that
/// differ only in zeros before a number by their bytes. A strict weak order in which different
/// texts are never equal.
bool natural_before(std::string_view a, std::string_view b);

}  // namespace pretext
