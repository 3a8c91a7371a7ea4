#include "gpu/training/input.h"

#include "core/base/error.h"
#include "core/base/parallel.h"

#include <torch/torch.h>

namespace pretext {

InputOptions input_options(const Experiment& experiment, const Corpus& corpus, int num_views) {
  const auto& record = corpus.record();
  InputOptions options;
  for (int view = 0; view < num_views; ++view) {
    options.recipes.push_back(view_recipe(experiment, record.natural_size(), view));
  }
  options.channels = record.channels;
  for (int c = 0; c < record.channels; ++c) {
    options.normalisation.mean[c] = static_cast<float>(record.mean[static_cast<std::size_t>(c)]);
    options.normalisation.deviation[c] =
        static_cast<float>(record.deviation[static_cast<std::size_t>(c)]);
  }
  options.window = corpus.value_window();
  options.seed = static_cast<std::uint64_t>(experiment.integer("seed"));
  return options;
}

InputOptions input_for(const InputOptions& options, const Corpus& own, const Corpus& other) {
  if (other.record().channels > options.channels) {
    throw UserError("The encoder sees " + std::to_string(options.channels) +
                    " channels a picture and corpus \"" + other.record().name + "\" has " +
                    std::to_string(other.record().channels) +
                    ": ingest a corpus of as many channels.");
  }
  auto result = options;
  if (own.images().image(0).dtype != other.images().image(0).dtype)
    result.window = other.value_window();
  return result;
}

torch::Tensor render_plain(const Corpus& corpus, const InputOptions& options,
                           const std::vector<std::int64_t>& positions, int num_threads) {
  const auto& recipe = options.recipes[0];
  const std::int64_t pixels = std::int64_t{recipe.size} * recipe.size;
  auto output = torch::empty(
      {static_cast<std::int64_t>(positions.size()), options.channels, recipe.size, recipe.size});
  float* data = output.data_ptr<float>();
  std::vector<ViewRenderer> renderers(static_cast<std::size_t>(num_threads));
  parallel_for(static_cast<std::int64_t>(positions.size()), num_threads, 8,
               [&](std::int64_t i, int thread) {
                 const auto image = corpus.images().image(positions[static_cast<std::size_t>(i)]);
                 float* target = data + i * options.channels * pixels;
                 renderers[static_cast<std::size_t>(thread)].render(
                     image, recipe, plain_view(image.width, image.height), options.channels,
                     options.window, target);
                 normalise(target, options.channels, pixels, options.normalisation);
               });
  return output;
}

void render_views(const Corpus& corpus, const InputOptions& options,
                  const std::vector<std::int64_t>& positions, std::int64_t epoch, int num_threads,
                  torch::Tensor& output) {
  const auto num_views = static_cast<std::int64_t>(options.recipes.size());
  const auto count = static_cast<std::int64_t>(positions.size());
  const std::int64_t pixels = std::int64_t{options.recipes[0].size} * options.recipes[0].size;
  float* data = output.data_ptr<float>();
  std::vector<ViewRenderer> renderers(static_cast<std::size_t>(num_threads));
  parallel_for(count * num_views, num_threads, 8, [&](std::int64_t i, int thread) {
    const auto view = i / count;
    const auto position = positions[static_cast<std::size_t>(i % count)];
    const auto& recipe = options.recipes[static_cast<std::size_t>(view)];
    if (epoch == 0 && view == 0) corpus.images().check_contents(position);
    const auto image = corpus.images().image(position);
    const auto drawn = sample_view(recipe, options.seed, corpus.draw_key(position),
                                   static_cast<std::uint32_t>(epoch),
                                   static_cast<std::uint8_t>(view), image.width, image.height);
    float* target = data + i * options.channels * pixels;
    renderers[static_cast<std::size_t>(thread)].render(image, recipe, drawn, options.channels,
                                                       options.window, target);
    normalise(target, options.channels, pixels, options.normalisation);
  });
}

}  // namespace pretext
