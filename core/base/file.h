#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace pretext {

/// Opens a regular file for reading, and gives its descriptor, which the caller closes. Throws
/// UserError for what is missing and for a pipe, a device or a folder, which have no end or never
/// begin.
int open_regular_file(const std::filesystem::path& file);

/// Whether that many bytes that came out of so many packed ones are more than real data make: a
/// small file that unpacks to fill the memory or the disk.
bool is_swollen(std::uint64_t unpacked, std::uint64_t packed);

/// Reads a file whole, through zlib when it is gzip. Throws UserError, also for more than
/// `most_bytes`, counted unpacked; what is packed is never taken beyond 4 GiB.
std::vector<unsigned char> read_file(
    const std::filesystem::path& file,
    std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max());

/// The same as text.
std::string read_text_file(const std::filesystem::path& file,
                           std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max());

/// Writes it whole or not at all (`NewFile`). Throws UserError.
void write_text_file(const std::filesystem::path& file, std::string_view text);

}  // namespace pretext
