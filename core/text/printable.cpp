#include "core/text/printable.h"

#include "core/text/utf8.h"

#include <cstdio>

namespace pretext {
namespace {

bool is_control(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0);
}

/// Left-to-right and right-to-left marks, embeddings, overrides and isolates.
bool turns_direction(char32_t value) {
  return value == 0x200E || value == 0x200F || (value >= 0x202A && value <= 0x202E) ||
         (value >= 0x2066 && value <= 0x2069);
}

std::string escaped(const char* pattern, unsigned value) {
  char text[16];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

struct Kept {
  bool lines = false;
  bool direction = false;
};

std::string shown(std::string_view text, Kept kept) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = read_code_point(text, at);
    const auto own = text.substr(at, point.size);
    at += point.size;
    const bool is_layout = point.value == '\n' || point.value == '\t';
    if (is_layout && !kept.lines) {
      result += point.value == '\n' ? "\\n" : "\\t";
    } else if (!point.is_valid || (is_control(point.value) && !is_layout)) {
      for (const char byte : own) result += escaped("\\x%02X", static_cast<unsigned char>(byte));
    } else if (turns_direction(point.value) && !kept.direction) {
      result += escaped("\\u%04X", static_cast<unsigned>(point.value));
    } else {
      result += own;
    }
  }
  return result;
}

}  // namespace

bool needs_escape(char32_t value) {
  return is_control(value) || turns_direction(value);
}

std::string printable(std::string_view text) {
  return shown(text, {.lines = true});
}

std::string printable_line(std::string_view text) {
  return shown(text, {});
}

std::string printable_name(std::string_view bytes) {
  return shown(bytes, {.direction = true});
}

}  // namespace pretext
