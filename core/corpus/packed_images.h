#pragma once

#include "core/base/mapped_file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

namespace pretext {

enum class PixelType : std::uint8_t { kU8 = 1, kU16 = 2 };

/// A picture in somebody else's memory: rows of interleaved pixels, without padding.
struct ImageView {
  const std::byte* data = nullptr;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::int32_t channels = 1;  ///< 1 or 3
  PixelType dtype = PixelType::kU8;

  std::size_t num_bytes() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
           static_cast<std::size_t>(channels) * (dtype == PixelType::kU16 ? 2 : 1);
  }
  std::span<const std::byte> bytes() const { return {data, num_bytes()}; }
};

/// How stored values become [0, 1]: (value - low) / (high - low), clamped. Of 8-bit corpora
/// 0 and 255; of 16-bit ones the corpus's 0.5 and 99.5 percentiles.
struct ValueWindow {
  float low = 0.f;
  float high = 255.f;
};

/// Writes a packed file (FORMAT.md), sample by sample, beside its place; `finish` renames it.
/// Unfinished files are removed by the destructor. Throws UserError when the disk is full.
class PackedImageWriter {
 public:
  explicit PackedImageWriter(const std::filesystem::path& file);
  ~PackedImageWriter();
  PackedImageWriter(const PackedImageWriter&) = delete;
  PackedImageWriter& operator=(const PackedImageWriter&) = delete;

  void add(const ImageView& image, std::uint64_t key);
  /// Returns the fingerprint, 32 hexadecimal digits.
  std::string finish();

 private:
  void write(const void* data, std::size_t size);

  std::filesystem::path file_;
  std::filesystem::path unfinished_;
  std::ofstream stream_;
  std::uint64_t position_ = 0;
  std::vector<std::byte> index_;
  std::uint64_t num_samples_ = 0;
};

/// A packed file, memory-mapped; random access is O(1). Safe to read from many threads.
class PackedImages {
 public:
  /// Throws UserError when the file is missing, short, damaged or of an unknown version.
  explicit PackedImages(const std::filesystem::path& file);
  PackedImages(const PackedImages&) = delete;
  PackedImages& operator=(const PackedImages&) = delete;

  std::int64_t size() const { return num_samples_; }
  ImageView image(std::int64_t position) const;
  std::uint64_t key(std::int64_t position) const;
  /// As `PackedImageWriter::finish` returned it.
  std::string fingerprint() const;
  /// Reads a picture whole. Throws UserError when its pixels are other than when it was packed.
  void check_contents(std::int64_t position) const;

 private:
  const std::byte* entry(std::int64_t position) const;
  void check(const std::filesystem::path& file) const;

  std::filesystem::path file_;
  MappedFile mapped_;
  std::int64_t num_samples_ = 0;
  std::uint64_t index_offset_ = 0;
};

}  // namespace pretext
