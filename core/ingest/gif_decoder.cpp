#include "core/base/error.h"
#include "core/ingest/codecs.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

// CompuServe, "Graphics Interchange Format, version 89a", 1990; its variant of the Lempel-Ziv-Welch
// code is in appendix F.
namespace pretext {
namespace {

[[noreturn]] void refuse() {
  throw UserError("is cut off or damaged");
}

/// Takes bytes from the front; throws where there are none.
class Reader {
 public:
  explicit Reader(Bytes bytes) : rest_(bytes) {}
  unsigned u8() { return take(1)[0]; }
  unsigned u16() {
    const auto two = take(2);
    return two[0] | unsigned{two[1]} << 8;
  }
  Bytes take(std::size_t count) {
    if (count > rest_.size()) refuse();
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  bool is_at_end() const { return rest_.empty(); }

 private:
  Bytes rest_;
};

void skip_blocks(Reader& reader) {
  while (const auto size = reader.u8()) reader.take(size);
}

/// Three bytes a colour; by the flags of a screen or a picture.
Bytes palette(Reader& reader, unsigned flags) {
  return flags & 0x80 ? reader.take(std::size_t{3} << ((flags & 7) + 1)) : Bytes();
}

/// Unpacks the numbers of a picture's colours, a call a number.
class Numbers {
 public:
  explicit Numbers(Reader& reader) : reader_(reader), num_bits_(reader.u8()) {
    if (num_bits_ < 1 || num_bits_ > 8) refuse();
    for (unsigned i = 0; i < clear(); ++i) last_[i] = static_cast<unsigned char>(i);
    reset();
  }

  unsigned next() {
    while (stack_.empty()) read_code();
    const auto number = stack_.back();
    stack_.pop_back();
    return number;
  }

 private:
  static constexpr unsigned kMostCodes = 4096;
  static constexpr unsigned kNone = kMostCodes;

  unsigned clear() const { return 1U << num_bits_; }

  void reset() {
    code_bits_ = num_bits_ + 1;
    num_codes_ = clear() + 2;
    before_ = kNone;
  }

  unsigned code() {
    while (num_held_ < code_bits_) {
      if (block_.empty()) {
        block_ = reader_.take(reader_.u8());
        if (block_.empty()) refuse();
      }
      held_ |= std::uint32_t{block_[0]} << num_held_;
      num_held_ += 8;
      block_ = block_.subspan(1);
    }
    const auto value = held_ & ((1U << code_bits_) - 1);
    held_ >>= code_bits_;
    num_held_ -= code_bits_;
    return value;
  }

  void read_code() {
    const auto read = code();
    if (read == clear()) return reset();
    if (read == clear() + 1) refuse();  // The end, before the last pixel.
    if (read > num_codes_ || (read == num_codes_ && before_ == kNone)) refuse();
    // One that is about to be made: what came before, and its first number once more.
    const bool is_new = read == num_codes_;
    if (is_new) stack_.push_back(0);
    auto at = is_new ? before_ : read;
    for (; at >= clear(); at = prefix_[at]) stack_.push_back(last_[at]);
    stack_.push_back(last_[at]);
    const auto first = last_[at];
    if (is_new) stack_.front() = first;
    if (before_ != kNone && num_codes_ < kMostCodes) {
      prefix_[num_codes_] = static_cast<std::uint16_t>(before_);
      last_[num_codes_] = first;
      ++num_codes_;
    }
    if (num_codes_ >= 1U << code_bits_ && code_bits_ < 12) ++code_bits_;
    before_ = read;
  }

  Reader& reader_;
  unsigned num_bits_;
  Bytes block_;
  std::uint32_t held_ = 0;
  unsigned num_held_ = 0;
  unsigned code_bits_ = 0, num_codes_ = 0, before_ = kNone;
  std::array<std::uint16_t, kMostCodes> prefix_{};
  std::array<unsigned char, kMostCodes> last_{};
  std::vector<unsigned char> stack_;  // Numbers in the reverse order.
};

/// The rows of a picture in the order that they are stored.
std::vector<unsigned> row_order(unsigned height, bool is_interlaced) {
  std::vector<unsigned> rows;
  if (!is_interlaced) {
    for (unsigned y = 0; y < height; ++y) rows.push_back(y);
    return rows;
  }
  static constexpr std::array<std::pair<unsigned, unsigned>, 4> kPasses = {
      {{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
  for (const auto& [begin, step] : kPasses)
    for (auto y = begin; y < height; y += step) rows.push_back(y);
  return rows;
}

struct Screen {
  unsigned width = 0, height = 0;
  Bytes colours;
  int transparent = -1;
};

cv::Mat read_picture(Reader& reader, const Screen& screen, const Admit& admit) {
  const auto left = reader.u16(), top = reader.u16();
  const auto width = reader.u16(), height = reader.u16();
  const auto flags = reader.u8();
  const auto own = palette(reader, flags);
  const auto colours = own.empty() ? screen.colours : own;
  const bool has_screen = screen.width > 0 && screen.height > 0;
  const auto columns = has_screen ? screen.width : left + width;
  const auto rows = has_screen ? screen.height : top + height;
  admit(columns, rows);
  admit(width, height);
  cv::Mat pixels(static_cast<int>(rows), static_cast<int>(columns), CV_8UC4, cv::Scalar::all(0));
  Numbers numbers(reader);
  for (const auto y : row_order(height, flags & 0x40)) {
    for (unsigned x = 0; x < width; ++x) {
      const auto number = numbers.next();
      if (static_cast<int>(number) == screen.transparent || left + x >= columns ||
          top + y >= rows || std::size_t{3} * number + 2 >= colours.size())
        continue;
      auto* pixel = pixels.ptr(static_cast<int>(top + y), static_cast<int>(left + x));
      for (std::size_t c = 0; c < 3; ++c) pixel[c] = colours[3 * number + c];
      pixel[3] = 255;
    }
  }
  return pixels;
}

/// Whether another picture follows the first; what is behind the first is not worth a complaint.
bool has_another(Reader reader) {
  try {
    skip_blocks(reader);
    while (!reader.is_at_end()) {
      const auto kind = reader.u8();
      if (kind == 0x2C) return true;
      if (kind != 0x21) return false;
      reader.u8();
      skip_blocks(reader);
    }
    return false;
  } catch (const UserError&) {  // Cut off: there is none that could be shown.
    return false;
  }
}

}  // namespace

DecodedPicture decode_gif(Bytes bytes, const Admit& admit) {
  Reader reader(bytes);
  reader.take(6);
  Screen screen;
  screen.width = reader.u16();
  screen.height = reader.u16();
  const auto flags = reader.u8();
  reader.take(2);
  screen.colours = palette(reader, flags);
  for (;;) {
    const auto kind = reader.u8();
    if (kind == 0x2C) break;
    if (kind != 0x21) refuse();
    if (reader.u8() == 0xF9) {
      const auto control = reader.take(reader.u8());
      if (control.size() >= 4) screen.transparent = control[0] & 1 ? control[3] : -1;
    }
    skip_blocks(reader);
  }
  DecodedPicture picture;
  picture.pixels = read_picture(reader, screen, admit);
  picture.is_first_of_several = has_another(reader);
  return picture;
}

}  // namespace pretext
