#pragma once

#include <cstdint>
#include <immintrin.h>

namespace pretext {

/// IEEE 754 binary16, rounded to nearest even; values beyond 65504 become infinite.
inline std::uint16_t to_half(float value) {
  return static_cast<std::uint16_t>(_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT));
}

inline float from_half(std::uint16_t half) {
  return _cvtsh_ss(half);
}

}  // namespace pretext
