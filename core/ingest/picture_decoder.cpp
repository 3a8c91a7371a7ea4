#include "core/base/error.h"
#include "core/corpus/image_format.h"
#include "core/corpus/image_source.h"
#include "core/ingest/codecs.h"
#include "core/ingest/resize.h"

#include <opencv2/core.hpp>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <mutex>
#include <new>
#include <sys/stat.h>
#include <system_error>
#include <tiffio.h>
#include <unistd.h>
#include <vector>

// The library `pretext_ingest`: what reads the formats of pictures. A file's signature chooses the
// one reader that gets its bytes. OpenCV's own readers are not used: among them is GDAL, which
// takes whatever has its marks, opens files that it names, and uses the network.
namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargestImage = std::int64_t{1} << 28;  // px; above it a header is a lie.
constexpr std::int64_t kLargestSide = std::int64_t{1} << 20;   // px
constexpr std::int64_t kMostAtOnce = kLargestImage;  // px of all that are being decoded together.
constexpr std::int64_t kLargestFile = std::int64_t{1} << 31;  // Bytes.

/// Lets as many pictures be decoded together as there is memory for.
class PixelBudget {
 public:
  void take(std::int64_t pixels) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [&] { return used_ + pixels <= kMostAtOnce; });
    used_ += pixels;
  }
  void give_back(std::int64_t pixels) {
    {
      const std::scoped_lock lock(mutex_);
      used_ -= pixels;
    }
    has_room_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable has_room_;
  std::int64_t used_ = 0;  // Guarded by `mutex_`.
};

/// One picture's part of the budget, for as long as it lives.
class PixelShare {
 public:
  explicit PixelShare(PixelBudget& budget) : budget_(budget) {}
  ~PixelShare() {
    if (taken_ > 0) budget_.give_back(taken_);
  }
  PixelShare(const PixelShare&) = delete;
  PixelShare& operator=(const PixelShare&) = delete;

  /// Takes once: waiting with some in hand could wait for ever.
  void admit(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1) throw UserError("has no pixels");
    if (width > kLargestSide || height > kLargestSide || height > kLargestImage / width)
      throw UserError("claims to be too large");
    if (taken_ > 0) return;
    taken_ = width * height;
    budget_.take(taken_);
  }

 private:
  PixelBudget& budget_;
  std::int64_t taken_ = 0;
};

class OpenFile {
 public:
  explicit OpenFile(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) fail("opened");
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::vector<unsigned char> read() const {
    struct stat about {};
    if (::fstat(descriptor_, &about) != 0) fail("read");
    if (!S_ISREG(about.st_mode)) throw UserError("is no file");
    if (about.st_size > kLargestFile) throw UserError("is larger than 2 GiB");
    std::vector<unsigned char> bytes(static_cast<std::size_t>(about.st_size));
    std::size_t size = 0;
    while (size < bytes.size()) {
      const auto got = ::read(descriptor_, bytes.data() + size, bytes.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("read");
      if (got == 0) break;
      size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return bytes;
  }

 private:
  [[noreturn]] static void fail(const char* what) {
    const auto why = std::generic_category().message(errno);
    throw UserError(std::string("cannot be ") + what + " (" + why + ")");
  }

  int descriptor_;
};

DecodedPicture decoded(Bytes bytes, const Admit& admit) {
  const auto format = image_format(bytes);
  if (!format) {
    const auto other = foreign_format(bytes);
    throw UserError(other.empty() ? "is not a JPEG, PNG, BMP, TIFF, WebP or GIF picture"
                                  : "is " + other + ", which is not read: save it as JPEG or PNG");
  }
  switch (*format) {
    case ImageFormat::kBmp:
      return decode_bmp(bytes, admit);
    case ImageFormat::kGif:
      return decode_gif(bytes, admit);
    case ImageFormat::kJpeg:
      return decode_jpeg(bytes, admit);
    case ImageFormat::kPng:
      return decode_png(bytes, admit);
    case ImageFormat::kTiff:
      return decode_tiff(bytes, admit);
    case ImageFormat::kWebp:
      return decode_webp(bytes, admit);
  }
  throw UserError("is not a picture");
}

cv::Mat oriented(cv::Mat image, int orientation) {
  if (orientation >= 5 && orientation <= 8) cv::transpose(image, image);
  if (orientation == 2 || orientation == 6) cv::flip(image, image, 1);
  if (orientation == 3 || orientation == 7) cv::flip(image, image, -1);
  if (orientation == 4 || orientation == 8) cv::flip(image, image, 0);
  return image;
}

/// Composes alpha, the last channel, over white.
template <typename Value>
cv::Mat over_white(const cv::Mat& image, bool is_premultiplied) {
  constexpr float kFull = std::numeric_limits<Value>::max();
  const int channels = image.channels() - 1;
  cv::Mat result(image.rows, image.cols, CV_MAKETYPE(image.depth(), channels));
  for (int y = 0; y < image.rows; ++y) {
    const auto* from = image.ptr<Value>(y);
    auto* to = result.ptr<Value>(y);
    for (int x = 0; x < image.cols; ++x, from += channels + 1, to += channels) {
      const float alpha = static_cast<float>(from[channels]) * (1.0F / kFull);
      for (int c = 0; c < channels; ++c) {
        const auto value = static_cast<float>(from[c]);
        const float composed =
            is_premultiplied ? value + kFull * (1.0F - alpha) : (value - kFull) * alpha + kFull;
        to[c] = cv::saturate_cast<Value>(composed);
      }
    }
  }
  return result;
}

cv::Mat without_alpha(const DecodedPicture& picture) {
  const auto& image = picture.pixels;
  if (image.channels() == 1 || image.channels() == 3) return image;
  return image.depth() == CV_16U ? over_white<std::uint16_t>(image, picture.is_premultiplied)
                                 : over_white<std::uint8_t>(image, picture.is_premultiplied);
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

class PictureDecoder final : public ImageDecoder {
 public:
  PictureDecoder() {
    cv::setNumThreads(1);  // Files are decoded in parallel already.
    // What libtiff says outside of one file's handlers.
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
  }

  OwnedImage decode(const fs::path& file, const ResizeOptions& size) const override {
    const auto bytes = OpenFile(file).read();
    if (bytes.empty()) throw UserError("is empty");
    PixelShare share(budget_);
    try {
      auto picture = decoded(
          bytes, [&](std::int64_t width, std::int64_t height) { share.admit(width, height); });
      picture.pixels = without_alpha(picture);
      auto image = owned(sized(oriented(picture.pixels, picture.orientation), size));
      image.is_first_of_several = picture.is_first_of_several;
      return image;
    } catch (const cv::Exception&) {
      throw UserError("needs more memory than there is");
    } catch (const std::bad_alloc&) {
      throw UserError("needs more memory than there is");
    }
  }

 private:
  mutable PixelBudget budget_;
};

}  // namespace
}  // namespace pretext

extern "C" pretext::ImageDecoder* pretext_make_image_decoder() {
  return new pretext::PictureDecoder;
}
