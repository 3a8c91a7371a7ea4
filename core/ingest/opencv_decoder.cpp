#include "core/base/error.h"
#include "core/base/file.h"
#include "core/corpus/image_source.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <csetjmp>
#include <cstring>
#include <jpeglib.h>
#include <span>
#include <string_view>

// The library `pretext_ingest`: all of OpenCV that Pretext uses. JPEG goes through libjpeg-turbo
// with warnings counted as failure, since OpenCV returns a grey-tailed picture for a cut file.
namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestImage = std::int64_t{1}
                                       << 28;  // Pixels; above it a header is a lie.

struct JpegFailure {
  jpeg_error_mgr base;
  std::jmp_buf jump;
};

[[noreturn]] void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegFailure*>(info->err)->jump, 1);
}

void count_warning(j_common_ptr info, int level) {
  if (level < 0) ++info->err->num_warnings;
}

bool is_jpeg(const std::vector<unsigned char>& bytes) {
  return bytes.size() > 3 && bytes[0] == 0xFF && bytes[1] == 0xD8;
}

/// Whether libjpeg reads the whole file without an error or a warning. Kept free of C++ objects
/// that `longjmp` would skip.
bool jpeg_is_whole(const unsigned char* data, std::size_t size, unsigned char* row,
                   std::size_t row_size, bool& fits) {
  jpeg_decompress_struct info;
  JpegFailure failure;
  info.err = jpeg_std_error(&failure.base);
  failure.base.error_exit = leave;
  failure.base.emit_message = count_warning;
  if (setjmp(failure.jump)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, data, size);
  jpeg_read_header(&info, TRUE);
  fits = static_cast<std::int64_t>(info.image_width) * info.image_height <= kLargestImage &&
         std::size_t{info.image_width} * 4 <= row_size;
  if (fits) {
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) jpeg_read_scanlines(&info, &row, 1);
    jpeg_finish_decompress(&info);
  }
  const bool clean = failure.base.num_warnings == 0;
  jpeg_destroy_decompress(&info);
  return clean;
}

void check_jpeg(const std::vector<unsigned char>& bytes) {
  std::vector<unsigned char> row(4 * 65536);
  bool fits = true;
  const bool whole = jpeg_is_whole(bytes.data(), bytes.size(), row.data(), row.size(), fits);
  if (!fits) throw UserError("claims to be too large");
  if (!whole) throw UserError("is cut off or damaged");
}

std::uint32_t big_endian(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

void check_png(const std::vector<unsigned char>& bytes) {
  static constexpr unsigned char kSignature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (bytes.size() < 33 || std::memcmp(bytes.data(), kSignature, 8) != 0) return;
  const std::int64_t width = big_endian(&bytes[16]);
  const std::int64_t height = big_endian(&bytes[20]);
  if (width < 1 || height < 1 || width > (1 << 20) || height > kLargestImage / width) {
    throw UserError("claims to be too large");
  }
  static constexpr char kEnd[] = "IEND";
  if (std::memcmp(&bytes[bytes.size() - 8], kEnd, 4) != 0) throw UserError("is cut off or damaged");
}

/// Orientation 1 to 8 in a TIFF structure, which is also what an EXIF block is; 1 without one.
int tiff_orientation(std::span<const unsigned char> tiff) {
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

/// The EXIF block of a JPEG, PNG or WebP file; empty without one. OpenCV turns TIFFs by itself.
std::span<const unsigned char> exif_block(std::span<const unsigned char> bytes) {
  const auto starts = [&](std::size_t at, std::string_view text) {
    return at + text.size() <= bytes.size() &&
           std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
  };
  const auto big_endian = [&](std::size_t at, int count) {
    std::size_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
  };
  using namespace std::string_view_literals;
  if (starts(0, "\xFF\xD8"sv)) {
    for (std::size_t at = 2; at + 4 < bytes.size() && bytes[at] == 0xFF;) {
      const auto length = big_endian(at + 2, 2);
      if (bytes[at + 1] == 0xDA || length < 2 || at + 2 + length > bytes.size()) return {};
      if (bytes[at + 1] == 0xE1 && length > 16 && starts(at + 4, "Exif\0\0"sv))
        return bytes.subspan(at + 10, length - 8);
      at += 2 + length;
    }
  } else if (starts(0, "\x89PNG"sv)) {
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
      const auto length = big_endian(at, 4);
      if (length > bytes.size() - at - 12) return {};
      if (starts(at + 4, "eXIf"sv)) return bytes.subspan(at + 8, length);
      at += 12 + length;
    }
  } else if (starts(0, "RIFF"sv) && starts(8, "WEBP"sv)) {
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
      const std::size_t length = bytes[at + 4] | std::size_t{bytes[at + 5]} << 8 |
                                 std::size_t{bytes[at + 6]} << 16 |
                                 std::size_t{bytes[at + 7]} << 24;
      if (length > bytes.size() - at - 8) return {};
      if (starts(at, "EXIF"sv)) {
        const auto block = bytes.subspan(at + 8, length);
        return starts(at + 8, "Exif\0\0"sv) ? block.subspan(6) : block;
      }
      at += 8 + length + length % 2;
    }
  }
  return {};
}

cv::Mat oriented(cv::Mat image, int orientation) {
  if (orientation >= 5 && orientation <= 8) cv::transpose(image, image);
  if (orientation == 2 || orientation == 6) cv::flip(image, image, 1);
  if (orientation == 3 || orientation == 7) cv::flip(image, image, -1);
  if (orientation == 4 || orientation == 8) cv::flip(image, image, 0);
  return image;
}

/// Composes alpha over white.
cv::Mat without_alpha(const cv::Mat& image) {
  const double full = image.depth() == CV_16U ? 65535.0 : 255.0;
  std::vector<cv::Mat> planes;
  cv::split(image, planes);
  cv::Mat alpha;
  planes.back().convertTo(alpha, CV_32F, 1.0 / full);
  planes.pop_back();
  for (auto& plane : planes) {
    cv::Mat value;
    plane.convertTo(value, CV_32F);
    value = (value - full).mul(alpha) + full;
    value.convertTo(plane, image.depth());
  }
  cv::Mat result;
  cv::merge(planes, result);
  return result;
}

cv::Mat scaled(const cv::Mat& image, int width, int height) {
  cv::Mat result;
  const bool shrinks = width < image.cols || height < image.rows;
  cv::resize(image, result, {width, height}, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

cv::Mat sized(cv::Mat image, const ResizeOptions& size) {
  if (size.width > 0 && size.height > 0) {
    if (size.fit == ResizeOptions::Fit::kStretch) return scaled(image, size.width, size.height);
    const double across = static_cast<double>(size.width) / image.cols;
    const double down = static_cast<double>(size.height) / image.rows;
    const bool crops = size.fit == ResizeOptions::Fit::kCrop;
    const double ratio = crops ? std::max(across, down) : std::min(across, down);
    image = scaled(image, std::max(1, cvRound(image.cols * ratio)),
                   std::max(1, cvRound(image.rows * ratio)));
    if (crops) {
      const int w = std::min(size.width, image.cols);
      const int h = std::min(size.height, image.rows);
      image = image({(image.cols - w) / 2, (image.rows - h) / 2, w, h});
    }
    const int right = size.width - image.cols;
    const int below = size.height - image.rows;
    cv::Mat result;
    cv::copyMakeBorder(image, result, below / 2, below - below / 2, right / 2, right - right / 2,
                       crops ? cv::BORDER_REPLICATE : cv::BORDER_CONSTANT);
    return result;
  }
  const int shorter = std::min(image.cols, image.rows);
  if (size.shorter_side <= 0 || shorter <= size.shorter_side) return image;
  const double ratio = static_cast<double>(size.shorter_side) / shorter;
  return scaled(image, std::max(1, cvRound(image.cols * ratio)),
                std::max(1, cvRound(image.rows * ratio)));
}

OwnedImage owned(const cv::Mat& image) {
  OwnedImage result;
  result.width = image.cols;
  result.height = image.rows;
  result.channels = image.channels();
  result.dtype = image.depth() == CV_16U ? PixelType::kU16 : PixelType::kU8;
  const std::size_t row = static_cast<std::size_t>(image.cols) * image.elemSize();
  result.pixels.resize(row * static_cast<std::size_t>(image.rows));
  for (int y = 0; y < image.rows; ++y) {
    std::memcpy(&result.pixels[row * static_cast<std::size_t>(y)], image.ptr(y), row);
  }
  return result;
}

class OpenCvDecoder final : public ImageDecoder {
 public:
  OpenCvDecoder() { cv::setNumThreads(1); }  // Files are decoded in parallel already.

  OwnedImage decode(const fs::path& file, const ResizeOptions& size) const override {
    const auto bytes = read_file(file);
    if (bytes.empty()) throw UserError("is empty");
    const bool jpeg = is_jpeg(bytes);
    if (jpeg) check_jpeg(bytes);
    check_png(bytes);
    cv::Mat image;
    try {
      image = cv::imdecode(bytes, cv::IMREAD_UNCHANGED | cv::IMREAD_IGNORE_ORIENTATION);
    } catch (const cv::Exception&) {
      throw UserError("is damaged");
    }
    if (image.empty()) throw UserError("is not an image, or is damaged");
    if (image.depth() != CV_8U && image.depth() != CV_16U) {
      throw UserError("has values of a kind that is not taken (8 and 16 bit integers are)");
    }
    image = oriented(image, tiff_orientation(exif_block(bytes)));
    if (image.channels() == 2 || image.channels() == 4) image = without_alpha(image);
    if (image.channels() == 3) cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
    if (image.channels() == 3 && is_grey_file(bytes)) cv::extractChannel(image, image, 0);
    return owned(sized(image, size));
  }

 private:
  /// A PNG of grey with alpha, which OpenCV returns as colour.
  static bool is_grey_file(const std::vector<unsigned char>& bytes) {
    return bytes.size() > 26 && bytes[0] == 0x89 && bytes[1] == 'P' && bytes[25] == 4;
  }
};

}  // namespace
}  // namespace pretext

extern "C" pretext::ImageDecoder* pretext_make_image_decoder() {
  return new pretext::OpenCvDecoder;
}
