#pragma once

#include "core/augment/view_recipe.h"
#include "core/base/philox.h"

#include <cstdint>

#ifndef __CUDA_ARCH__
#include <cmath>
#endif

namespace pretext {

/// The drawn parameters of one view: everything its rendering depends on but the pixels.
struct ViewParameters {
  std::int32_t crop_x = 0, crop_y = 0, crop_width = 0, crop_height = 0;  ///< Source pixels.
  std::int32_t flip = 0, vertical_flip = 0;
  std::int32_t rotate = 0;
  float angle_degrees = 0.f;  ///< Counter-clockwise.
  std::int32_t jitter = 0;
  std::int32_t order[4] = {0, 1, 2, 3};  ///< 0 brightness, 1 contrast, 2 saturation, 3 hue.
  float brightness = 1.f, contrast = 1.f, saturation = 1.f;  ///< Factors.
  float hue = 0.f;                                           ///< Share of the colour circle.
  std::int32_t grayscale = 0;
  std::int32_t blur = 0;
  float sigma = 1.f;  ///< px
  std::int32_t solarise = 0;
};

/// Numbers of the operations in a draw's address. The list only grows.
enum class ViewOperation : std::uint8_t {
  kCrop = 1,
  kFlip,
  kVerticalFlip,
  kRotation,
  kJitter,
  kGrayscale,
  kBlur,
  kSolarise,
};

/// e^x for |x| <= 8, within 2 units in the last place, from + - x only: equal on host and device.
/// Files that include this are compiled without contraction (-ffp-contract=off, --fmad=false).
PRETEXT_HOST_DEVICE inline float sampling_exp(float x) {
  // e^x = (e^(x/16))^16; the series has 7 terms, |x/16| <= 1/2.
  const float r = x * 0.0625f;
  float series = 1.f / 5040.f;
  series = series * r + 1.f / 720.f;
  series = series * r + 1.f / 120.f;
  series = series * r + 1.f / 24.f;
  series = series * r + 1.f / 6.f;
  series = series * r + 0.5f;
  series = series * r + 1.f;
  series = series * r + 1.f;
  series *= series;
  series *= series;
  series *= series;
  return series * series;
}

namespace sampling {

PRETEXT_HOST_DEVICE inline float square_root(float x) {
#ifdef __CUDA_ARCH__
  return __fsqrt_rn(x);
#else
  return std::sqrt(x);
#endif
}

PRETEXT_HOST_DEVICE inline std::int32_t round_positive(float x) {
  return static_cast<std::int32_t>(x + 0.5f);
}

PRETEXT_HOST_DEVICE inline float factor(std::uint32_t word, float strength) {
  const float low = strength > 1.f ? 0.f : 1.f - strength;
  return uniform(word, low, 1.f + strength);
}

/// torchvision's RandomResizedCrop: ten tries, then the largest centred crop of an allowed ratio.
PRETEXT_HOST_DEVICE inline void crop(const ViewRecipe& recipe, RandomAddress at, std::int32_t width,
                                     std::int32_t height, ViewParameters& drawn) {
  const float area = static_cast<float>(width) * static_cast<float>(height);
  for (int attempt = 0; attempt < 10; ++attempt) {
    at.draw = static_cast<std::uint8_t>(1 + attempt);
    const RandomWords words = random_words(at);
    const float target = area * uniform(words.word[0], recipe.area_low, recipe.area_high);
    const float ratio =
        sampling_exp(uniform(words.word[1], recipe.log_ratio_low, recipe.log_ratio_high));
    const std::int32_t w = round_positive(square_root(target * ratio));
    const std::int32_t h = round_positive(square_root(target / ratio));
    if (w < 1 || h < 1 || w > width || h > height) continue;
    drawn.crop_width = w;
    drawn.crop_height = h;
    drawn.crop_x = static_cast<std::int32_t>(
        uniform_index(words.word[2], static_cast<std::uint32_t>(width - w + 1)));
    drawn.crop_y = static_cast<std::int32_t>(
        uniform_index(words.word[3], static_cast<std::uint32_t>(height - h + 1)));
    return;
  }
  const float ratio = static_cast<float>(width) / static_cast<float>(height);
  const float low = sampling_exp(recipe.log_ratio_low);
  const float high = sampling_exp(recipe.log_ratio_high);
  std::int32_t w = width;
  std::int32_t h = height;
  if (ratio < low) h = round_positive(static_cast<float>(width) / low);
  if (ratio > high) w = round_positive(static_cast<float>(height) * high);
  drawn.crop_width = w < 1 ? 1 : w;
  drawn.crop_height = h < 1 ? 1 : h;
  drawn.crop_x = (width - drawn.crop_width) / 2;
  drawn.crop_y = (height - drawn.crop_height) / 2;
}

/// The largest centred square: what evaluation sees, and a view without a crop.
PRETEXT_HOST_DEVICE inline void centre(std::int32_t width, std::int32_t height,
                                       ViewParameters& drawn) {
  const std::int32_t side = width < height ? width : height;
  drawn.crop_width = drawn.crop_height = side;
  drawn.crop_x = (width - side) / 2;
  drawn.crop_y = (height - side) / 2;
}

}  // namespace sampling

/// Draws the parameters of view `view` of a sample, seen in `epoch`, of an image of
/// `width` x `height` pixels. Depends on its arguments alone; bit-equal on host and device.
PRETEXT_HOST_DEVICE inline ViewParameters draw_view(const ViewRecipe& recipe, std::uint64_t seed,
                                                    std::uint64_t sample_key, std::uint32_t epoch,
                                                    std::uint8_t view, std::int32_t width,
                                                    std::int32_t height) {
  ViewParameters drawn;
  RandomAddress at{seed, sample_key, epoch, RandomPurpose::kView, view, 0, 0};
  const auto words_for = [&at](ViewOperation operation) {
    at.operation = static_cast<std::uint8_t>(operation);
    at.draw = 0;
    return random_words(at);
  };
  if (uniform(words_for(ViewOperation::kCrop).word[0]) < recipe.crop_probability) {
    sampling::crop(recipe, at, width, height, drawn);
  } else {
    sampling::centre(width, height, drawn);
  }
  drawn.flip = uniform(words_for(ViewOperation::kFlip).word[0]) < recipe.flip_probability;
  drawn.vertical_flip =
      uniform(words_for(ViewOperation::kVerticalFlip).word[0]) < recipe.vertical_flip_probability;

  const RandomWords turn = words_for(ViewOperation::kRotation);
  drawn.rotate = uniform(turn.word[0]) < recipe.rotation_probability;
  drawn.angle_degrees = uniform(turn.word[1], -recipe.rotation_degrees, recipe.rotation_degrees);

  const RandomWords colour = words_for(ViewOperation::kJitter);
  at.draw = 1;
  const RandomWords factors = random_words(at);
  drawn.jitter = uniform(colour.word[0]) < recipe.jitter_probability;
  for (int i = 3; i > 0; --i) {  // Fisher and Yates.
    const std::uint32_t j = uniform_index(colour.word[4 - i], static_cast<std::uint32_t>(i + 1));
    const std::int32_t swapped = drawn.order[i];
    drawn.order[i] = drawn.order[j];
    drawn.order[j] = swapped;
  }
  drawn.brightness = sampling::factor(factors.word[0], recipe.brightness);
  drawn.contrast = sampling::factor(factors.word[1], recipe.contrast);
  drawn.saturation = sampling::factor(factors.word[2], recipe.saturation);
  drawn.hue = uniform(factors.word[3], -recipe.hue, recipe.hue);

  drawn.grayscale =
      uniform(words_for(ViewOperation::kGrayscale).word[0]) < recipe.grayscale_probability;
  const RandomWords blur = words_for(ViewOperation::kBlur);
  drawn.blur = uniform(blur.word[0]) < recipe.blur_probability;
  drawn.sigma = uniform(blur.word[1], recipe.sigma_low, recipe.sigma_high);
  drawn.solarise =
      uniform(words_for(ViewOperation::kSolarise).word[0]) < recipe.solarise_probability;
  return drawn;
}

/// `draw_view` of the host, compiled without contraction: the only form host code calls.
ViewParameters sample_view(const ViewRecipe& recipe, std::uint64_t seed, std::uint64_t sample_key,
                           std::uint32_t epoch, std::uint8_t view, std::int32_t width,
                           std::int32_t height);

/// The parameters that evaluation uses: the centred square, nothing random.
ViewParameters plain_view(std::int32_t width, std::int32_t height);

}  // namespace pretext
