#include "core/base/error.h"
#include "core/ingest/codecs.h"
#include "core/ingest/exif.h"

#include <csetjmp>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>

// libjpeg leaves by `longjmp`: what it may skip has no destructors.
namespace pretext {
namespace {

constexpr int kMostScans = 500;  // A file of many more is made to take minutes.

struct JpegFailure {
  jpeg_error_mgr base;
  std::jmp_buf jump;
};

[[noreturn]] void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegFailure*>(info->err)->jump, 1);
}

/// Counts what leaves pixels missing; stray bytes and odd markers do not.
void note_warning(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
      ++info->err->num_warnings;
      break;
    default:
      break;
  }
}

void say_nothing(j_common_ptr /*info*/) {}

void watch_scans(j_common_ptr info) {
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMostScans) leave(info);
}

class JpegReader {
 public:
  JpegReader() {
    info_.err = jpeg_std_error(&failure_.base);
    failure_.base.error_exit = leave;
    failure_.base.emit_message = note_warning;
    failure_.base.output_message = say_nothing;
    progress_.progress_monitor = watch_scans;
  }
  ~JpegReader() { jpeg_destroy_decompress(&info_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  bool read_header(Bytes bytes) {
    if (setjmp(failure_.jump)) return false;
    jpeg_create_decompress(&info_);
    info_.progress = &progress_;
    jpeg_mem_src(&info_, bytes.data(), bytes.size());
    jpeg_read_header(&info_, TRUE);
    return true;
  }

  int width() const { return static_cast<int>(info_.image_width); }
  int height() const { return static_cast<int>(info_.image_height); }
  int num_components() const { return info_.num_components; }

  /// Into rows of as many channels as there are components; of four they are inks.
  bool read_pixels(unsigned char* pixels, std::size_t row_size) {
    if (setjmp(failure_.jump)) return false;
    info_.out_color_space = info_.num_components == 1   ? JCS_GRAYSCALE
                            : info_.num_components == 4 ? JCS_CMYK
                                                        : JCS_RGB;
    jpeg_start_decompress(&info_);
    while (info_.output_scanline < info_.output_height) {
      JSAMPROW row = pixels + row_size * info_.output_scanline;
      jpeg_read_scanlines(&info_, &row, 1);
    }
    return failure_.base.num_warnings == 0;
  }

 private:
  jpeg_decompress_struct info_{};
  JpegFailure failure_{};
  jpeg_progress_mgr progress_{};
};

/// Inks as Adobe's programs store them, which is inverted, to RGB.
cv::Mat without_inks(const cv::Mat& inks) {
  cv::Mat colours(inks.rows, inks.cols, CV_8UC3);
  for (int y = 0; y < inks.rows; ++y) {
    const auto* from = inks.ptr<unsigned char>(y);
    auto* to = colours.ptr<unsigned char>(y);
    for (int x = 0; x < inks.cols; ++x, from += 4, to += 3) {
      const int black = from[3];
      for (int c = 0; c < 3; ++c)
        to[c] = static_cast<unsigned char>(black - ((255 - from[c]) * black >> 8));
    }
  }
  return colours;
}

}  // namespace

DecodedPicture decode_jpeg(Bytes bytes, const Admit& admit) {
  JpegReader reader;
  if (!reader.read_header(bytes)) throw UserError("is cut off or damaged");
  admit(reader.width(), reader.height());
  const int channels = reader.num_components();
  if (channels != 1 && channels != 3 && channels != 4)
    throw UserError("has colours of a kind that is not taken (grey, RGB and CMYK are)");
  DecodedPicture picture;
  picture.pixels.create(reader.height(), reader.width(), CV_8UC(channels));
  if (!reader.read_pixels(picture.pixels.data, picture.pixels.step[0]))
    throw UserError("is cut off or damaged");
  if (channels == 4) picture.pixels = without_inks(picture.pixels);
  picture.orientation = exif_orientation(bytes);
  return picture;
}

}  // namespace pretext
