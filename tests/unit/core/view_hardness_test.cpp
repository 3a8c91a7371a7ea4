#include "core/augment/view_hardness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pretext {
namespace {

TEST(ViewHardnessTest, CosinesAreThoseAfterTheMeanIsTakenOff) {
  // Four rows whose mean is (10, 20); without it (±1, 0) and (0, ±1).
  const std::vector<float> first = {11, 20, 10, 21}, second = {9, 20, 10, 19};
  const auto hardness = view_hardness(first, second, 2);
  EXPECT_EQ(hardness.partners, (std::vector<float>{-1.f, -1.f}));
  EXPECT_EQ(hardness.others, (std::vector<float>{0.f, 0.f}));
  EXPECT_EQ(hardness.partner_found, 0.0);
  EXPECT_EQ(hardness.chance, 0.5);
}

TEST(ViewHardnessTest, EqualViewsAreFoundAndFeaturesThatSayNothingAreNot) {
  std::vector<float> one;
  for (int i = 0; i < 8 * 3; ++i) one.push_back(std::sin(static_cast<float>(i * i)));
  EXPECT_EQ(view_hardness(one, one, 3).partner_found, 1.0);
  for (const float cosine : view_hardness(one, one, 3).partners) EXPECT_NEAR(cosine, 1.f, 1e-6f);
  const std::vector<float> constant(8 * 3, 5.f);  // A tie is no find.
  const auto nothing = view_hardness(constant, constant, 3);
  EXPECT_EQ(nothing.partner_found, 0.0);
  EXPECT_TRUE(std::ranges::all_of(nothing.partners, [](float cosine) { return cosine == 0.f; }));
  EXPECT_EQ(nothing.others.size(), 8u * 7u);
}

TEST(ViewHardnessTest, ViewsAreLookedForAmongTheImagesOfAGroup) {
  // Unit vectors of a space wide enough for all: each view meets 63 others, or 75 in the last
  // group.
  constexpr std::size_t kImages = 140;
  std::vector<float> rows(kImages * kImages, 0.f);
  for (std::size_t i = 0; i < kImages; ++i) rows[i * kImages + i] = 1.f;
  const auto hardness = view_hardness(rows, rows, kImages);
  EXPECT_EQ(hardness.others.size(), 64u * 63u + 76u * 75u);
  EXPECT_DOUBLE_EQ(hardness.chance, 1.0 / 70.0);
  EXPECT_EQ(hardness.partner_found, 1.0);
  EXPECT_NEAR(hardness.interval.low, 0.973294, 1e-6);  // 140 of 140.
  EXPECT_NEAR(hardness.interval.high, 1.0, 1e-12);
}

TEST(ColourHistogramTest, CountsSharesOfColours) {
  // Two red pixels, one black, one white: bins red = 3·16, black 0, white 63.
  const std::vector<float> planar = {1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1};
  const auto histogram = colour_histogram(planar, 3);
  ASSERT_EQ(histogram.size(), 64u);
  EXPECT_FLOAT_EQ(histogram[48], 0.5f);
  EXPECT_FLOAT_EQ(histogram[0], 0.25f);
  EXPECT_FLOAT_EQ(histogram[63], 0.25f);
  const auto grey = colour_histogram(std::vector<float>{0.f, 0.5f, 0.999f, 1.f}, 1);
  EXPECT_FLOAT_EQ(grey[0], 0.25f);
  EXPECT_FLOAT_EQ(grey[32], 0.25f);
  EXPECT_FLOAT_EQ(grey[63], 0.5f);
  EXPECT_FLOAT_EQ(std::accumulate(grey.begin(), grey.end(), 0.f), 1.f);
}

}  // namespace
}  // namespace pretext
