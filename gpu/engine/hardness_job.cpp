#include "gpu/engine/hardness_job.h"

#include "core/augment/view_hardness.h"
#include "core/base/error.h"
#include "core/base/json_file.h"
#include "core/base/parallel.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/engine/tensor_values.h"
#include "gpu/training/input.h"

#include <torch/torch.h>

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

/// The run's settings with the recipe's views, in the size that its encoder has seen.
Experiment with_recipe(const Experiment& own, const std::string& recipe) {
  auto settings = nlohmann::json::parse(own.to_json());
  const auto views = parse_json(recipe, "The recipe", "choose another");
  for (const auto& [key, value] : views.items()) {
    if (key.starts_with("views.") && key != "views.size") settings[key] = value;
  }
  return Experiment::from_json(settings.dump());
}

}  // namespace

std::string view_hardness_of(Database& database, std::int64_t run, const HardnessRequest& request,
                             const std::string& device) {
  const auto loaded = load_run(database, run, device, request.corpus);
  if (loaded->corpus.is_text())
    throw UserError("Run " + std::to_string(run) + " learned from text, which has no such views.");
  const auto count = static_cast<std::int64_t>(request.positions.size());
  if (count < 2) throw UserError("Two images are needed at the least to tell them apart.");
  const auto own = Corpus(database, CorpusStore(database).get(loaded->run.corpus_id));
  auto options = input_for(input_options(with_recipe(loaded->experiment, request.recipe), own, 2),
                           own, loaded->corpus);
  options.seed = request.seed;
  const std::int64_t size = options.recipes[0].size;
  auto images = torch::empty({2 * count, options.channels, size, size});  // (2N, C, S, S)
  render_views(loaded->corpus, options, request.positions, request.epoch, num_cores(), images);
  const torch::NoGradGuard no_grad;
  loaded->encoder->eval();
  std::vector<torch::Tensor> parts;
  for (const auto& some : images.split(2 * kHardnessGroup)) {
    Batch batch;
    batch.images = some;
    parts.push_back(loaded->encoder->forward(batch.to(loaded->device)).to(torch::kCPU));
  }
  const auto features = torch::cat(parts);  // (2N, D)
  if (!torch::isfinite(features).all().item<bool>())
    throw UserError("Run " + std::to_string(run) + " has diverged: its features are no numbers.");
  const auto hardness =
      view_hardness(values_of<float>(features.narrow(0, 0, count)),
                    values_of<float>(features.narrow(0, count, count)), features.size(1));
  return nlohmann::json{{"partners", hardness.partners},
                        {"others", hardness.others},
                        {"partner_found", hardness.partner_found},
                        {"interval", {hardness.interval.low, hardness.interval.high}},
                        {"chance", hardness.chance},
                        {"step", loaded->checkpoint.step}}
      .dump();
}

}  // namespace pretext
