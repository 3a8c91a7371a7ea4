#include "core/augment/colour.h"

#include <algorithm>
#include <cmath>

namespace pretext::colour {
namespace {

// Weights of luminance, ITU-R BT.601, to the digits that torchvision has.
constexpr float kRed = 0.2989f;
constexpr float kGreen = 0.587f;
constexpr float kBlue = 0.114f;

inline float clamped(float value) {
  return std::min(1.f, std::max(0.f, value));
}

float sum(const float* values, std::int64_t count) {
  float total = 0.f;
#pragma omp simd reduction(+ : total)
  for (std::int64_t i = 0; i < count; ++i) total += values[i];
  return total;
}

}  // namespace

void clamp(float* values, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) values[i] = clamped(values[i]);
}

void brightness(float* image, std::int64_t count, float factor) {
  for (std::int64_t i = 0; i < count; ++i) image[i] = clamped(image[i] * factor);
}

void contrast(float* image, int channels, std::int64_t pixels, float factor) {
  float mean = sum(image, pixels);
  if (channels == 3) {
    mean = kRed * mean + kGreen * sum(image + pixels, pixels) +
           kBlue * sum(image + 2 * pixels, pixels);
  }
  const float offset = (1.f - factor) * mean / static_cast<float>(pixels);
  for (std::int64_t i = 0; i < channels * pixels; ++i) {
    image[i] = clamped(image[i] * factor + offset);
  }
}

void saturation(float* image, std::int64_t pixels, float factor) {
  float* red = image;
  float* green = image + pixels;
  float* blue = image + 2 * pixels;
  for (std::int64_t i = 0; i < pixels; ++i) {
    const float grey = (1.f - factor) * (kRed * red[i] + kGreen * green[i] + kBlue * blue[i]);
    red[i] = clamped(red[i] * factor + grey);
    green[i] = clamped(green[i] * factor + grey);
    blue[i] = clamped(blue[i] * factor + grey);
  }
}

void hue(float* image, std::int64_t pixels, float shift) {
  float* red = image;
  float* green = image + pixels;
  float* blue = image + 2 * pixels;
  for (std::int64_t i = 0; i < pixels; ++i) {
    const float r = red[i];
    const float g = green[i];
    const float b = blue[i];
    const float high = std::max(r, std::max(g, b));
    const float chroma = high - std::min(r, std::min(g, b));
    const float inverse = 1.f / std::max(chroma, 1e-8f);
    // The sector of the largest channel decides; ties as in torchvision: red, then green.
    const float of_red = (g - b) * inverse;
    const float of_green = (b - r) * inverse + 2.f;
    const float of_blue = (r - g) * inverse + 4.f;
    float h = (high == r ? of_red : high == g ? of_green : of_blue) * (1.f / 6.f) + shift;
    h = (h - std::floor(h)) * 6.f;
    // Channel n of HSV to RGB: v - c * clamp(min(k, 4 - k)), k = (n + h) mod 6.
    const auto channel = [&](float n) {
      float k = n + h;
      k = k >= 6.f ? k - 6.f : k;
      return high - chroma * clamped(std::min(k, 4.f - k));
    };
    red[i] = channel(5.f);
    green[i] = channel(3.f);
    blue[i] = channel(1.f);
  }
}

void grayscale(float* image, std::int64_t pixels) {
  for (std::int64_t i = 0; i < pixels; ++i) {
    const float grey = kRed * image[i] + kGreen * image[pixels + i] + kBlue * image[2 * pixels + i];
    image[i] = image[pixels + i] = image[2 * pixels + i] = grey;
  }
}

void solarise(float* image, std::int64_t count, float threshold) {
  for (std::int64_t i = 0; i < count; ++i) {
    image[i] = image[i] >= threshold ? 1.f - image[i] : image[i];
  }
}

void jitter(float* image, int channels, std::int64_t pixels, const ViewParameters& drawn) {
  for (const auto part : drawn.order) {
    if (part == 0) brightness(image, channels * pixels, drawn.brightness);
    if (part == 1) contrast(image, channels, pixels, drawn.contrast);
    if (part == 2 && channels == 3) saturation(image, pixels, drawn.saturation);
    if (part == 3 && channels == 3) hue(image, pixels, drawn.hue);
  }
}

}  // namespace pretext::colour
