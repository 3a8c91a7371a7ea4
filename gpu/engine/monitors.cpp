#include "gpu/engine/monitors.h"

#include "core/base/philox.h"
#include "core/objective/objective_registry.h"
#include "gpu/evaluation/diagnostics.h"
#include "gpu/evaluation/language.h"
#include "gpu/training/device.h"
#include "gpu/training/sample_reader.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {
namespace {

constexpr std::int64_t kProbeSize = 512;  // Validation samples.
constexpr std::int64_t kFewest = 10;      // Uniformity of fewer means nothing.

}  // namespace

Monitors::Monitors(const Experiment& resolved, const Corpus& corpus, const SampleReader& reader)
    : experiment_(resolved),
      corpus_(corpus),
      reader_(reader),
      probe_(corpus.fixed_part("validation", kProbeSize)),
      is_supervised_(find_objective(resolved.text("objective.kind")).is_supervised) {
  if (corpus.record().has_labels()) evaluation_.emplace(experiment_, reader_);
}

std::map<std::string, double> Monitors::read(Trainer& trainer) const {
  const AverageInUse average(trainer);
  std::map<std::string, double> readings;
  if (corpus_.is_text())
    readings = validation_readings(trainer.encoder(), trainer.objective(), experiment_, corpus_,
                                   trainer.device());
  readings.merge(representation(trainer));
  return readings;
}

std::map<std::string, double> Monitors::accuracy(Trainer& trainer, std::int64_t epoch) const {
  const auto every = epochs_an_accuracy();
  if (every == 0 || epoch % every != 0) return {};
  const AverageInUse average(trainer);
  const auto accuracy = is_supervised_
                            ? evaluation_->validation_accuracy(
                                  trainer.encoder(), trainer.objective(), trainer.device())
                            : evaluation_->validation_knn(trainer.encoder(), trainer.device());
  if (!accuracy) return {};  // No labels there.
  return {{is_supervised_ ? "eval/accuracy" : "eval/knn_accuracy", *accuracy}};
}

std::int64_t Monitors::epochs_an_accuracy() const {
  if (!evaluation_) return 0;
  return is_supervised_ ? 1 : experiment_.integer("evaluation.knn_every_epochs");
}

/// Of two fixed views.
std::map<std::string, double> Monitors::representation(Trainer& trainer) const {
  if (static_cast<std::int64_t>(probe_.size()) < kFewest || is_supervised_) return {};
  const torch::NoGradGuard no_grad;
  const auto views = reader_.two_views(probe_);
  if (!views) return {};
  // Views of text differ by dropout: the same each time.
  trainer.encoder().train(views->is_text());
  seed_generators(static_cast<std::uint64_t>(experiment_.integer("seed")), 0,
                  static_cast<std::uint8_t>(RandomPurpose::kEvaluation));
  trainer.objective().eval();
  std::vector<torch::Tensor> projections;
  const auto project = [&](const Batch& batch) {
    const auto features = trainer.encoder().forward(batch.to(trainer.device()));
    projections.push_back(trainer.objective().project(features).to(torch::kCPU, torch::kFloat32));
  };
  if (views->is_text()) {
    for (std::int64_t row = 0; row < views->tokens.ids.size(0); row += 32) {
      const auto count = std::min<std::int64_t>(32, views->tokens.ids.size(0) - row);
      project({.tokens = views->tokens.rows(row, count)});
    }
  } else {
    for (const auto& images : views->images.split(128)) project({.images = images});
  }
  const auto halves = torch::cat(projections).chunk(2);
  return representation_monitors(halves[0], halves[1]);
}

}  // namespace pretext
