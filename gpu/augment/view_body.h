#pragma once

#include "core/augment/pixel_math.h"
#include "core/augment/view_renderer.h"
#include "core/augment/view_sampling.h"

#include <cstdint>

/// The body of the views' kernel: a team of threads makes one view. On a device the team is a
/// thread block; the host form is a team of one, so that tests can run the kernel's arithmetic
/// anywhere.
///
/// A team has `rank()`, `size()`, `sync()` (all memory written before is seen after) and
/// `sum(value)` (of all members, given to all).
namespace pretext::view_body {

inline constexpr int kMaxChannels = 3;

/// The host form's team.
struct SoloTeam {
  int rank() const { return 0; }
  int size() const { return 1; }
  void sync() const {}
  float sum(float value) const { return value; }
};

/// A picture as it lies in memory: rows of interleaved pixels, without padding.
template <typename Pixel>
struct Source {
  const Pixel* pixels;
  std::int32_t width;
  std::int32_t channels;
};

/// What the views of a batch have in common.
struct Target {
  std::int32_t channels;
  ValueWindow window;
  Normalisation normalisation;
};

/// One pixel of the resized crop, in [0, 1].
template <typename Pixel>
PRETEXT_HOST_DEVICE pixel::Rgb resized(const Source<Pixel>& source, const ViewRecipe& recipe,
                                       const ViewParameters& drawn, ValueWindow window, int x,
                                       int y) {
  const int size = recipe.size;
  const auto across =
      pixel::tap_window(drawn.flip ? size - 1 - x : x, drawn.crop_width, size, recipe.bicubic != 0);
  const auto down = pixel::tap_window(drawn.vertical_flip ? size - 1 - y : y, drawn.crop_height,
                                      size, recipe.bicubic != 0);
  float sums[kMaxChannels] = {0.f, 0.f, 0.f};
  float weight_across = 0.f;
  float weight_down = 0.f;
  for (int row = down.begin; row < down.end; ++row) {
    const std::int64_t first =
        static_cast<std::int64_t>(drawn.crop_y + row) * source.width + drawn.crop_x;
    const float row_weight = down.weight(row);
    weight_down += row_weight;
    weight_across = 0.f;
    for (int column = across.begin; column < across.end; ++column) {
      const float weight = across.weight(column);
      weight_across += weight;
      const Pixel* from = source.pixels + (first + column) * source.channels;
      for (int c = 0; c < kMaxChannels; ++c) {  // Of fixed length, so that the sums are registers.
        if (c < source.channels) sums[c] += row_weight * weight * static_cast<float>(from[c]);
      }
    }
  }
  const float share = 1.f / (weight_across * weight_down);
  const float gain = 1.f / (window.high - window.low);
  for (float& sum : sums) sum = pixel::clamped((sum * share - window.low) * gain);
  if (source.channels == 1) return {sums[0], sums[0], sums[0]};
  return {sums[0], sums[1], sums[2]};
}

PRETEXT_HOST_DEVICE inline pixel::Rgb load(const float* image, int channels, int pixels, int i) {
  if (channels == 1) return {image[i], image[i], image[i]};
  return {image[i], image[pixels + i], image[2 * pixels + i]};
}

PRETEXT_HOST_DEVICE inline void store(float* image, int channels, int pixels, int i,
                                      pixel::Rgb colour) {
  image[i] = colour.red;
  if (channels == 1) return;
  image[pixels + i] = colour.green;
  image[2 * pixels + i] = colour.blue;
}

/// Parts [from, to) of the colour jitter in their drawn order; contrast, which needs the mean of
/// the whole image, is left out.
PRETEXT_HOST_DEVICE inline pixel::Rgb jittered(pixel::Rgb colour, const ViewParameters& drawn,
                                               int channels, int from, int to) {
  for (int i = from; i < to; ++i) {
    const auto part = drawn.order[i];
    if (part == 0) {
      colour = {pixel::clamped(colour.red * drawn.brightness),
                pixel::clamped(colour.green * drawn.brightness),
                pixel::clamped(colour.blue * drawn.brightness)};
    }
    if (part == 2 && channels == 3) colour = pixel::saturated(colour, drawn.saturation);
    if (part == 3 && channels == 3) colour = pixel::hue_shifted(colour, drawn.hue);
  }
  return colour;
}

/// What comes after the blur: solarise, then normalise.
PRETEXT_HOST_DEVICE inline float finished(float value, int channel, const ViewRecipe& recipe,
                                          const ViewParameters& drawn, const Normalisation& by) {
  if (drawn.solarise) value = pixel::solarised(value, recipe.solarise_threshold);
  return (value - by.mean[channel]) / by.deviation[channel];
}

/// The place of x beyond the border, reflected without repeating the edge.
PRETEXT_HOST_DEVICE inline int reflected(int x, int size) {
  if (x < 0) return -x;
  return x < size ? x : 2 * size - 2 - x;
}

/// A Gaussian of deviation `sigma` along one axis about the element at `centre` of `line`, whose
/// elements lie `stride` apart. Weights g^(i*i) with g = e^(-1 / 2 sigma^2), from running products.
PRETEXT_HOST_DEVICE inline float blurred(const float* line, int stride, int centre, int size,
                                         float sigma) {
  const int radius = pixel::blur_radius(sigma, size);
  const float base = expf(-0.5f / (sigma * sigma));
  float sum = line[centre * stride];
  float weights = 1.f;
  float weight = 1.f;
  float ratio = base;
  for (int i = 1; i <= radius; ++i) {
    weight *= ratio;
    ratio *= base * base;
    sum += weight * (line[reflected(centre - i, size) * stride] +
                     line[reflected(centre + i, size) * stride]);
    weights += 2.f * weight;
  }
  return sum / weights;
}

/// Crop, flips and rotation into `output`; `scratch` holds the view before it is turned.
template <typename Team, typename Pixel>
PRETEXT_HOST_DEVICE void place(const Team& team, const Source<Pixel>& source,
                               const ViewRecipe& recipe, const ViewParameters& drawn,
                               const Target& target, float* output, float* scratch) {
  const int size = recipe.size;
  const int pixels = size * size;
  float* upright = drawn.rotate ? scratch : output;
  for (int i = team.rank(); i < pixels; i += team.size()) {
    store(upright, target.channels, pixels, i,
          resized(source, recipe, drawn, target.window, i % size, i / size));
  }
  if (!drawn.rotate) return;
  team.sync();
  const float radians = drawn.angle_degrees * pixel::kRadiansPerDegree;
  const float cosine = cosf(radians);
  const float sine = sinf(radians);
  for (int i = team.rank(); i < pixels; i += team.size()) {
    const auto at = pixel::turned_place(i % size, i / size, size, cosine, sine);
    for (int c = 0; c < target.channels; ++c) {
      output[c * pixels + i] = pixel::bilinear(upright + c * pixels, size, at);
    }
  }
}

/// Colour jitter and grayscale in place. Each member keeps to its own pixels.
template <typename Team>
PRETEXT_HOST_DEVICE void recolour(const Team& team, int size, const ViewParameters& drawn,
                                  int channels, float* output) {
  const int pixels = size * size;
  int contrast_at = 0;
  while (drawn.order[contrast_at] != 1) ++contrast_at;
  float offset = 0.f;
  if (drawn.jitter) {
    float sum = 0.f;
    for (int i = team.rank(); i < pixels; i += team.size()) {
      const auto colour =
          jittered(load(output, channels, pixels, i), drawn, channels, 0, contrast_at);
      store(output, channels, pixels, i, colour);
      sum += channels == 3 ? pixel::luminance(colour) : colour.red;
    }
    offset = (1.f - drawn.contrast) * team.sum(sum) / static_cast<float>(pixels);
  }
  for (int i = team.rank(); i < pixels; i += team.size()) {
    auto colour = load(output, channels, pixels, i);
    if (drawn.jitter) {
      colour = {pixel::clamped(colour.red * drawn.contrast + offset),
                pixel::clamped(colour.green * drawn.contrast + offset),
                pixel::clamped(colour.blue * drawn.contrast + offset)};
      colour = jittered(colour, drawn, channels, contrast_at + 1, 4);
    }
    if (drawn.grayscale && channels == 3) {
      const float grey = pixel::luminance(colour);
      colour = {grey, grey, grey};
    }
    store(output, channels, pixels, i, colour);
  }
}

/// Blur through `scratch`, solarise, normalise.
template <typename Team>
PRETEXT_HOST_DEVICE void finish(const Team& team, const ViewRecipe& recipe,
                                const ViewParameters& drawn, const Target& target, float* output,
                                float* scratch) {
  const int size = recipe.size;
  const int pixels = size * size;
  const int values = target.channels * pixels;
  if (drawn.blur) {
    team.sync();
    for (int i = team.rank(); i < values; i += team.size()) {
      scratch[i] = blurred(output + i - i % size, 1, i % size, size, drawn.sigma);
    }
    team.sync();
  }
  for (int i = team.rank(); i < values; i += team.size()) {
    const int channel = i / pixels;
    const int place = i % pixels;
    const float value = drawn.blur ? blurred(scratch + channel * pixels + place % size, size,
                                             place / size, size, drawn.sigma)
                                   : output[i];
    output[i] = finished(value, channel, recipe, drawn, target.normalisation);
  }
}

/// Makes one view: `output` and `scratch` have shape (channels, size, size). `scratch` is free
/// again after the team's next sync.
template <typename Team, typename Pixel>
PRETEXT_HOST_DEVICE void make_view(const Team& team, const Source<Pixel>& source,
                                   const ViewRecipe& recipe, const ViewParameters& drawn,
                                   const Target& target, float* output, float* scratch) {
  place(team, source, recipe, drawn, target, output, scratch);
  recolour(team, recipe.size, drawn, target.channels, output);
  // Without a blur the last pass is by value and not by pixel: others' pixels are read.
  team.sync();
  finish(team, recipe, drawn, target, output, scratch);
}

}  // namespace pretext::view_body
