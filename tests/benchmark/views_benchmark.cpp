#include "core/augment/view_renderer.h"
#include "core/base/parallel.h"
#include "core/corpus/sample_drawing.h"

#include <benchmark/benchmark.h>

namespace pretext {
namespace {

/// Two views of 32 px of each image, SimCLR CIFAR recipe, all cores: images a second.
void two_views_32px(benchmark::State& state) {
  constexpr std::int64_t kImages = 2048;
  const auto source = draw_sample_images(256, 1);
  std::vector<OwnedImage> images;
  for (std::size_t i = 0; i < 256; ++i) images.push_back(source->read(i));
  Experiment experiment;
  experiment.set("views.preset", std::string("simclr-cifar"));
  const auto recipe = view_recipe(experiment, 32);
  const Normalisation normalisation{{0.5f, 0.5f, 0.5f}, {0.25f, 0.25f, 0.25f}};
  std::vector<ViewRenderer> renderers(static_cast<std::size_t>(num_cores()));
  std::vector<float> output(2 * kImages * 3 * 32 * 32);
  std::uint32_t epoch = 0;
  for (auto _ : state) {
    ++epoch;
    parallel_for(2 * kImages, num_cores(), 16, [&](std::int64_t i, int thread) {
      const auto image = images[static_cast<std::size_t>(i % 256)].view();
      const auto drawn = sample_view(recipe, 0, static_cast<std::uint64_t>(i / 2), epoch,
                                     static_cast<std::uint8_t>(i % 2), 32, 32);
      float* target = &output[static_cast<std::size_t>(i) * 3 * 32 * 32];
      renderers[static_cast<std::size_t>(thread)].render(image, recipe, drawn, 3, {}, target);
      normalise(target, 3, 32 * 32, normalisation);
    });
    benchmark::DoNotOptimize(output.data());
  }
  state.SetItemsProcessed(state.iterations() * kImages);
}
BENCHMARK(two_views_32px)->UseRealTime()->Unit(benchmark::kMillisecond);

/// What one move of a slider redraws: 16 views of 224 px of pictures of 256 px, with blur.
void preview_of_16_views_224px(benchmark::State& state) {
  OwnedImage image;
  image.width = image.height = 256;
  image.channels = 3;
  image.pixels.resize(256 * 256 * 3);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = static_cast<std::byte>(i * 2654435761u >> 24);
  Experiment experiment;
  experiment.set("views.preset", std::string("simclr-imagenet"));
  const auto recipe = view_recipe(experiment, 224);
  std::vector<ViewRenderer> renderers(static_cast<std::size_t>(num_cores()));
  std::vector<float> output(16 * 3 * 224 * 224);
  std::uint32_t epoch = 0;
  for (auto _ : state) {
    ++epoch;
    parallel_for(16, num_cores(), 1, [&](std::int64_t i, int thread) {
      const auto drawn = sample_view(recipe, 0, static_cast<std::uint64_t>(i), epoch, 0, 256, 256);
      renderers[static_cast<std::size_t>(thread)].render(
          image.view(), recipe, drawn, 3, {}, &output[static_cast<std::size_t>(i) * 3 * 224 * 224]);
    });
    benchmark::DoNotOptimize(output.data());
  }
}
BENCHMARK(preview_of_16_views_224px)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pretext

BENCHMARK_MAIN();
