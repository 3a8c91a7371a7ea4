#include "core/base/error.h"
#include "core/ingest/codecs.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>
#include <tiffio.h>
#include <vector>

namespace pretext {
namespace {

constexpr tmsize_t kMostMemory = tmsize_t{1} << 31;  // Bytes that one request of libtiff may take.

/// A file in memory, as libtiff asks for it.
struct Memory {
  Bytes bytes;
  std::uint64_t at = 0;
};

tmsize_t read_some(thandle_t handle, void* to, tmsize_t size) {
  auto& memory = *static_cast<Memory*>(handle);
  if (memory.at >= memory.bytes.size() || size < 0) return 0;
  const auto taken =
      std::min<std::uint64_t>(static_cast<std::uint64_t>(size), memory.bytes.size() - memory.at);
  std::memcpy(to, memory.bytes.data() + memory.at, taken);
  memory.at += taken;
  return static_cast<tmsize_t>(taken);
}

tmsize_t write_nothing(thandle_t /*handle*/, void* /*from*/, tmsize_t /*size*/) {
  return 0;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& memory = *static_cast<Memory*>(handle);
  memory.at = offset + (whence == SEEK_CUR   ? memory.at
                        : whence == SEEK_END ? memory.bytes.size()
                                             : 0);
  return memory.at;
}

int close_nothing(thandle_t /*handle*/) {
  return 0;
}

toff_t size_of(thandle_t handle) {
  return static_cast<Memory*>(handle)->bytes.size();
}

int say_nothing(TIFF* /*tiff*/, void* /*data*/, const char* /*module*/, const char* /*format*/,
                va_list /*values*/) {
  return 1;  // Else the library's own handler would print it.
}

using Tiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

Tiff open(Memory& memory) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(
      TIFFOpenOptionsAlloc(), &TIFFOpenOptionsFree);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMostMemory);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
  return {TIFFClientOpenExt("picture", "rm", &memory, read_some, write_nothing, seek, close_nothing,
                            size_of, nullptr, nullptr, options.get()),
          &TIFFClose};
}

/// What is told of a picture before its pixels.
struct Form {
  int width = 0;
  int height = 0;
  std::uint16_t bits = 1, channels = 1, format = SAMPLEFORMAT_UINT, meaning = 0, planes = 0;
  std::uint16_t orientation = 1;
  bool has_alpha = false;
  bool is_premultiplied = false;

  bool is_grey() const {
    return meaning == PHOTOMETRIC_MINISBLACK || meaning == PHOTOMETRIC_MINISWHITE;
  }
  int num_colours() const { return is_grey() ? 1 : 3; }
  int num_kept() const { return num_colours() + (has_alpha ? 1 : 0); }
};

Form form_of(TIFF* tiff, const Admit& admit) {
  Form form;
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  admit(width, height);
  form.width = static_cast<int>(width);
  form.height = static_cast<int>(height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &form.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &form.channels);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &form.format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &form.planes);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &form.orientation);
  if (!TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &form.meaning))
    form.meaning = form.channels >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  std::uint16_t num_extra = 0;
  std::uint16_t* extra = nullptr;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &num_extra, &extra);
  // Another channel that says it is no alpha, such as near infrared, is left out.
  const bool may_be_alpha =
      num_extra == 0 || extra[0] == EXTRASAMPLE_ASSOCALPHA || extra[0] == EXTRASAMPLE_UNASSALPHA;
  form.has_alpha = may_be_alpha && (form.is_grey() || form.meaning == PHOTOMETRIC_RGB) &&
                   form.channels == form.num_colours() + 1;
  form.is_premultiplied = num_extra > 0 && extra[0] == EXTRASAMPLE_ASSOCALPHA;
  return form;
}

[[noreturn]] void refuse_kind() {
  throw UserError("has values of a kind that is not taken (8 and 16 bit integers are)");
}

[[noreturn]] void refuse_channels(int channels) {
  throw UserError("has " + std::to_string(channels) +
                  " channels that are not those of grey or RGB: save it as one of these");
}

/// The first channels of a picture.
cv::Mat first_channels(const cv::Mat& pixels, int count) {
  if (pixels.channels() == count) return pixels;
  std::vector<int> moves;
  for (int i = 0; i < count; ++i) moves.insert(moves.end(), {i, i});
  cv::Mat kept(pixels.rows, pixels.cols, CV_MAKETYPE(pixels.depth(), count));
  cv::mixChannels(&pixels, 1, &kept, 1, moves.data(), static_cast<std::size_t>(count));
  return kept;
}

/// Numbers of 9 to 15 bits, one after the other, or of 16 as they are.
void unpack(const unsigned char* from, unsigned bits, std::size_t count, std::uint16_t* to) {
  if (bits == 16) {
    std::memcpy(to, from, 2 * count);
    return;
  }
  std::uint32_t held = 0;
  unsigned num_held = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (; num_held < bits; num_held += 8) held = held << 8 | *from++;
    num_held -= bits;
    to[i] = static_cast<std::uint16_t>(held >> num_held & ((1U << bits) - 1));
  }
}

/// Puts `count` values of a row into the picture; of separate planes these are one channel's.
void put(cv::Mat& pixels, const Form& form, int y, int x, int plane, const std::uint16_t* values,
         int num_pixels) {
  auto* row = pixels.ptr<std::uint16_t>(y) + static_cast<std::ptrdiff_t>(x) * form.channels;
  if (form.planes == PLANARCONFIG_CONTIG) {
    std::copy_n(values, num_pixels * form.channels, row);
    return;
  }
  for (int i = 0; i < num_pixels; ++i) row[i * form.channels + plane] = values[i];
}

void read_rows(TIFF* tiff, const Form& form, int plane, int values_a_pixel, cv::Mat& pixels) {
  const auto count =
      static_cast<std::size_t>(form.width) * static_cast<std::size_t>(values_a_pixel);
  const auto row_bytes = static_cast<std::size_t>(TIFFScanlineSize(tiff));
  if (row_bytes < (count * form.bits + 7) / 8) throw UserError("is cut off or damaged");
  std::vector<unsigned char> row(row_bytes);
  std::vector<std::uint16_t> values(count);
  for (int y = 0; y < form.height; ++y) {
    if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y),
                         static_cast<std::uint16_t>(plane)) < 0)
      throw UserError("is cut off or damaged");
    unpack(row.data(), form.bits, count, values.data());
    put(pixels, form, y, 0, plane, values.data(), form.width);
  }
}

void read_tiles(TIFF* tiff, const Form& form, int plane, int values_a_pixel, cv::Mat& pixels) {
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
  const auto tile_bytes = TIFFTileSize(tiff);
  const auto row_values = std::size_t{width} * static_cast<std::size_t>(values_a_pixel);
  if (form.bits != 16) refuse_kind();
  if (width == 0 || height == 0 || tile_bytes <= 0 || tile_bytes > kMostMemory ||
      static_cast<std::size_t>(tile_bytes) < 2 * row_values * height)
    throw UserError("is cut off or damaged");
  std::vector<std::uint16_t> tile(static_cast<std::size_t>(tile_bytes) / 2 + 1);
  for (int y = 0; y < form.height; y += static_cast<int>(height)) {
    for (int x = 0; x < form.width; x += static_cast<int>(width)) {
      if (TIFFReadTile(tiff, tile.data(), static_cast<std::uint32_t>(x),
                       static_cast<std::uint32_t>(y), 0, static_cast<std::uint16_t>(plane)) < 0)
        throw UserError("is cut off or damaged");
      const int columns = std::min(static_cast<int>(width), form.width - x);
      const int rows = std::min(static_cast<int>(height), form.height - y);
      for (int i = 0; i < rows; ++i)
        put(pixels, form, y + i, x, plane, &tile[static_cast<std::size_t>(i) * row_values],
            columns);
    }
  }
}

cv::Mat read_deep(TIFF* tiff, const Form& form) {
  const bool is_colour = form.meaning == PHOTOMETRIC_RGB && form.channels >= 3;
  if (!is_colour && !form.is_grey()) refuse_kind();
  if (form.channels > form.num_colours() + 1) refuse_channels(form.channels);
  cv::Mat pixels(form.height, form.width, CV_16UC(form.channels));
  const bool is_together = form.planes == PLANARCONFIG_CONTIG;
  const auto read = TIFFIsTiled(tiff) ? read_tiles : read_rows;
  for (int plane = 0; plane < (is_together ? 1 : form.channels); ++plane)
    read(tiff, form, plane, is_together ? form.channels : 1, pixels);
  if (form.meaning == PHOTOMETRIC_MINISWHITE && form.channels == 1)
    cv::subtract(cv::Scalar((1 << form.bits) - 1), pixels, pixels);
  return first_channels(pixels, form.num_kept());
}

/// Of at most 8 bits a value, in any colours that libtiff turns into RGB.
cv::Mat read_flat(TIFF* tiff, const Form& form) {
  if (form.is_grey() && form.channels > 2) refuse_channels(form.channels);
  cv::Mat raster(form.height, form.width, CV_8UC4);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);  // It is turned by the caller.
  if (!TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(form.width),
                                 static_cast<std::uint32_t>(form.height),
                                 raster.ptr<std::uint32_t>(), ORIENTATION_TOPLEFT, 1))
    throw UserError("is cut off or damaged");
  if (!form.is_grey() || !form.has_alpha) return first_channels(raster, form.num_kept());
  cv::Mat pixels(form.height, form.width, CV_8UC2);
  cv::mixChannels(raster, pixels, {0, 0, 3, 1});
  return pixels;
}

}  // namespace

DecodedPicture decode_tiff(Bytes bytes, const Admit& admit) {
  Memory memory{bytes};
  const auto tiff = open(memory);
  if (!tiff) throw UserError("is cut off or damaged");
  const auto form = form_of(tiff.get(), admit);
  char why[1024] = "";
  const bool is_whole = form.format == SAMPLEFORMAT_UINT || form.format == SAMPLEFORMAT_VOID;
  const bool is_deep = form.bits > 8 && form.bits <= 16;
  if (!is_whole || form.bits > 16 || (!is_deep && !TIFFRGBAImageOK(tiff.get(), why))) refuse_kind();
  DecodedPicture picture;
  picture.orientation = form.orientation;
  picture.is_first_of_several = !TIFFLastDirectory(tiff.get());
  picture.pixels = is_deep ? read_deep(tiff.get(), form) : read_flat(tiff.get(), form);
  // libtiff multiplies colours by their alpha, and leaves grey as it is.
  const bool is_multiplied_here = !is_deep && !form.is_grey();
  picture.is_premultiplied = form.has_alpha && (is_multiplied_here || form.is_premultiplied);
  return picture;
}

}  // namespace pretext
