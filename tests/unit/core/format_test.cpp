#include "core/base/format.h"

#include <gtest/gtest.h>

namespace pretext {
namespace {

TEST(FormatTest, SaysItAsPeopleDo) {
  EXPECT_EQ(duration(12.4), "12 s");
  EXPECT_EQ(duration(185), "3 min 05 s");
  EXPECT_EQ(duration(7830), "2 h 10 min");
  EXPECT_EQ(duration(-1), "0 s");
  EXPECT_EQ(byte_count(999), "999 B");
  EXPECT_EQ(byte_count(1'500'000), "1.5 MB");
  EXPECT_EQ(percent(0.812), "81.2 %");
  EXPECT_EQ(significant(0.00123456), "0.0012346");
  EXPECT_EQ(significant(123456.7), "123457");
  EXPECT_EQ(significant(-30'912.0), "-30912");
}

}  // namespace
}  // namespace pretext
