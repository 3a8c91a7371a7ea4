#include "core/base/error.h"
#include "core/ingest/codecs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

// Microsoft, "Bitmap storage", Windows GDI documentation: headers of 12 bytes (OS/2) and of 40 on.
namespace pretext {
namespace {

enum Packing : unsigned { kPlain = 0, kRuns8 = 1, kRuns4 = 2, kMasks = 3, kMasksAndAlpha = 6 };
enum Channel { kRed, kGreen, kBlue, kAlpha };

[[noreturn]] void refuse() {
  throw UserError("is cut off or damaged");
}

unsigned u16(Bytes bytes, std::size_t at) {
  if (at + 2 > bytes.size()) refuse();
  return bytes[at] | unsigned{bytes[at + 1]} << 8;
}

std::uint32_t u32(Bytes bytes, std::size_t at) {
  return u16(bytes, at) | std::uint32_t{u16(bytes, at + 2)} << 16;
}

struct Header {
  int width = 0, height = 0;
  bool is_top_down = false;
  unsigned bits = 0, packing = kPlain;
  std::size_t pixels_at = 0;
  std::array<std::uint32_t, 4> masks{};
  std::array<std::array<unsigned char, 3>, 256> colours{};

  bool has_palette() const { return bits <= 8; }
  bool is_grey() const {
    for (std::size_t i = 0; i < std::size_t{1} << bits; ++i)
      if (colours[i][0] != colours[i][1] || colours[i][1] != colours[i][2]) return false;
    return true;
  }
};

void read_masks(Header& header, Bytes bytes, std::size_t header_size) {
  if (header.packing == kMasks || header.packing == kMasksAndAlpha) {
    // Within a long header, or right behind a short one.
    const bool has_alpha = header_size >= 56 || header.packing == kMasksAndAlpha;
    for (std::size_t i = 0; i < (has_alpha ? 4U : 3U); ++i)
      header.masks[i] = u32(bytes, 14 + 40 + 4 * i);
  } else if (header.bits == 16) {
    header.masks = {0x7C00, 0x03E0, 0x001F, 0};
  } else {
    header.masks = {0xFF0000, 0x00FF00, 0x0000FF, 0};
  }
}

void read_palette(Header& header, Bytes bytes, std::size_t header_size, std::uint32_t num_used) {
  const bool is_old = header_size == 12;
  const std::size_t entry_size = is_old ? 3 : 4;
  const std::size_t most = std::size_t{1} << header.bits;
  const auto count = num_used == 0 || num_used > most ? most : num_used;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = 14 + header_size + i * entry_size;
    if (at + 3 > bytes.size()) refuse();
    header.colours[i] = {bytes[at + 2], bytes[at + 1], bytes[at]};
  }
}

Header read_header(Bytes bytes, const Admit& admit) {
  Header header;
  header.pixels_at = u32(bytes, 10);
  const std::size_t size = u32(bytes, 14);
  std::int64_t width = 0, height = 0;
  std::uint32_t num_used = 0;
  if (size == 12) {
    width = u16(bytes, 18);
    height = u16(bytes, 20);
    header.bits = u16(bytes, 24);
  } else if (size >= 40 && size <= 4096) {
    width = static_cast<std::int32_t>(u32(bytes, 18));
    height = static_cast<std::int32_t>(u32(bytes, 22));
    header.bits = u16(bytes, 28);
    header.packing = u32(bytes, 30);
    num_used = u32(bytes, 46);
  } else {
    refuse();
  }
  header.is_top_down = height < 0;
  height = std::abs(height);
  admit(width, height);
  header.width = static_cast<int>(width);
  header.height = static_cast<int>(height);
  const bool is_known = header.bits == 1 || header.bits == 4 || header.bits == 8 ||
                        header.bits == 16 || header.bits == 24 || header.bits == 32;
  if (!is_known || (header.packing > kMasks && header.packing != kMasksAndAlpha))
    throw UserError("is packed in a way that is not taken: save it as PNG");
  const bool has_runs = header.packing == kRuns8 || header.packing == kRuns4;
  if (has_runs && header.bits != (header.packing == kRuns8 ? 8U : 4U)) refuse();
  if (header.has_palette()) {
    read_palette(header, bytes, size, num_used);
  } else {
    read_masks(header, bytes, size);
  }
  return header;
}

/// A channel of a pixel, brought to 8 bits.
unsigned char channel(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const auto shift = std::countr_zero(mask);
  const std::uint64_t most = mask >> shift;
  return static_cast<unsigned char>(((pixel & mask) >> shift) * std::uint64_t{255} / most);
}

/// Where a pixel of the picture goes, which is stored from below or from above.
unsigned char* place(cv::Mat& pixels, const Header& header, int x, int y) {
  return pixels.ptr(header.is_top_down ? y : header.height - 1 - y, x);
}

void put_number(cv::Mat& pixels, const Header& header, int x, int y, unsigned number) {
  auto* pixel = place(pixels, header, x, y);
  for (int c = 0; c < pixels.channels(); ++c)
    pixel[c] = header.colours[number][static_cast<std::size_t>(c)];
}

void read_rows(cv::Mat& pixels, const Header& header, Bytes bytes) {
  const auto row_size =
      (std::size_t{header.bits} * static_cast<std::size_t>(header.width) + 31) / 32 * 4;
  const auto needed = row_size * static_cast<std::size_t>(header.height - 1) +
                      (std::size_t{header.bits} * static_cast<std::size_t>(header.width) + 7) / 8;
  if (header.pixels_at > bytes.size() || needed > bytes.size() - header.pixels_at) refuse();
  for (int y = 0; y < header.height; ++y) {
    const auto* row = bytes.data() + header.pixels_at + row_size * static_cast<std::size_t>(y);
    for (int x = 0; x < header.width; ++x) {
      if (header.has_palette()) {
        const unsigned at = static_cast<unsigned>(x) * header.bits;
        const unsigned number = row[at / 8] >> (8 - header.bits - at % 8);
        put_number(pixels, header, x, y, number & ((1U << header.bits) - 1));
        continue;
      }
      std::uint32_t value = 0;
      const auto size = header.bits / 8;
      for (unsigned i = 0; i < size; ++i)
        value |= std::uint32_t{row[static_cast<unsigned>(x) * size + i]} << 8 * i;
      auto* pixel = place(pixels, header, x, y);
      for (int c = 0; c < pixels.channels(); ++c)
        pixel[c] = channel(value, header.masks[static_cast<std::size_t>(c)]);
    }
  }
}

/// Runs of one colour, and what stands between them as it is; pixels that are passed over stay the
/// first colour.
class RunReader {
 public:
  RunReader(cv::Mat& pixels, const Header& header, Bytes bytes)
      : pixels_(pixels), header_(header), bytes_(bytes), at_(header.pixels_at) {}

  void read() {
    const auto& first = header_.colours[0];
    pixels_.setTo(cv::Scalar(first[0], first[1], first[2]));
    while (y_ < header_.height) {
      const unsigned count = next();
      const unsigned value = next();
      if (count > 0) {
        for (unsigned i = 0; i < count; ++i) put(number_of(value, i));
      } else if (value == 0) {
        x_ = 0;
        ++y_;
      } else if (value == 1) {
        return;
      } else if (value == 2) {
        x_ = std::min(header_.width, x_ + static_cast<int>(next()));
        y_ += static_cast<int>(next());
      } else {
        take_as_they_are(value);
      }
    }
  }

 private:
  unsigned next() {
    if (at_ >= bytes_.size()) refuse();
    return bytes_[at_++];
  }

  unsigned number_of(unsigned byte, unsigned i) const {
    if (header_.bits == 8) return byte;
    return i % 2 == 0 ? byte >> 4 : byte & 15;
  }

  void take_as_they_are(unsigned count) {
    const std::size_t begin = at_;
    unsigned byte = 0;
    for (unsigned i = 0; i < count; ++i) {
      if (header_.bits == 8 || i % 2 == 0) byte = next();
      put(number_of(byte, i));
    }
    at_ += (at_ - begin) % 2;  // Filled up to two bytes.
  }

  void put(unsigned number) {
    if (x_ < header_.width) put_number(pixels_, header_, x_++, y_, number);
  }

  cv::Mat& pixels_;
  const Header& header_;
  Bytes bytes_;
  std::size_t at_;
  int x_ = 0, y_ = 0;
};

/// Many programs write the fourth byte as zero and mean a picture without alpha.
bool has_alpha(const cv::Mat& pixels) {
  cv::Mat alpha;
  cv::extractChannel(pixels, alpha, kAlpha);
  return cv::countNonZero(alpha) > 0;
}

}  // namespace

DecodedPicture decode_bmp(Bytes bytes, const Admit& admit) {
  const auto header = read_header(bytes, admit);
  const int channels = header.has_palette()        ? (header.is_grey() ? 1 : 3)
                       : header.masks[kAlpha] != 0 ? 4
                                                   : 3;
  DecodedPicture picture;
  picture.pixels.create(header.height, header.width, CV_8UC(channels));
  if (header.packing == kRuns8 || header.packing == kRuns4) {
    RunReader(picture.pixels, header, bytes).read();
  } else {
    read_rows(picture.pixels, header, bytes);
  }
  if (channels == 4 && !has_alpha(picture.pixels)) {
    cv::Mat colours(header.height, header.width, CV_8UC3);
    const int moves[] = {0, 0, 1, 1, 2, 2};
    cv::mixChannels(&picture.pixels, 1, &colours, 1, moves, 3);
    picture.pixels = std::move(colours);
  }
  return picture;
}

}  // namespace pretext
