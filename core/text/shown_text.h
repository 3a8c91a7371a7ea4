#pragma once

#include <string>
#include <string_view>

namespace pretext {

/// A file's name as people and JSON get it: what is no UTF-8, and control characters, stand as
/// "\xE9". A name of text stays what it is.
std::string shown_text(std::string_view bytes);

}  // namespace pretext
