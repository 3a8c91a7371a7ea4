#include "core/corpus/corpus.h"
#include "core/corpus/ingest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Fashion-MNIST as it is published, where PRETEXT_TEST_DATA leads to it.
class FashionMnist : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("PRETEXT_TEST_DATA");
    folder = std::filesystem::path(data ? data : PRETEXT_ROOT "/../shared/data") / "fashion-mnist";
    if (!std::filesystem::exists(folder)) {
      GTEST_SKIP() << "no data set at " << folder << ": set PRETEXT_TEST_DATA";
    }
  }
  std::filesystem::path folder;
};

TEST_F(FashionMnist, IsReadWithItsPublishedFigures) {
  const TemporaryFolder workspace;
  Database database(workspace.path());
  const auto source = open_image_source(folder, "", {});
  const auto record = ingest_images(database, {source.get()}, {.name = "fashion"});
  const Corpus corpus(database, record);
  EXPECT_EQ(corpus.size(), 70'000);
  EXPECT_EQ(corpus.split("test").size(), 10'000u);
  EXPECT_EQ(record.channels, 1);
  // Mean and deviation of the 60,000 training pictures, as everyone normalises them.
  EXPECT_NEAR(record.mean[0], 0.2860, 0.001);
  EXPECT_NEAR(record.deviation[0], 0.3530, 0.001);
  std::vector<int> of_class(10);
  for (const auto position : corpus.split("test")) {
    ++of_class.at(static_cast<std::size_t>(corpus.label(position)));
  }
  EXPECT_EQ(of_class, std::vector<int>(10, 1000));
}

}  // namespace
}  // namespace pretext
