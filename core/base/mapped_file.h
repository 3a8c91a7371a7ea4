#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

namespace pretext {

/// A file mapped for reading, whole; an empty one has no bytes. Safe to read from many threads, as
/// long as nobody makes it shorter.
class MappedFile {
 public:
  /// None where the file is missing, no regular file, or cannot be mapped.
  static std::optional<MappedFile> open(const std::filesystem::path& file);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace pretext
