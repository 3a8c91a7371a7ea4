#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <functional>
#include <span>

// One function a format, each over one library that reads that format alone: no other reader can be
// chosen by what a file holds. They write nothing to the terminal and open no file. Each throws
// UserError with the reason alone, e.g. "is cut off or damaged".
namespace pretext {

using Bytes = std::span<const unsigned char>;

/// Told the size of a picture before memory is taken for it; throws UserError for one that is not
/// to be read.
using Admit = std::function<void(std::int64_t width, std::int64_t height)>;

/// The first picture of a file.
struct DecodedPicture {
  /// Grey, grey and alpha, RGB, or RGB and alpha, by its channels; CV_8U or CV_16U.
  cv::Mat pixels;
  bool is_premultiplied = false;     ///< Its colours are multiplied by alpha already.
  bool is_first_of_several = false;  ///< The file moves or has pages.
  int orientation = 1;               ///< 1 to 8, as EXIF has it.
};

DecodedPicture decode_bmp(Bytes bytes, const Admit& admit);
DecodedPicture decode_gif(Bytes bytes, const Admit& admit);
DecodedPicture decode_jpeg(Bytes bytes, const Admit& admit);
DecodedPicture decode_png(Bytes bytes, const Admit& admit);
DecodedPicture decode_tiff(Bytes bytes, const Admit& admit);
DecodedPicture decode_webp(Bytes bytes, const Admit& admit);

}  // namespace pretext
