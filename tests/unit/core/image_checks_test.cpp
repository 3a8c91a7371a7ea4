#include "core/corpus/image_checks.h"

#include "core/base/error.h"
#include "core/corpus/ingest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

OwnedImage drawn(int width, int height, double phase, int lighter) {
  OwnedImage image;
  image.width = width;
  image.height = height;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = (x + 0.5) / width;
      const double v = (y + 0.5) / height;
      const double wave = std::sin(9.0 * u + phase) * std::cos(7.0 * v * (1.0 + phase));
      image.pixels.push_back(static_cast<std::byte>(110 + lighter + static_cast<int>(90.0 * wave)));
    }
  }
  return image;
}

/// Two pictures, each as it is, larger and lighter; one of its own; copies; two flat ones.
class Drawings final : public ImageSource {
 public:
  Drawings() {
    for (const double phase : {0.0, 1.3}) {
      add(drawn(48, 40, phase, 0));
      add(drawn(96, 80, phase, 0));
      add(drawn(48, 40, phase, 6));
    }
    add(drawn(48, 40, 2.6, 0));
    add(drawn(48, 40, 0.0, 0));  // A copy of the first.
    add(drawn(20, 16, 3.4, 0));  // Small.
    for (const int grey : {50, 51}) {
      OwnedImage flat;
      flat.width = flat.height = 48;
      flat.pixels.assign(48 * 48, static_cast<std::byte>(grey));
      add(flat);
    }
  }
  const std::vector<ImageOrigin>& origins() const override { return origins_; }
  OwnedImage read(std::size_t i) const override { return images_[i]; }
  std::string kind() const override { return "drawn"; }

 private:
  void add(OwnedImage image) {
    origins_.push_back({"p" + std::to_string(images_.size()), "", ""});
    images_.push_back(std::move(image));
  }

  std::vector<OwnedImage> images_;
  std::vector<ImageOrigin> origins_;
};

struct ImageChecksTest : testing::Test {
  ImageChecksTest() : database(folder.path()) {
    const Drawings drawings;
    corpus = std::make_unique<Corpus>(database,
                                      ingest_images(database, {&drawings}, {.name = "drawings"}));
  }
  const TemporaryFolder folder;
  Database database;
  std::unique_ptr<Corpus> corpus;
};

TEST_F(ImageChecksTest, PicturesThatLookNearlyAlikeAreGathered) {
  double share = 0.0;
  const auto groups = near_duplicate_groups(*corpus, [&](double done) { share = done; });
  EXPECT_EQ(groups, (std::vector<std::vector<std::int64_t>>{{0, 1, 2}, {3, 4, 5}}));
  EXPECT_GT(share, 0.0);
}

TEST_F(ImageChecksTest, OfAGroupTheLargestStaysAndOfEqualOnesThatWithTheShortestName) {
  EXPECT_EQ(all_but_best(*corpus, {{3, 4, 5}}), (std::set<std::int64_t>{3, 5}));
  EXPECT_EQ(all_but_best(*corpus, {{3, 5}}), (std::set<std::int64_t>{5}));
  EXPECT_EQ(all_but_best(*corpus, {{9, 10}}), (std::set<std::int64_t>{10})) << "p9, not p10";
  EXPECT_EQ(all_but_best(*corpus, {{0, 1, 2}}), (std::set<std::int64_t>{0, 2, 7}))
      << "7 is an exact copy of 0";
  EXPECT_EQ(all_but_best(*corpus, {{3, 5}, {5, 6}}), (std::set<std::int64_t>{5, 6}))
      << "groups that share an image are one";
  EXPECT_TRUE(all_but_best(*corpus, {}).empty());
}

TEST_F(ImageChecksTest, ASearchIsStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(near_duplicate_groups(*corpus, {}, stop.get_token()), UserError);
}

TEST_F(ImageChecksTest, SmallPicturesAreThoseThatViewsEnlargeMoreThanTwofold) {
  EXPECT_EQ(corpus->record().natural_size(), 80);
  EXPECT_EQ(small_images(*corpus), (std::vector<std::int64_t>{8}));
}

TEST(DifferenceHashTest, SaysWhereAPictureGrowsLighter) {
  // Nine columns, eight rows: lighter to the right in the first row, darker in the others.
  OwnedImage image;
  image.width = 9;
  image.height = 8;
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 9; ++x) image.pixels.push_back(static_cast<std::byte>(y == 0 ? x : 8 - x));
  EXPECT_EQ(difference_hash(image.view()), 0xff00000000000000u);
}

}  // namespace
}  // namespace pretext
