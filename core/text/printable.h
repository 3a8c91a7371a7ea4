#pragma once

#include <string>
#include <string_view>

namespace pretext {

/// Whether a character does something to a terminal: it controls it, or turns the direction of what
/// follows.
bool needs_escape(char32_t value);

/// A text that others wrote, safe on a terminal: the bytes of control characters, and bytes that
/// are no UTF-8, become "\x1B"; marks that turn the direction of writing become "\u202E". Line ends
/// and tabs stay.
std::string printable(std::string_view text);

/// The same on one line: line ends and tabs become "\n" and "\t".
std::string printable_line(std::string_view text);

/// A file's name as it is kept, shown and written to JSON: as printable_line, but that marks of
/// direction stay, which names in Arabic and Hebrew have. A name of text stays what it is.
std::string printable_name(std::string_view bytes);

}  // namespace pretext
