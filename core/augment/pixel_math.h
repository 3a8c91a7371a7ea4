#pragma once

#include "core/base/philox.h"

#ifndef __CUDA_ARCH__
#include <cmath>
#endif

/// The arithmetic of one pixel, shared by the CPU form of a view and by the CUDA kernel.
namespace pretext::pixel {

// Weights of luminance, ITU-R BT.601, to the digits that torchvision has.
inline constexpr float kRed = 0.2989f;
inline constexpr float kGreen = 0.587f;
inline constexpr float kBlue = 0.114f;

struct Rgb {
  float red, green, blue;
};

PRETEXT_HOST_DEVICE inline float smaller(float a, float b) {
  return b < a ? b : a;
}

PRETEXT_HOST_DEVICE inline float larger(float a, float b) {
  return a < b ? b : a;
}

PRETEXT_HOST_DEVICE inline float clamped(float value) {
  return smaller(1.f, larger(0.f, value));
}

PRETEXT_HOST_DEVICE inline float luminance(Rgb colour) {
  return kRed * colour.red + kGreen * colour.green + kBlue * colour.blue;
}

/// `factor` of the colour, the rest grey.
PRETEXT_HOST_DEVICE inline Rgb saturated(Rgb colour, float factor) {
  const float grey = (1.f - factor) * luminance(colour);
  return {clamped(colour.red * factor + grey), clamped(colour.green * factor + grey),
          clamped(colour.blue * factor + grey)};
}

/// Channel `n` (5 red, 3 green, 1 blue) of HSV to RGB: v - c clamp(min(k, 4 - k)), k = (n + h)
/// mod 6.
PRETEXT_HOST_DEVICE inline float hsv_channel(float n, float hue, float value, float chroma) {
  float k = n + hue;
  k = k >= 6.f ? k - 6.f : k;
  return value - chroma * clamped(smaller(k, 4.f - k));
}

/// Turns the hue by `shift`, a share of the colour circle, -0.5 to 0.5.
PRETEXT_HOST_DEVICE inline Rgb hue_shifted(Rgb colour, float shift) {
  const float r = colour.red;
  const float g = colour.green;
  const float b = colour.blue;
  const float high = larger(r, larger(g, b));
  const float chroma = high - smaller(r, smaller(g, b));
  const float inverse = 1.f / larger(chroma, 1e-8f);
  // The sector of the largest channel decides; ties as in torchvision: red, then green.
  const float of_red = (g - b) * inverse;
  const float of_green = (b - r) * inverse + 2.f;
  const float of_blue = (r - g) * inverse + 4.f;
  float h = (high == r ? of_red : high == g ? of_green : of_blue) * (1.f / 6.f) + shift;
  h = (h - floorf(h)) * 6.f;
  return {hsv_channel(5.f, h, high, chroma), hsv_channel(3.f, h, high, chroma),
          hsv_channel(1.f, h, high, chroma)};
}

PRETEXT_HOST_DEVICE inline float solarised(float value, float threshold) {
  return value >= threshold ? 1.f - value : value;
}

/// The interpolation kernel at distance `x`: triangle, or Keys's cubic with a = -0.5, as
/// antialiased resampling has it.
PRETEXT_HOST_DEVICE inline float tap_weight(float x, bool bicubic) {
  constexpr float kA = -0.5f;
  x = fabsf(x);
  if (!bicubic) return x < 1.f ? 1.f - x : 0.f;
  if (x < 1.f) return ((kA + 2.f) * x - (kA + 3.f)) * x * x + 1.f;
  if (x < 2.f) return ((x - 5.f) * x + 8.f) * x * kA - 4.f * kA;
  return 0.f;
}

/// The source pixels that one output pixel is the weighted mean of, along one axis.
struct TapWindow {
  int begin, end;
  float centre;   ///< Source px.
  float stretch;  ///< Of the interpolation kernel; above 1 where the image shrinks.
  bool bicubic;

  /// Not normalised: the window's weights add up to about `stretch`.
  PRETEXT_HOST_DEVICE float weight(int source) const {
    return tap_weight((static_cast<float>(source) + 0.5f - centre) / stretch, bicubic);
  }
};

/// How far the kernel reaches, in source px, where `source` px become `target`.
PRETEXT_HOST_DEVICE inline float tap_support(int source, int target, bool bicubic) {
  const float scale = static_cast<float>(source) / static_cast<float>(target);
  return (bicubic ? 2.f : 1.f) * larger(1.f, scale);
}

/// Antialiased resampling of `source` px to `target`: the window of output pixel `i`.
PRETEXT_HOST_DEVICE inline TapWindow tap_window(int i, int source, int target, bool bicubic) {
  const float scale = static_cast<float>(source) / static_cast<float>(target);
  const float support = tap_support(source, target, bicubic);
  const float centre = (static_cast<float>(i) + 0.5f) * scale;
  const int begin = static_cast<int>(centre - support + 0.5f);
  const int end = static_cast<int>(centre + support + 0.5f);
  return {begin < 0 ? 0 : begin, end > source ? source : end, centre, larger(1.f, scale), bicubic};
}

/// How far a blur reaches, px: 3 sigma, less where reflection would pass the far edge.
PRETEXT_HOST_DEVICE inline int blur_radius(float sigma, int size) {
  const int wanted = static_cast<int>(ceilf(3.f * sigma));
  const int radius = wanted < 1 ? 1 : wanted;
  return radius < size - 1 ? radius : size - 1;
}

/// Where a turned view looks for its pixel (x, y): a place between source pixels.
struct TurnedPlace {
  float x, y;
};

/// Turns by an angle about the centre of a square of `size` px, counter-clockwise.
PRETEXT_HOST_DEVICE inline TurnedPlace turned_place(int x, int y, int size, float cosine,
                                                    float sine) {
  const float centre = 0.5f * static_cast<float>(size - 1);
  const float dx = static_cast<float>(x) - centre;
  const float dy = static_cast<float>(y) - centre;
  return {cosine * dx - sine * dy + centre, sine * dx + cosine * dy + centre};
}

/// `plane` between its pixels, zero outside.
PRETEXT_HOST_DEVICE inline float bilinear(const float* plane, int size, TurnedPlace at) {
  const int x0 = static_cast<int>(floorf(at.x));
  const int y0 = static_cast<int>(floorf(at.y));
  const float fx = at.x - static_cast<float>(x0);
  const float fy = at.y - static_cast<float>(y0);
  float sum = 0.f;
  for (int corner = 0; corner < 4; ++corner) {
    const int right = corner & 1;
    const int below = corner >> 1;
    const int x = x0 + right;
    const int y = y0 + below;
    if (x < 0 || y < 0 || x >= size || y >= size) continue;
    sum += (right ? fx : 1.f - fx) * (below ? fy : 1.f - fy) * plane[y * size + x];
  }
  return sum;
}

inline constexpr float kRadiansPerDegree = 0.017453292519943295f;

}  // namespace pretext::pixel
