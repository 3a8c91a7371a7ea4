#include "core/store/confused_pairs.h"

#include <gtest/gtest.h>

namespace pretext {
namespace {

TEST(ConfusedPairsTest, TheMostFrequentStandFirst) {
  const std::vector<std::vector<std::int64_t>> confusion = {{5, 1, 0}, {3, 6, 1}, {0, 3, 0}};
  const auto pairs = most_confused(confusion, 3);
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[0], (ConfusedPair{2, 1, 3, 1.0})) << "of equal counts the higher share";
  EXPECT_EQ(pairs[1], (ConfusedPair{1, 0, 3, 0.3}));
  EXPECT_EQ(pairs[2].count, 1);
  EXPECT_EQ(most_confused(confusion, 100).size(), 4u);
}

TEST(ConfusedPairsTest, NothingConfusedIsNoPair) {
  EXPECT_TRUE(most_confused({{4, 0}, {0, 0}}, 5).empty());
  EXPECT_TRUE(most_confused({}, 5).empty());
}

}  // namespace
}  // namespace pretext
