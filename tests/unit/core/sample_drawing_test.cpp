#include "core/corpus/sample_drawing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pretext {
namespace {

constexpr std::size_t kCount = 1800;

struct Drawn {
  std::vector<std::vector<float>> rows;
  std::vector<std::string> classes;
};

/// `features` of each picture.
template <typename Features>
Drawn draw(const Features& features) {
  const auto source = draw_sample_images(kCount, 5);
  Drawn drawn;
  for (std::size_t i = 0; i < kCount; ++i) {
    drawn.rows.push_back(features(source->read(i)));
    drawn.classes.push_back(source->origins()[i].class_name);
  }
  return drawn;
}

/// Accuracy of the nearest of the first 1,500 rows on the rest.
double nearest_neighbour_accuracy(const Drawn& drawn) {
  int hits = 0;
  for (std::size_t query = 1500; query < kCount; ++query) {
    double nearest = 1e30;
    std::size_t winner = 0;
    for (std::size_t i = 0; i < 1500; ++i) {
      double distance = 0.0;
      for (std::size_t d = 0; d < drawn.rows[i].size(); ++d) {
        const double difference = drawn.rows[i][d] - drawn.rows[query][d];
        distance += difference * difference;
      }
      if (distance < nearest) {
        nearest = distance;
        winner = i;
      }
    }
    hits += drawn.classes[winner] == drawn.classes[query];
  }
  return hits / 300.0;
}

TEST(SampleDrawingTest, SameSeedSamePicture) {
  const auto one = draw_sample_images(20, 3);
  const auto two = draw_sample_images(20, 3);
  EXPECT_EQ(one->read(13).pixels, two->read(13).pixels);
  EXPECT_NE(one->read(13).pixels, draw_sample_images(20, 4)->read(13).pixels);
}

TEST(SampleDrawingTest, ColourAloneDoesNotTellTheKinds) {
  const auto histogram = draw([](const OwnedImage& image) {
    std::vector<float> bins(64);
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
      const auto level = [&](std::size_t c) {
        return static_cast<std::size_t>(image.pixels[i + c]) / 64;
      };
      bins[level(0) * 16 + level(1) * 4 + level(2)] += 1.f;
    }
    return bins;
  });
  EXPECT_LT(nearest_neighbour_accuracy(histogram), 1.0 / 12 + 0.10);
}

TEST(SampleDrawingTest, RawPixelsTellThemTwiceAsWellAsChance) {
  const auto raw = draw([](const OwnedImage& image) {
    std::vector<float> values;
    for (const auto value : image.pixels) values.push_back(static_cast<float>(value) / 255.f);
    return values;
  });
  EXPECT_GT(nearest_neighbour_accuracy(raw), 2.0 / 12);
}

}  // namespace
}  // namespace pretext
