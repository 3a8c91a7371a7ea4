#pragma once

#include <cstdint>

namespace pretext {

/// A piece of a text and the bytes of the text that it was made from.
struct Token {
  std::int32_t id = 0;
  std::uint32_t begin = 0;  ///< Byte offset into the text.
  std::uint32_t end = 0;

  bool operator==(const Token&) const = default;
};

}  // namespace pretext
