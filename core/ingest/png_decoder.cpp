#include "core/base/error.h"
#include "core/ingest/codecs.h"
#include "core/ingest/exif.h"

#include <bit>
#include <cstring>
#include <png.h>
#include <vector>

// libpng leaves by `longjmp`: what it may skip has no destructors.
namespace pretext {
namespace {

[[noreturn]] void leave(png_structp png, png_const_charp /*message*/) {
  png_longjmp(png, 1);
}

void say_nothing(png_structp /*png*/, png_const_charp /*message*/) {}

class PngReader {
 public:
  explicit PngReader(Bytes bytes) : rest_(bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, say_nothing);
    if (png_) info_ = png_create_info_struct(png_);
    if (!info_) throw UserError("needs more memory than there is");
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  bool read_header() {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_read_fn(png_, this, give);
    png_set_user_limits(png_, 1 << 20, 1 << 20);
    // Texts, profiles and times are passed over unread: they may unpack to very much.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(png_, info_);
    return true;
  }

  std::int64_t width() const { return png_get_image_width(png_, info_); }
  std::int64_t height() const { return png_get_image_height(png_, info_); }

  /// Asks for 8 or 16 bits a value, in this machine's order, and for no palette.
  bool choose_form() {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_expand(png_);
    if constexpr (std::endian::native == std::endian::little) png_set_swap(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }

  int type() const {
    return CV_MAKETYPE(png_get_bit_depth(png_, info_) == 16 ? CV_16U : CV_8U,
                       png_get_channels(png_, info_));
  }

  /// One pointer a row.
  bool read_pixels(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_))) return false;
    png_read_image(png_, rows);
    return true;
  }

 private:
  static void give(png_structp png, png_bytep to, std::size_t size) {
    auto& rest = static_cast<PngReader*>(png_get_io_ptr(png))->rest_;
    if (size > rest.size()) png_error(png, "");
    std::memcpy(to, rest.data(), size);
    rest = rest.subspan(size);
  }

  Bytes rest_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

}  // namespace

DecodedPicture decode_png(Bytes bytes, const Admit& admit) {
  // Before libpng, which refuses large ones as damaged, and takes other chunks before the header.
  constexpr std::size_t kHeader = 12, kWidth = 16, kHeight = 20, kEnd = 24;
  if (bytes.size() < kEnd || std::memcmp(&bytes[kHeader], "IHDR", 4) != 0)
    throw UserError("is cut off or damaged");
  const auto number = [&](std::size_t at) {
    return std::int64_t{bytes[at]} << 24 | std::int64_t{bytes[at + 1]} << 16 |
           std::int64_t{bytes[at + 2]} << 8 | bytes[at + 3];
  };
  admit(number(kWidth), number(kHeight));
  PngReader reader(bytes);
  if (!reader.read_header() || !reader.choose_form()) throw UserError("is cut off or damaged");
  DecodedPicture picture;
  picture.pixels.create(static_cast<int>(reader.height()), static_cast<int>(reader.width()),
                        reader.type());
  std::vector<png_bytep> rows;
  rows.reserve(static_cast<std::size_t>(picture.pixels.rows));
  for (int y = 0; y < picture.pixels.rows; ++y) rows.push_back(picture.pixels.ptr(y));
  if (!reader.read_pixels(rows.data())) throw UserError("is cut off or damaged");
  picture.orientation = exif_orientation(bytes);
  picture.is_first_of_several = has_png_chunk(bytes, "acTL");
  return picture;
}

}  // namespace pretext
