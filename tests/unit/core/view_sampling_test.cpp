#include "core/augment/view_sampling.h"

#include "core/augment/view_recipe.h"
#include "core/spec/experiment.h"
#include "core/weights/safetensors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace pretext {
namespace {

/// Largest distance of two empirical distributions (Kolmogorov and Smirnov).
double distance(std::vector<double> a, std::vector<double> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  double worst = 0.0;
  for (const auto* sample : {&a, &b}) {
    for (const double value : *sample) {
      const auto share = [&](const std::vector<double>& v) {
        return static_cast<double>(std::ranges::upper_bound(v, value) - v.begin()) /
               static_cast<double>(v.size());
      };
      worst = std::max(worst, std::fabs(share(a) - share(b)));
    }
  }
  return worst;
}

// The 0.1 % point for two samples of 4,000 each: 1.95 * sqrt(2 / 4000).
constexpr double kLargestDistance = 0.0436;

template <typename Number>
std::vector<double> column(const WeightTensor& tensor, std::size_t index) {
  std::vector<Number> values(tensor.data.size() / sizeof(Number));
  std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
  std::vector<double> result;
  for (std::size_t i = index; i < values.size(); i += 4)
    result.push_back(static_cast<double>(values[i]));
  return result;
}

TEST(PhiloxTest, GivesTheKnownAnswers) {
  // From the authors' known-answer file (Random123, kat_vectors).
  const auto zero = philox({{0, 0, 0, 0}}, 0);
  EXPECT_EQ(zero.word[0], 0x6627e8d5u);
  EXPECT_EQ(zero.word[3], 0x9b00dbd8u);
  const auto ones = philox({{~0u, ~0u, ~0u, ~0u}}, ~0ull);
  EXPECT_EQ(ones.word[0], 0x408f276du);
  EXPECT_EQ(ones.word[3], 0x6d5451fdu);
}

TEST(SamplingExpTest, IsTheExponential) {
  for (float x = -4.f; x <= 4.f; x += 0.001f) {
    EXPECT_NEAR(sampling_exp(x) / std::exp(static_cast<double>(x)), 1.0, 2e-6) << x;
  }
}

TEST(ViewSamplingTest, DistributionsAreTorchvisions) {
  const auto goldens = read_safetensors(std::string(PRETEXT_REFERENCE) + "/views.safetensors");
  std::vector<std::vector<double>> ours(8);
  for (std::uint64_t sample = 0; sample < 4000; ++sample) {
    const auto drawn = sample_view({}, 11, sample * 0x9E3779B97F4A7C15ull, 3, 1, 60, 48);
    const double values[] = {static_cast<double>(drawn.crop_x),
                             static_cast<double>(drawn.crop_y),
                             static_cast<double>(drawn.crop_width),
                             static_cast<double>(drawn.crop_height),
                             drawn.brightness,
                             drawn.contrast,
                             drawn.saturation,
                             drawn.hue};
    for (std::size_t i = 0; i < 8; ++i) ours[i].push_back(values[i]);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_LT(distance(ours[i], column<std::int32_t>(goldens.at("crops"), i)), kLargestDistance)
        << i;
    EXPECT_LT(distance(ours[4 + i], column<float>(goldens.at("factors"), i)), kLargestDistance)
        << i;
  }
}

TEST(ViewRecipeTest, ByolGivesItsTwoViewsTheirShares) {
  Experiment experiment;
  experiment.set("views.preset", std::string("byol"));
  const auto first = view_recipe(experiment, 32, 0);
  const auto second = view_recipe(experiment, 32, 1);
  EXPECT_FLOAT_EQ(first.blur_probability, 1.f);
  EXPECT_NEAR(second.blur_probability, 0.1f, 1e-6f);
  EXPECT_FLOAT_EQ(first.solarise_probability, 0.f);
  EXPECT_FLOAT_EQ(second.solarise_probability, 0.2f);
  // What a person sets beside the preset holds.
  experiment.set("views.blur_probability", 0.0);
  experiment.set("views.solarise_probability", 0.0);
  for (const int view : {0, 1}) {
    EXPECT_EQ(view_recipe(experiment, 32, view).blur_probability, 0.f);
    EXPECT_EQ(view_recipe(experiment, 32, view).solarise_probability, 0.f);
  }
}

TEST(ViewSamplingTest, AViewDependsOnItsAddressAlone) {
  const auto at = [](std::uint64_t seed, std::uint64_t key, std::uint32_t epoch,
                     std::uint8_t view) {
    return sample_view({}, seed, key, epoch, view, 200, 100);
  };
  const auto same = [](const ViewParameters& a, const ViewParameters& b) {
    return a.crop_x == b.crop_x && a.crop_width == b.crop_width && a.hue == b.hue;
  };
  EXPECT_TRUE(same(at(1, 2, 3, 0), at(1, 2, 3, 0)));
  EXPECT_FALSE(same(at(1, 2, 3, 0), at(2, 2, 3, 0)));
  EXPECT_FALSE(same(at(1, 2, 3, 0), at(1, 3, 3, 0)));
  EXPECT_FALSE(same(at(1, 2, 3, 0), at(1, 2, 4, 0)));
  EXPECT_FALSE(same(at(1, 2, 3, 0), at(1, 2, 3, 1)));
}

TEST(ViewSamplingTest, CropsLieInsideWhateverTheShape) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 300}, {300, 1}, {7, 5}, {4000, 30}}) {
    for (std::uint64_t key = 0; key < 200; ++key) {
      const auto drawn = sample_view({}, 0, key, 0, 0, width, height);
      ASSERT_GE(drawn.crop_x, 0);
      ASSERT_GE(drawn.crop_width, 1);
      ASSERT_LE(drawn.crop_x + drawn.crop_width, width);
      ASSERT_GE(drawn.crop_y, 0);
      ASSERT_GE(drawn.crop_height, 1);
      ASSERT_LE(drawn.crop_y + drawn.crop_height, height);
    }
  }
}

}  // namespace
}  // namespace pretext
