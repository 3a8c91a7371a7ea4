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

/// Writes beside its place and renames. Throws UserError when the disk is full or the folder is
/// missing.
void write_text_file(const std::filesystem::path& file, std::string_view text);

}  // namespace pretext
