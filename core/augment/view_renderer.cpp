#include "core/augment/view_renderer.h"

#include "core/augment/colour.h"
#include "core/augment/pixel_math.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

namespace pretext {
void ViewRenderer::make_taps(int source, int target, bool mirrored, bool bicubic, Taps& taps) {
  const float support = pixel::tap_support(source, target, bicubic);
  taps.count = std::min(source, 2 * static_cast<int>(std::ceil(support)) + 1);
  taps.first.resize(static_cast<std::size_t>(target));
  taps.weights.assign(static_cast<std::size_t>(target * taps.count), 0.f);
  for (int i = 0; i < target; ++i) {
    const auto window = pixel::tap_window(i, source, target, bicubic);
    const int first = std::min(window.begin, source - taps.count);
    const int out = mirrored ? target - 1 - i : i;
    float* weights = &taps.weights[static_cast<std::size_t>(out * taps.count)];
    float sum = 0.f;
    for (int k = window.begin; k < window.end; ++k) {
      weights[k - first] = window.weight(k);
      sum += weights[k - first];
    }
    for (int k = 0; k < taps.count; ++k) weights[k] /= sum;
    taps.first[static_cast<std::size_t>(out)] = first;
  }
}

template <typename Pixel>
void ViewRenderer::resize(const ImageView& image, const ViewRecipe& recipe,
                          const ViewParameters& drawn, ValueWindow window, float* output) {
  const int size = recipe.size;
  const int channels = image.channels;
  make_taps(drawn.crop_width, size, drawn.flip, recipe.bicubic, horizontal_);
  make_taps(drawn.crop_height, size, drawn.vertical_flip, recipe.bicubic, vertical_);

  // Horizontally, one source row at a time, into planes of (crop height, size).
  const auto plane = static_cast<std::size_t>(drawn.crop_height) * static_cast<std::size_t>(size);
  scratch_.resize(plane * static_cast<std::size_t>(channels));
  row_.resize(static_cast<std::size_t>(drawn.crop_width) * static_cast<std::size_t>(channels));
  const auto* pixels = reinterpret_cast<const Pixel*>(image.data);
  for (int y = 0; y < drawn.crop_height; ++y) {
    const Pixel* source =
        pixels +
        (static_cast<std::int64_t>(drawn.crop_y + y) * image.width + drawn.crop_x) * channels;
    for (int c = 0; c < channels; ++c) {  // Planar floats, so that the sums below run in order.
      float* planar = &row_[static_cast<std::size_t>(c * drawn.crop_width)];
      for (int x = 0; x < drawn.crop_width; ++x) {
        planar[x] = static_cast<float>(source[x * channels + c]);
      }
      float* target = &scratch_[static_cast<std::size_t>(c) * plane +
                                static_cast<std::size_t>(y) * static_cast<std::size_t>(size)];
      const int count = horizontal_.count;
      for (int x = 0; x < size; ++x) {
        const float* weights = &horizontal_.weights[static_cast<std::size_t>(x * count)];
        const float* from = planar + horizontal_.first[static_cast<std::size_t>(x)];
        float sum = 0.f;
        for (int k = 0; k < count; ++k) sum += weights[k] * from[k];
        target[x] = sum;
      }
    }
  }

  // Vertically, whole rows at a time.
  const float gain = 1.f / (window.high - window.low);
  const float offset = -window.low * gain;
  const int count = vertical_.count;
  for (int c = 0; c < channels; ++c) {
    for (int y = 0; y < size; ++y) {
      float* target = output + (static_cast<std::int64_t>(c) * size + y) * size;
      std::fill_n(target, size, offset);
      for (int k = 0; k < count; ++k) {
        const float weight = vertical_.weights[static_cast<std::size_t>(y * count + k)] * gain;
        if (weight == 0.f) continue;
        const float* from =
            &scratch_[static_cast<std::size_t>(c) * plane +
                      static_cast<std::size_t>(vertical_.first[static_cast<std::size_t>(y)] + k) *
                          static_cast<std::size_t>(size)];
        for (int x = 0; x < size; ++x) target[x] += weight * from[x];
      }
    }
  }
  colour::clamp(output, static_cast<std::int64_t>(channels) * size * size);
}

void ViewRenderer::rotate(float* plane, int size, float degrees) {
  const float radians = degrees * pixel::kRadiansPerDegree;
  const float cosine = std::cos(radians);
  const float sine = std::sin(radians);
  scratch_.assign(plane, plane + static_cast<std::int64_t>(size) * size);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      plane[y * size + x] =
          pixel::bilinear(scratch_.data(), size, pixel::turned_place(x, y, size, cosine, sine));
    }
  }
}

void ViewRenderer::blur(float* plane, int size, float sigma) {
  const int radius = pixel::blur_radius(sigma, size);
  if (radius < 1) return;
  std::vector<float>& kernel = horizontal_.weights;
  kernel.resize(static_cast<std::size_t>(radius + 1));
  float sum = 0.f;
  for (int i = 0; i <= radius; ++i) {
    const float x = static_cast<float>(i) / sigma;
    kernel[static_cast<std::size_t>(i)] = std::exp(-0.5f * x * x);
    sum += (i == 0 ? 1.f : 2.f) * kernel[static_cast<std::size_t>(i)];
  }
  for (auto& weight : kernel) weight /= sum;

  const auto pixels = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
  scratch_.resize(pixels);
  row_.resize(static_cast<std::size_t>(size + 2 * radius));
  float* padded = row_.data() + radius;
  for (int y = 0; y < size; ++y) {
    const float* source = plane + static_cast<std::int64_t>(y) * size;
    std::copy_n(source, size, padded);
    for (int i = 1; i <= radius; ++i) {
      padded[-i] = source[i];
      padded[size - 1 + i] = source[size - 1 - i];
    }
    float* target = &scratch_[static_cast<std::size_t>(y * size)];
    for (int x = 0; x < size; ++x) target[x] = kernel[0] * padded[x];
    for (int i = 1; i <= radius; ++i) {
      const float weight = kernel[static_cast<std::size_t>(i)];
      for (int x = 0; x < size; ++x) target[x] += weight * (padded[x - i] + padded[x + i]);
    }
  }
  for (int y = 0; y < size; ++y) {
    float* target = plane + static_cast<std::int64_t>(y) * size;
    const float* middle = &scratch_[static_cast<std::size_t>(y * size)];
    for (int x = 0; x < size; ++x) target[x] = kernel[0] * middle[x];
    for (int i = 1; i <= radius; ++i) {
      const int above = std::abs(y - i);
      const int below = y + i < size ? y + i : 2 * size - 2 - y - i;
      const float* a = &scratch_[static_cast<std::size_t>(above * size)];
      const float* b = &scratch_[static_cast<std::size_t>(below * size)];
      const float weight = kernel[static_cast<std::size_t>(i)];
      for (int x = 0; x < size; ++x) target[x] += weight * (a[x] + b[x]);
    }
  }
}

void ViewRenderer::render(const ImageView& image, const ViewRecipe& recipe,
                          const ViewParameters& drawn, int channels, ValueWindow window,
                          float* output) {
  assert(image.channels <= channels);
  const std::int64_t pixels = static_cast<std::int64_t>(recipe.size) * recipe.size;
  if (image.dtype == PixelType::kU8) {
    resize<std::uint8_t>(image, recipe, drawn, window, output);
  } else {
    resize<std::uint16_t>(image, recipe, drawn, window, output);
  }
  for (int c = image.channels; c < channels; ++c) {
    std::memcpy(output + c * pixels, output, static_cast<std::size_t>(pixels) * sizeof(float));
  }
  if (drawn.rotate) {
    for (int c = 0; c < channels; ++c)
      rotate(output + c * pixels, recipe.size, drawn.angle_degrees);
  }
  if (drawn.jitter) colour::jitter(output, channels, pixels, drawn);
  if (drawn.grayscale && channels == 3) colour::grayscale(output, pixels);
  if (drawn.blur) {
    for (int c = 0; c < channels; ++c) blur(output + c * pixels, recipe.size, drawn.sigma);
  }
  if (drawn.solarise) colour::solarise(output, channels * pixels, recipe.solarise_threshold);
}

void normalise(float* image, int channels, std::int64_t pixels, const Normalisation& by) {
  for (int c = 0; c < channels; ++c) {
    const float gain = 1.f / by.deviation[c];
    const float offset = -by.mean[c] * gain;
    float* plane = image + c * pixels;
    for (std::int64_t i = 0; i < pixels; ++i) plane[i] = plane[i] * gain + offset;
  }
}

}  // namespace pretext
