#include "core/augment/view_renderer.h"

#include "core/augment/colour.h"
#include "core/weights/safetensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>

namespace pretext {
namespace {

constexpr int kSize = 32;
constexpr int kPixels = kSize * kSize;

/// Values of torchvision at fixed parameters (tests/reference/make_goldens.py).
class ViewRendererTest : public ::testing::Test {
 protected:
  static std::vector<float> golden(const std::string& name) {
    const auto& tensor = goldens().at(name);
    std::vector<float> values(tensor.data.size() / sizeof(float));
    std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
    return values;
  }
  static const WeightMap& goldens() {
    static const auto all = read_safetensors(std::string(PRETEXT_REFERENCE) + "/views.safetensors");
    return all;
  }

  /// The picture of the goldens, cropped as they are, then `change`d.
  static std::vector<float> render(const std::function<void(ViewParameters&)>& change,
                                   bool bicubic = false) {
    ViewRecipe recipe;
    recipe.size = kSize;
    recipe.bicubic = bicubic;
    ViewParameters drawn;
    drawn.crop_x = 9;
    drawn.crop_y = 5;
    drawn.crop_width = 41;
    drawn.crop_height = 37;
    change(drawn);
    std::vector<float> output(3 * kPixels);
    ViewRenderer renderer;
    renderer.render({goldens().at("image").data.data(), 60, 48, 3, PixelType::kU8}, recipe, drawn,
                    3, {}, output.data());
    return output;
  }

  static void expect_close(const std::vector<float>& values, const std::vector<float>& expected,
                           double tolerance, double share = 1.0) {
    ASSERT_EQ(values.size(), expected.size());
    std::size_t close = 0;
    double worst = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double error = std::fabs(values[i] - expected[i]);
      close += error <= tolerance;
      worst = std::max(worst, error);
    }
    EXPECT_GE(static_cast<double>(close), share * static_cast<double>(values.size()))
        << "worst error " << worst * 255 << "/255";
  }

  static constexpr auto kUnchanged = [](ViewParameters&) {};
};

TEST_F(ViewRendererTest, CropAndResizeAreTorchvisions) {
  expect_close(render(kUnchanged), golden("bilinear"), 2.0 / 255, 0.99);
  expect_close(render(kUnchanged, true), golden("bicubic"), 2.0 / 255, 0.99);
  expect_close(render([](ViewParameters& drawn) {
                 drawn.crop_x = 3;
                 drawn.crop_y = 2;
                 drawn.crop_width = 13;
                 drawn.crop_height = 11;
               }),
               golden("enlarged"), 2.0 / 255, 0.99);
  expect_close(render([](ViewParameters& drawn) { drawn.flip = 1; }), golden("flipped"), 2.0 / 255,
               0.99);
}

TEST_F(ViewRendererTest, ColourIsTorchvisions) {
  const auto jittered = [](int part, float value) {
    return render([=](ViewParameters& drawn) {
      drawn.jitter = 1;
      if (part == 0) drawn.brightness = value;
      if (part == 1) drawn.contrast = value;
      if (part == 2) drawn.saturation = value;
      if (part == 3) drawn.hue = value;
    });
  };
  expect_close(jittered(0, 1.35f), golden("brightness"), 1.0 / 255);
  expect_close(jittered(1, 0.6f), golden("contrast"), 1.0 / 255);
  expect_close(jittered(2, 1.7f), golden("saturation"), 1.0 / 255);
  expect_close(jittered(3, 0.13f), golden("hue"), 1.0 / 255);
  expect_close(jittered(3, -0.4f), golden("hue_negative"), 1.0 / 255);
  expect_close(render([](ViewParameters& drawn) { drawn.grayscale = 1; }), golden("grayscale"),
               1.0 / 255);
  // Values that rounding puts on the other side of the threshold are inverted there and not here.
  expect_close(render([](ViewParameters& drawn) { drawn.solarise = 1; }), golden("solarise"),
               1.0 / 255, 0.999);
}

TEST_F(ViewRendererTest, BlurIsTorchvisions) {
  expect_close(render([](ViewParameters& drawn) {
                 drawn.blur = 1;
                 drawn.sigma = 1.3f;
               }),
               golden("blur"), 1.0 / 255);
}

TEST_F(ViewRendererTest, RotationIsTorchvisionsInside) {
  const auto rotated = render([](ViewParameters& drawn) {
    drawn.rotate = 1;
    drawn.angle_degrees = 20.f;
  });
  // At the border torchvision fades differently: compare the middle.
  const auto expected = golden("rotated");
  for (int y = 8; y < 24; ++y) {
    for (int x = 8; x < 24; ++x) {
      EXPECT_NEAR(rotated[static_cast<std::size_t>(y * kSize + x)],
                  expected[static_cast<std::size_t>(y * kSize + x)], 2.0 / 255);
    }
  }
}

TEST_F(ViewRendererTest, SixteenBitGoesThroughItsWindow) {
  const std::vector<std::uint16_t> pixels(40 * 40, 3000);
  ViewRecipe recipe;
  recipe.size = 8;
  std::vector<float> output(64);
  ViewRenderer renderer;
  renderer.render({reinterpret_cast<const std::byte*>(pixels.data()), 40, 40, 1, PixelType::kU16},
                  recipe, plain_view(40, 40), 1, {1000.f, 5000.f}, output.data());
  for (const float value : output) EXPECT_NEAR(value, 0.5f, 1e-5);
}

}  // namespace
}  // namespace pretext
