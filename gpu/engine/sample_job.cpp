#include "gpu/engine/sample_job.h"

#include "core/base/error.h"
#include "core/base/philox.h"
#include "core/objective/objective_registry.h"
#include "core/store/sample_reading_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/tensor_values.h"
#include "gpu/evaluation/clusters.h"
#include "gpu/evaluation/features.h"
#include "gpu/objective/language.h"
#include "gpu/training/device.h"

#include <torch/torch.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

constexpr std::int64_t kNeighbours = 15;
constexpr std::int64_t kClusters = 10;  // Without classes.
constexpr std::int64_t kBatch = 256;
constexpr std::int64_t kTexts = 32;  // At once: each question has a score of every piece.

/// (N) float32: the share of each row's neighbours that have its label; NaN without one.
torch::Tensor agreement_of(const torch::Tensor& rows, const torch::Tensor& labels,
                           const torch::Device& device, const Progress& progress) {
  const auto near = nearest_neighbours(rows, kNeighbours, device, progress);
  const auto theirs = labels.index_select(0, near.positions.flatten()).view_as(near.positions);
  const auto share = (theirs == labels.unsqueeze(1)).to(torch::kFloat32).mean(1);
  return share.masked_fill(labels < 0, std::numeric_limits<float>::quiet_NaN());
}

/// The samples at `positions` as the objective's loss sees them; none where it asks more than that.
std::optional<Batch> batch_of(const LoadedRun& loaded, const std::vector<std::int64_t>& positions) {
  const auto& kind = find_objective(loaded.run.objective);
  if (!kind.is_supervised) {
    if (kind.num_views == 2) return loaded.reader->two_views(positions);
    return loaded.reader->questions(positions);
  }
  auto batch = loaded.reader->plain(positions);
  batch.labels = labels_of(loaded.corpus, positions);
  return batch;
}

/// (N) float32, NaN for none; undefined where the objective has no loss of single samples.
torch::Tensor losses_of(LoadedRun& loaded, const std::vector<std::int64_t>& positions,
                        const Progress& progress) {
  const torch::NoGradGuard no_grad;
  // Views of a text may differ by dropout alone.
  const bool drops = loaded.corpus.is_text() && find_objective(loaded.run.objective).num_views == 2;
  loaded.encoder->train(drops);
  if (drops) seed_generators(0, 0, static_cast<std::uint8_t>(RandomPurpose::kEvaluation));
  loaded.objective->eval();
  const auto count = std::ssize(positions);
  const bool asks_of_texts = dynamic_cast<LanguageObjective*>(loaded.objective.get()) != nullptr;
  const auto size = asks_of_texts ? kTexts : kBatch;
  const auto num_batches = (count + size - 1) / size;
  auto losses = torch::full({count}, std::numeric_limits<float>::quiet_NaN());
  for (std::int64_t number = 0; number < num_batches; ++number) {
    // Neighbours in the corpus are often alike: a batch takes its samples from all over it.
    std::vector<std::int64_t> part;
    for (auto i = number; i < count; i += num_batches)
      part.push_back(positions[static_cast<std::size_t>(i)]);
    const auto batch = batch_of(loaded, part);
    if (!batch) return {};
    const auto found = loaded.objective->sample_losses(*loaded.encoder, batch->to(loaded.device));
    if (!found.defined() || found.size(0) != std::ssize(part)) return {};
    losses.slice(0, number, count, num_batches).copy_(found.cpu());
    progress(static_cast<double>(number + 1) / static_cast<double>(num_batches));
  }
  return losses;
}

}  // namespace

std::string read_samples(Database& database, std::int64_t run, const Progress& progress,
                         const std::string& device) {
  const auto loaded = load_run(database, run, device);
  const auto embeddings = newest_embeddings(database, run, device);
  if (embeddings.positions.size() < 2)
    throw UserError("Two samples are needed at the least to tell them apart.");
  const auto rows = torch::nn::functional::normalize(
      torch::tensor(embeddings.rows).view({-1, embeddings.dimensions}));
  if (!torch::isfinite(rows).all().item<bool>())
    throw UserError("Run " + std::to_string(run) + " has diverged: its features are no numbers.");
  const auto part = [&](double from, double to) {
    return [&progress, from, to](double done) { progress(from + (to - from) * done); };
  };
  const auto num_classes = std::ssize(loaded->corpus.record().classes);
  const auto clusters =
      k_means(rows, num_classes > 1 ? num_classes : kClusters, 0, part(0.05, 0.3));
  const auto labels = num_classes > 0 ? labels_of(loaded->corpus, embeddings.positions) : clusters;
  const auto agreement = agreement_of(rows, labels, loaded->device, part(0.3, 0.5));
  const auto losses = losses_of(*loaded, embeddings.positions, part(0.5, 1.0));
  const SampleReadings readings = {
      .checkpoint_id = loaded->checkpoint.id,
      .step = loaded->checkpoint.step,
      .positions = embeddings.positions,
      .clusters = values_of<std::int32_t>(clusters),
      .agreement = values_of<float>(agreement),
      .loss = losses.defined() ? values_of<float>(losses) : std::vector<float>()};
  patiently([&] { SampleReadingStore(database).set(run, readings); });
  return nlohmann::json{{"samples", embeddings.positions.size()}, {"has_loss", losses.defined()}}
      .dump();
}

}  // namespace pretext
