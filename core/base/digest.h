#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace pretext {

/// Two digits a byte, in small letters.
std::string to_hex(std::span<const unsigned char> bytes);

/// The first 8 bytes of XXH3-128 of `bytes`: a sample's key.
std::uint64_t content_key(std::span<const std::byte> bytes);

/// XXH3-128 as 32 hexadecimal digits.
std::string content_digest(std::span<const std::byte> bytes);

/// SHA-256 of a file as 64 hexadecimal digits. Throws UserError when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace pretext
