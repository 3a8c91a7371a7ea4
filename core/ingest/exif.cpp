#include "core/ingest/exif.h"

#include <cstring>

namespace pretext {
namespace {

using namespace std::string_view_literals;

bool has_at(Bytes bytes, std::size_t at, std::string_view text) {
  return at + text.size() <= bytes.size() &&
         std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

std::size_t big_endian(Bytes bytes, std::size_t at, int count) {
  std::size_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
  return value;
}

/// Orientation in a TIFF structure, which is what an EXIF block is.
int tiff_orientation(Bytes tiff) {
  if (tiff.size() < 8) return 1;
  const bool little = tiff[0] == 'I';
  const auto u16 = [&](std::size_t p) {
    return static_cast<std::size_t>(little ? tiff[p] | tiff[p + 1] << 8
                                           : tiff[p] << 8 | tiff[p + 1]);
  };
  const auto u32 = [&](std::size_t p) {
    return little ? u16(p) | u16(p + 2) << 16 : u16(p) << 16 | u16(p + 2);
  };
  const std::size_t directory = u32(4);
  if (directory + 2 > tiff.size()) return 1;
  const auto count = u16(directory);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 1;
    if (u16(entry) == 0x0112) return static_cast<int>(u16(entry + 8));
  }
  return 1;
}

Bytes block_of_jpeg(Bytes bytes) {
  for (std::size_t at = 2; at + 4 < bytes.size() && bytes[at] == 0xFF;) {
    const auto length = big_endian(bytes, at + 2, 2);
    if (bytes[at + 1] == 0xDA || length < 2 || at + 2 + length > bytes.size()) return {};
    if (bytes[at + 1] == 0xE1 && length > 16 && has_at(bytes, at + 4, "Exif\0\0"sv))
      return bytes.subspan(at + 10, length - 8);
    at += 2 + length;
  }
  return {};
}

/// The contents of the first chunk of this kind; without any, nothing.
Bytes png_chunk(Bytes bytes, std::string_view kind, bool& is_there) {
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const auto length = big_endian(bytes, at, 4);
    if (length > bytes.size() - at - 12) return {};
    if (has_at(bytes, at + 4, kind)) {
      is_there = true;
      return bytes.subspan(at + 8, length);
    }
    at += 12 + length;
  }
  return {};
}

Bytes block_of_webp(Bytes bytes) {
  for (std::size_t at = 12; at + 8 <= bytes.size();) {
    const std::size_t length = bytes[at + 4] | std::size_t{bytes[at + 5]} << 8 |
                               std::size_t{bytes[at + 6]} << 16 | std::size_t{bytes[at + 7]} << 24;
    if (length > bytes.size() - at - 8) return {};
    if (has_at(bytes, at, "EXIF"sv)) {
      const auto block = bytes.subspan(at + 8, length);
      return has_at(bytes, at + 8, "Exif\0\0"sv) ? block.subspan(6) : block;
    }
    at += 8 + length + length % 2;
  }
  return {};
}

}  // namespace

int exif_orientation(Bytes bytes) {
  bool is_there = false;
  if (has_at(bytes, 0, "\xFF\xD8"sv)) return tiff_orientation(block_of_jpeg(bytes));
  if (has_at(bytes, 0, "\x89PNG"sv)) return tiff_orientation(png_chunk(bytes, "eXIf", is_there));
  if (has_at(bytes, 0, "RIFF"sv)) return tiff_orientation(block_of_webp(bytes));
  return 1;
}

bool has_png_chunk(Bytes bytes, std::string_view kind) {
  bool is_there = false;
  png_chunk(bytes, kind, is_there);
  return is_there;
}

}  // namespace pretext
