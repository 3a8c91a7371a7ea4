#include "gpu/training/training_data.h"

#include "core/corpus/batch_plan.h"
#include "core/objective/objective_registry.h"
#include "gpu/augment/device_views.h"
#include "gpu/evaluation/features.h"
#include "gpu/training/input.h"
#include "gpu/training/loader.h"
#include "gpu/training/resolve.h"
#include "gpu/training/text_data.h"

#include <torch/torch.h>

namespace pretext {
namespace {

class ImageData final : public TrainingData {
 public:
  ImageData(const Experiment& resolved, const Corpus& corpus)
      : corpus_(corpus),
        is_supervised_(find_objective(resolved.text("objective.kind")).is_supervised),
        options_(input_options(resolved, corpus,
                               find_objective(resolved.text("objective.kind")).num_views)),
        plan_(training_samples(resolved, corpus), resolved.integer("training.batch_size"),
              static_cast<std::uint64_t>(resolved.integer("seed"))),
        num_threads_(static_cast<int>(resolved.integer("training.threads"))) {}

  std::int64_t steps_per_epoch() const override { return plan_.steps_per_epoch(); }
  std::vector<std::int64_t> samples_of(std::int64_t step) const override {
    auto plan = plan_;
    return plan.batch(step);
  }

  std::unique_ptr<BatchSource> source(const SourceOptions& asked,
                                      const torch::Device& device) const override {
    if (device.is_cuda() && DeviceCorpus::fits(corpus_, device)) {
      return std::make_unique<DeviceViews>(corpus_, options_, plan_, is_supervised_,
                                           asked.first_step, device);
    }
    // Pinned: memory that a GPU copies from without waiting.
    return std::make_unique<Loader>(
        [this, plan = plan_, pinned = device.is_cuda()](std::int64_t step, Batch& batch) mutable {
          prepare(plan, step, pinned, batch);
        },
        asked.first_step, asked.step_bound);
  }

 private:
  void prepare(BatchPlan& plan, std::int64_t step, bool pinned, Batch& batch) const {
    const auto positions = plan.batch(step);
    if (!batch.images.defined()) {
      batch.num_views = static_cast<std::int64_t>(options_.recipes.size());
      const auto rows = batch.num_views * static_cast<std::int64_t>(positions.size());
      const auto size = options_.recipes[0].size;
      batch.images = torch::empty({rows, options_.channels, size, size},
                                  torch::TensorOptions(torch::kFloat32).pinned_memory(pinned));
    }
    render_views(corpus_, options_, positions, plan.epoch_of(step), num_threads_, batch.images);
    if (is_supervised_) batch.labels = labels_of(corpus_, positions);
  }

  const Corpus& corpus_;
  bool is_supervised_;
  InputOptions options_;
  BatchPlan plan_;
  int num_threads_;
};

}  // namespace

std::unique_ptr<TrainingData> make_training_data(const Experiment& resolved, const Corpus& corpus) {
  if (corpus.is_text()) return make_text_data(resolved, corpus);
  return std::make_unique<ImageData>(resolved, corpus);
}

}  // namespace pretext
