#pragma once

#include <string>
#include <string_view>

namespace pretext {

/// Whether a character does something to a terminal: it controls it, or turns the direction of what
/// follows.
bool needs_escape(char32_t value);

/// A text that others wrote, safe on a terminal: control characters, marks that turn the direction
/// of writing, and bytes that are no UTF-8 become "\x1b" or "\u202e". Line ends and tabs stay.
std::string printable(std::string_view text);

/// The same on one line: line ends and tabs become "\n" and "\t".
std::string printable_line(std::string_view text);

}  // namespace pretext
