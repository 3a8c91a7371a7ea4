#pragma once

#include "core/base/philox.h"

#include <cstdint>

namespace pretext {

/// Draws one after the other from the numbers that belong to one address; nothing else decides
/// them. At most 2^26 words.
class RandomStream {
 public:
  /// `at`: its view, operation and draw are counted on from 0.
  explicit RandomStream(const RandomAddress& at) : at_(at) {}

  std::uint32_t word() {
    if (used_ % 4 == 0) {
      const auto block = used_ / 4;
      at_.view = static_cast<std::uint8_t>(block >> 16);
      at_.operation = static_cast<std::uint8_t>(block >> 8);
      at_.draw = static_cast<std::uint8_t>(block);
      words_ = random_words(at_);
    }
    return words_.word[used_++ % 4];
  }
  /// In [0, 1).
  float share() { return uniform(word()); }
  /// In [0, bound); bound >= 1.
  std::int64_t index(std::int64_t bound) {
    return uniform_index(word(), static_cast<std::uint32_t>(bound));
  }

 private:
  RandomAddress at_;
  RandomWords words_{};
  std::uint32_t used_ = 0;
};

}  // namespace pretext
