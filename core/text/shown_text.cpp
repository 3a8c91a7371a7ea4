#include "core/text/shown_text.h"

#include "core/text/utf8.h"

namespace pretext {

std::string shown_text(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string shown;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto point = read_code_point(bytes, at);
    const bool is_control = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0);
    const auto own = bytes.substr(at, point.size);
    at += point.size;
    if (point.is_valid && !is_control) {
      shown += own;
      continue;
    }
    for (const char c : own) {
      const auto byte = static_cast<unsigned char>(c);
      shown += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return shown;
}

}  // namespace pretext
