#include "gpu/augment/device_views.h"

#include "core/augment/view_renderer.h"
#include "gpu/augment/view_body.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <cstring>

#include "tests/unit/gpu/drawn_parameters.h"
#include "tests/unit/gpu/gpu_test.h"
#include "tests/unit/gpu/tiny_corpora.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// Every operation at once, each in half of the views.
ViewRecipe busy_recipe(int size, bool bicubic) {
  ViewRecipe recipe;
  recipe.size = size;
  recipe.bicubic = bicubic;
  recipe.area_low = 0.1f;
  recipe.vertical_flip_probability = recipe.rotation_probability = 0.5f;
  recipe.rotation_degrees = 30.f;
  recipe.jitter_probability = recipe.grayscale_probability = 0.5f;
  recipe.hue = 0.2f;
  recipe.blur_probability = recipe.solarise_probability = 0.5f;
  return recipe;
}

/// A picture with edges and gradients.
template <typename Pixel>
std::vector<Pixel> picture(int width, int height, int channels, int highest) {
  std::vector<Pixel> pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) {
        const double wave = std::sin(0.21 * x + c) * std::cos(0.13 * y - c) + ((x / 9 + y / 7) % 2);
        pixels.push_back(static_cast<Pixel>((wave + 1.0) / 3.0 * highest));
      }
    }
  }
  return pixels;
}

struct Case {
  int width, height, channels, view_channels, size;
  bool bicubic;
};

/// The kernel's body on a team of one against the CPU form, over drawn parameters.
template <typename Pixel>
void expect_equal_forms(const Case& of, PixelType dtype, ValueWindow window, int highest) {
  const auto pixels = picture<Pixel>(of.width, of.height, of.channels, highest);
  const ImageView image{reinterpret_cast<const std::byte*>(pixels.data()), of.width, of.height,
                        of.channels, dtype};
  const auto recipe = busy_recipe(of.size, of.bicubic);
  const Normalisation normalisation{{0.4f, 0.5f, 0.6f}, {0.25f, 0.5f, 0.3f}};
  const int area = of.size * of.size;
  const auto values = static_cast<std::size_t>(of.view_channels * area);
  std::vector<float> expected(values), actual(values), scratch(values);
  ViewRenderer renderer;
  int far = 0;
  for (std::uint64_t sample = 0; sample < 60; ++sample) {
    const auto drawn = sample_view(recipe, 7, sample, 3, 1, of.width, of.height);
    renderer.render(image, recipe, drawn, of.view_channels, window, expected.data());
    normalise(expected.data(), of.view_channels, area, normalisation);
    view_body::make_view(
        view_body::SoloTeam{}, view_body::Source<Pixel>{pixels.data(), of.width, of.channels},
        recipe, drawn, {of.view_channels, window, normalisation}, actual.data(), scratch.data());
    for (std::size_t i = 0; i < values; ++i) {
      const float deviation = normalisation.deviation[i / static_cast<std::size_t>(area)];
      far += std::fabs(actual[i] - expected[i]) * deviation > 2.f / 255;
    }
  }
  // Solarise inverts at a threshold, so that rounding may put a value on its other side.
  EXPECT_LE(far, static_cast<int>(1e-4 * 60 * static_cast<double>(values)));
}

TEST(DeviceViews, TheKernelsBodyMakesTheViewsOfTheCpu) {
  for (const auto& of : {Case{32, 32, 3, 3, 32, false}, Case{150, 90, 3, 3, 48, false},
                         Case{150, 90, 3, 3, 48, true}, Case{28, 28, 1, 1, 28, false},
                         Case{40, 64, 1, 3, 24, false}, Case{5, 3, 3, 3, 16, false}}) {
    expect_equal_forms<std::uint8_t>(of, PixelType::kU8, {}, 255);
  }
  expect_equal_forms<std::uint16_t>({60, 50, 1, 1, 32, false}, PixelType::kU16, {500.f, 50000.f},
                                    65535);
}

class DeviceViewsOnGpu : public GpuTest {};

TEST_F(DeviceViewsOnGpu, TenMillionDrawsAreBitEqual) {
  const auto recipe = busy_recipe(64, false);
  constexpr std::int64_t kBlock = 100'000;
  std::vector<ViewParameters> drawn(kBlock);
  for (std::int64_t first = 0; first < 10'000'000; first += kBlock) {
    draw_on_device(recipe, static_cast<std::uint64_t>(first), drawn);
    for (std::int64_t i = 0; i < kBlock; ++i) {
      const auto sample = static_cast<std::uint64_t>(first + i);
      const auto expected = sample_view(recipe, 11, sample, 5, 0, kDrawnWidth, kDrawnHeight);
      ASSERT_EQ(std::memcmp(&expected, &drawn[static_cast<std::size_t>(i)], sizeof expected), 0)
          << "sample " << sample;
    }
  }
}

TEST_F(DeviceViewsOnGpu, TheKernelMakesTheViewsOfTheCpu) {
  const TemporaryFolder folder;
  Database database(folder.path());
  const Corpus host(database, ingest_drawn_pictures(database));
  InputOptions options;
  options.recipes = {busy_recipe(32, false), busy_recipe(32, false)};
  options.seed = 3;
  std::vector<std::int64_t> positions;
  for (std::int64_t i = 0; i < 300; i += 2) positions.push_back(i);
  auto expected = torch::empty({300, 3, 32, 32});
  render_views(host, options, positions, 4, 2, expected);
  const torch::Device device(torch::kCUDA, 0);
  DeviceCorpus resident(host, device);
  auto views = torch::empty({300, 3, 32, 32}, torch::TensorOptions(device));
  resident.render(options, positions, 4, views);
  const auto far = (views.cpu() - expected).abs() > 2.0 / 255;
  EXPECT_LE(far.to(torch::kFloat32).mean().item<double>(), 1e-4);
}

}  // namespace
}  // namespace pretext
