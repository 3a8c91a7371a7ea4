#include "core/base/statistics.h"

#include <gtest/gtest.h>

#include <array>

namespace pretext {
namespace {

TEST(StatisticsTest, DeviationIsThatOfASample) {
  const auto none = mean_and_deviation({});
  EXPECT_EQ(none.mean, 0.0);
  EXPECT_EQ(none.deviation, 0.0);
  const std::array values = {2.0, 4.0, 9.0};
  const auto found = mean_and_deviation(values);
  EXPECT_DOUBLE_EQ(found.mean, 5.0);
  EXPECT_DOUBLE_EQ(found.deviation, std::sqrt(13.0));
}

TEST(StatisticsTest, IntervalsAreThoseOfSciPy) {
  // scipy.stats.binomtest(hits, trials).proportion_ci(method="wilson"), SciPy 1.16.
  struct Case {
    std::int64_t hits, trials;
    double low, high;
  };
  for (const auto& [hits, trials, low, high] :
       {Case{140, 140, 0.9732937996305869, 1.0},
        Case{812, 1000, 0.7866068125887822, 0.8350052901162315},
        Case{0, 10, 0.0, 0.2775327998628892},
        Case{3, 10, 0.10779126740630099, 0.6032218525388546}}) {
    EXPECT_NEAR(wilson_interval(hits, trials).low, low, 1e-12);
    EXPECT_NEAR(wilson_interval(hits, trials).high, high, 1e-12);
  }
}

}  // namespace
}  // namespace pretext
