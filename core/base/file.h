#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

/// Reads a file whole, through zlib when it is gzip. Throws UserError.
std::vector<unsigned char> read_file(const std::filesystem::path& file);

/// The same as text.
std::string read_text_file(const std::filesystem::path& file);

/// Writes it whole or not at all (`NewFile`). Throws UserError.
void write_text_file(const std::filesystem::path& file, std::string_view text);

}  // namespace pretext
