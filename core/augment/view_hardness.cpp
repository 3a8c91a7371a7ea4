#include "core/augment/view_hardness.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace pretext {
namespace {

/// Less the mean of both, each row of length 1 (or 0 where nothing is left).
void standardise(std::vector<float>& first, std::vector<float>& second, std::size_t dimensions) {
  const std::size_t images = first.size() / dimensions;
  std::vector<double> mean(dimensions, 0.0);
  for (const auto* rows : {&first, &second}) {
    for (std::size_t i = 0; i < rows->size(); ++i)
      mean[i % dimensions] += static_cast<double>((*rows)[i]) / static_cast<double>(2 * images);
  }
  for (auto* rows : {&first, &second}) {
    for (std::size_t row = 0; row < images; ++row) {
      float* values = rows->data() + row * dimensions;
      double square = 0.0;
      for (std::size_t i = 0; i < dimensions; ++i) {
        values[i] -= static_cast<float>(mean[i]);
        square += static_cast<double>(values[i]) * static_cast<double>(values[i]);
      }
      const auto scale = static_cast<float>(square > 0.0 ? 1.0 / std::sqrt(square) : 0.0);
      for (std::size_t i = 0; i < dimensions; ++i) values[i] *= scale;
    }
  }
}

float dot(const float* one, const float* other, std::size_t count) {
  float sum = 0.f;
  for (std::size_t i = 0; i < count; ++i) sum += one[i] * other[i];
  return sum;
}

}  // namespace

ViewHardness view_hardness(std::span<const float> first, std::span<const float> second,
                           std::int64_t dimensions) {
  const auto width = static_cast<std::size_t>(dimensions);
  const std::size_t images = first.size() / width;
  assert(images >= 2 && first.size() == second.size());
  std::vector<float> one(first.begin(), first.end()), other(second.begin(), second.end());
  standardise(one, other, width);
  constexpr auto kGroup = static_cast<std::size_t>(kHardnessGroup);
  const std::size_t groups = std::max<std::size_t>(1, images / kGroup);
  ViewHardness result{.chance = static_cast<double>(groups) / static_cast<double>(images)};
  std::size_t found = 0;
  for (std::size_t i = 0; i < images; ++i) {
    const float partner = dot(&one[i * width], &other[i * width], width);
    result.partners.push_back(partner);
    bool is_nearest = true;
    const std::size_t group = std::min(i / kGroup, groups - 1);
    const std::size_t end = group + 1 == groups ? images : (group + 1) * kGroup;
    for (std::size_t j = group * kGroup; j < end; ++j) {
      if (j == i) continue;
      const float cosine = dot(&one[i * width], &other[j * width], width);
      result.others.push_back(cosine);
      is_nearest = is_nearest && cosine < partner;
    }
    found += is_nearest;
  }
  result.partner_found = static_cast<double>(found) / static_cast<double>(images);
  result.interval =
      wilson_interval(static_cast<std::int64_t>(found), static_cast<std::int64_t>(images));
  return result;
}

std::vector<float> colour_histogram(std::span<const float> planar, int channels) {
  assert(channels == 1 || channels == 3);
  const int steps = channels == 1 ? 64 : 4;
  const std::size_t pixels = planar.size() / static_cast<std::size_t>(channels);
  std::vector<float> histogram(64, 0.f);
  const float share = 1.f / static_cast<float>(pixels);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    int bin = 0;
    for (int channel = 0; channel < channels; ++channel) {
      const float value = planar[static_cast<std::size_t>(channel) * pixels + pixel];
      bin = bin * steps +
            std::clamp(static_cast<int>(value * static_cast<float>(steps)), 0, steps - 1);
    }
    histogram[static_cast<std::size_t>(bin)] += share;
  }
  return histogram;
}

}  // namespace pretext
