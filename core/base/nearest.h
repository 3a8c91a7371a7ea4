#pragma once

#include <string>
#include <vector>

namespace pretext {

/// The name with the fewest letters to change, add or leave out (Levenshtein), for "did you mean";
/// empty where there is none. Of a long word its first 200 letters count.
std::string nearest(const std::string& word, const std::vector<std::string>& names);

}  // namespace pretext
