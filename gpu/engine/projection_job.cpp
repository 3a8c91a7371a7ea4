#include "gpu/engine/projection_job.h"

#include "core/base/error.h"
#include "core/store/projection_store.h"
#include "core/store/run_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/tensor_values.h"
#include "gpu/evaluation/features.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <torch/torch.h>

#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

using nlohmann::json;

json settings_of(const ProjectionOptions& options) {
  json settings = {{"method", options.method}};
  if (options.method == "umap") {
    settings["neighbours"] = options.neighbours;
    settings["min_dist"] = options.min_dist;
    settings["seed"] = options.seed;
  } else if (options.method == "tsne") {
    settings["perplexity"] = options.perplexity;
  }
  return settings;
}

torch::Tensor unit_rows(const torch::Tensor& rows) {
  return torch::nn::functional::normalize(rows);
}

/// Puts a checkpoint's weights in place; no when it was thinned out since it was listed. One of a
/// run under way may be thinned out, or replaced by its weights alone, at any moment.
bool turn_to_kept(Database& database, LoadedRun& loaded, std::int64_t checkpoint) {
  RunStore runs(database);
  auto record = runs.checkpoint(checkpoint);
  while (record) {
    try {
      turn_to(database, loaded, *record);
      return true;
    } catch (const UserError&) {
      const auto now = runs.checkpoint(checkpoint);
      if (now && now->path == record->path) throw;
      record = now;
    }
  }
  return false;
}

}  // namespace

std::string project_run(Database& database, std::int64_t run, const ProjectionOptions& options,
                        const Progress& progress, const std::string& device,
                        const std::string& split) {
  constexpr double kEmbedded = 0.1;  // Of the whole way, and what it takes to judge the outcome.
  const auto embeddings = newest_embeddings(database, run, device, split);
  const auto embedded = RunStore(database).checkpoint(embeddings.checkpoint_id);
  progress(kEmbedded);
  const auto rows = torch::tensor(embeddings.rows).view({-1, embeddings.dimensions});
  const auto layout = project_features(rows, options, choose_device(device), [&](double done) {
    progress(kEmbedded + (1.0 - 2.0 * kEmbedded) * done);
  });
  auto parameters = settings_of(options);
  if (!split.empty()) parameters["split"] = split;
  const double kept = trustworthiness(unit_rows(rows), layout);
  parameters["trustworthiness"] = kept;
  const Projection projection = {.method = options.method,
                                 .checkpoint_id = embeddings.checkpoint_id,
                                 .step = embedded ? embedded->step : 0,
                                 .positions = embeddings.positions,
                                 .coordinates = values_of<float>(layout),
                                 .parameters = parameters.dump()};
  patiently([&] { ProjectionStore(database).add(run, projection); });
  return json{{"points", embeddings.positions.size()}, {"trustworthiness", kept}}.dump();
}

std::string film_run(Database& database, std::int64_t run, std::int64_t number,
                     const ProjectionOptions& options, const Progress& progress,
                     const std::string& device) {
  constexpr std::int64_t kMostPoints = 10'000;
  const auto loaded = load_run(database, run, device);
  const auto positions = embedded_positions(loaded->corpus, "", kMostPoints);
  const auto checkpoints = RunStore(database).checkpoints(run);
  const auto all = static_cast<double>(checkpoints.size() + 1);
  std::vector<Projection> frames;
  std::optional<torch::Tensor> before;
  const auto add_frame = [&](Encoder& encoder, const CheckpointRecord& at) {
    const auto rows = extract_features(encoder, loaded->device, *loaded->reader, positions);
    const auto num_done = static_cast<double>(frames.size());
    const auto layout = project_features(
        rows, options, loaded->device, [&](double done) { progress((num_done + done) / all); },
        before);
    before = before ? aligned(layout, *before) : layout;
    frames.push_back({.method = options.method,
                      .checkpoint_id = at.id,
                      .step = at.step,
                      .positions = positions,
                      .coordinates = values_of<float>(*before),
                      .parameters = settings_of(options).dump(),
                      .film = number});
    progress((num_done + 1.0) / all);
  };
  const auto untrained = make_initial_encoder(loaded->experiment, loaded->corpus.record());
  untrained->to(loaded->device);
  add_frame(*untrained, {});
  for (const auto& checkpoint : checkpoints) {
    if (checkpoint.step == 0) continue;
    if (turn_to_kept(database, *loaded, checkpoint.id)) add_frame(*loaded->encoder, checkpoint);
  }
  patiently([&] { ProjectionStore(database).set_film(run, frames); });
  return json{{"frames", frames.size()}, {"points", positions.size()}}.dump();
}

}  // namespace pretext
