#include "core/store/mean_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pretext {
namespace {

using Curves = std::vector<std::vector<MetricSample>>;

TEST(MeanCurveTest, IsMeanAndSampleDeviationAtEachStep) {
  const Curves curves = {{{1, 1.0, 0}, {2, 4.0, 0}}, {{1, 3.0, 0}, {2, 4.0, 0}}};
  const auto result = mean_of_curves(curves);
  ASSERT_EQ(result.mean.size(), 2u);
  EXPECT_DOUBLE_EQ(result.mean[0].value, 2.0);
  EXPECT_DOUBLE_EQ(result.high[0].value, 2.0 + std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(result.low[0].value, 2.0 - std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(result.high[1].value, 4.0);
}

TEST(MeanCurveTest, AStepThatOneOfThemLacksIsLeftOutUnlessItHasEnded) {
  // The second logs every other step and ends at 3.
  const Curves curves = {{{1, 1.0, 0}, {2, 2.0, 0}, {3, 3.0, 0}, {4, 4.0, 0}},
                         {{1, 5.0, 0}, {3, 5.0, 0}}};
  const auto result = mean_of_curves(curves);
  std::vector<std::int64_t> steps;
  for (const auto& sample : result.mean) steps.push_back(sample.step);
  EXPECT_EQ(steps, (std::vector<std::int64_t>{1, 3, 4}));
  EXPECT_DOUBLE_EQ(result.mean[2].value, 4.0);
}

TEST(MeanCurveTest, WhatIsNotFiniteShows) {
  const Curves curves = {{{1, std::nan(""), 0}}, {{1, 3.0, 0}}};
  EXPECT_TRUE(std::isnan(mean_of_curves(curves).mean[0].value));
  EXPECT_TRUE(mean_of_curves(Curves()).mean.empty());
}

}  // namespace
}  // namespace pretext
