#include "core/augment/colour.h"

#include "core/augment/pixel_math.h"

namespace pretext::colour {
namespace {

using pixel::clamped;

float sum(const float* values, std::int64_t count) {
  float total = 0.f;
#pragma omp simd reduction(+ : total)
  for (std::int64_t i = 0; i < count; ++i) total += values[i];
  return total;
}

/// Replaces each pixel of a planar colour image by `change` of it.
template <typename Change>
void for_each_colour(float* image, std::int64_t pixels, Change change) {
  float* red = image;
  float* green = image + pixels;
  float* blue = image + 2 * pixels;
  for (std::int64_t i = 0; i < pixels; ++i) {
    const pixel::Rgb changed = change(pixel::Rgb{red[i], green[i], blue[i]});
    red[i] = changed.red;
    green[i] = changed.green;
    blue[i] = changed.blue;
  }
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
    mean = pixel::luminance({mean, sum(image + pixels, pixels), sum(image + 2 * pixels, pixels)});
  }
  const float offset = (1.f - factor) * mean / static_cast<float>(pixels);
  for (std::int64_t i = 0; i < channels * pixels; ++i) {
    image[i] = clamped(image[i] * factor + offset);
  }
}

void saturation(float* image, std::int64_t pixels, float factor) {
  for_each_colour(image, pixels,
                  [factor](pixel::Rgb colour) { return pixel::saturated(colour, factor); });
}

void hue(float* image, std::int64_t pixels, float shift) {
  for_each_colour(image, pixels,
                  [shift](pixel::Rgb colour) { return pixel::hue_shifted(colour, shift); });
}

void grayscale(float* image, std::int64_t pixels) {
  for_each_colour(image, pixels, [](pixel::Rgb colour) {
    const float grey = pixel::luminance(colour);
    return pixel::Rgb{grey, grey, grey};
  });
}

void solarise(float* image, std::int64_t count, float threshold) {
  for (std::int64_t i = 0; i < count; ++i) image[i] = pixel::solarised(image[i], threshold);
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
