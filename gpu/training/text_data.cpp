#include "gpu/training/text_data.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/corpus/batch_plan.h"
#include "core/objective/augmented_text.h"
#include "core/objective/objective_registry.h"
#include "gpu/evaluation/features.h"
#include "gpu/training/loader.h"
#include "gpu/training/resolve.h"
#include "gpu/training/text_input.h"

#include <algorithm>

namespace pretext {
namespace {

/// Rows of an epoch's plan.
class PlannedText final : public TrainingData {
 public:
  PlannedText(const Experiment& resolved, const Corpus& corpus)
      : text_(corpus.text()),
        options_(text_options(resolved)),
        rows_a_step_(resolved.integer("training.batch_size")),
        long_length_(resolved.integer("views.long_length")),
        warmup_steps_(resolved.integer("training.batch_warmup_steps")),
        micro_batches_(resolved.integer("training.accumulation")),
        documents_(corpus.plan_documents(training_samples(resolved, corpus))) {
    const SequencePlan plan(text_, documents_, options_.sequences, 0);
    num_pieces_ = plan.num_pieces();
    steps_per_epoch_ = plan.num_rows() / rows_a_step_;
    if (steps_per_epoch_ == 0) {
      throw UserError("training.batch_size is " + std::to_string(rows_a_step_) +
                      " rows but the training documents fill " + std::to_string(plan.num_rows()) +
                      ": choose a smaller batch or a larger corpus.");
    }
  }

  std::int64_t steps_per_epoch() const override { return steps_per_epoch_; }
  std::int64_t num_pieces() const override { return num_pieces_; }

  std::unique_ptr<BatchSource> source(const SourceOptions& asked,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, options = options_of(asked.has_long_rows), plan = std::shared_ptr<SequencePlan>(),
         planned = std::int64_t{-1}](std::int64_t step, Batch& batch) mutable {
          const auto epoch = step / steps_per_epoch_;
          if (epoch != planned) {
            plan = std::make_shared<SequencePlan>(text_, documents_, options.sequences,
                                                  static_cast<std::uint32_t>(epoch));
            planned = epoch;
          }
          const auto rows = num_rows(options.sequences.length);
          batch.tokens = read_rows(text_, *plan, options, static_cast<std::uint32_t>(epoch),
                                   step % steps_per_epoch_ * rows, warmed_up(rows, step));
        },
        asked.first_step, asked.step_bound);
  }

 private:
  TextOptions options_of(bool has_long_rows) const {
    auto options = options_;
    if (has_long_rows) options.sequences.length = long_length_;
    return options;
  }

  /// A step of longer rows has fewer of them, so that it takes no more memory.
  std::int64_t num_rows(std::int64_t length) const {
    return rounded_up(rows_a_step_ * options_.sequences.length / length);
  }

  /// A step of the warm-up trains on the first of its rows.
  std::int64_t warmed_up(std::int64_t rows, std::int64_t step) const {
    return step < warmup_steps_ ? rounded_up(rows * (step + 1) / (warmup_steps_ + 1)) : rows;
  }

  /// To whole micro-batches of two rows at least.
  std::int64_t rounded_up(std::int64_t rows) const {
    const auto least = std::max<std::int64_t>(rows, 2 * micro_batches_);
    return (least + micro_batches_ - 1) / micro_batches_ * micro_batches_;
  }

  const PackedText& text_;
  TextOptions options_;
  std::int64_t rows_a_step_;
  std::int64_t long_length_;  // 0 for none.
  std::int64_t warmup_steps_;
  std::int64_t micro_batches_;
  std::vector<PlanDocument> documents_;
  std::int64_t steps_per_epoch_;
  std::int64_t num_pieces_;
};

/// Documents with their labels, in a new order each epoch.
class LabelledText final : public TrainingData {
 public:
  LabelledText(const Experiment& resolved, const Corpus& corpus)
      : corpus_(corpus),
        plan_(training_samples(resolved, corpus), resolved.integer("training.batch_size"),
              static_cast<std::uint64_t>(resolved.integer("seed"))),
        reading_(resolved, corpus) {
    // A micro-batch has its share of the rows, and of the labels: with packing these differ.
    reading_.packs =
        resolved.flag("views.packing") && resolved.integer("training.accumulation") == 1;
  }

  std::int64_t steps_per_epoch() const override { return plan_.steps_per_epoch(); }

  std::unique_ptr<BatchSource> source(const SourceOptions& asked,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, plan = plan_](std::int64_t step, Batch& batch) mutable {
          const auto positions = plan.batch(step);
          batch.tokens = read_documents(corpus_.text(), positions, reading_);
          batch.labels = labels_of(corpus_, positions);
        },
        asked.first_step, asked.step_bound);
  }

 private:
  const Corpus& corpus_;
  BatchPlan plan_;
  ReadingOptions reading_;
};

/// Changed copies of sentences or documents, in a new order each epoch: two views of each, or one
/// beside the original.
class AugmentedText final : public TrainingData {
 public:
  AugmentedText(const Experiment& resolved, const Corpus& corpus)
      : corpus_(corpus),
        maker_(corpus.text(), corpus.text().vocabulary(), resolved),
        samples_(maker_.samples(corpus.plan_documents(training_samples(resolved, corpus)))),
        plan_(numbers_up_to(std::ssize(samples_)), resolved.integer("training.batch_size"),
              static_cast<std::uint64_t>(resolved.integer("seed"))),
        reading_(resolved, corpus),
        read_(find_objective(resolved.text("objective.kind")).text_task == TextTask::kDenoising
                  ? read_damaged
                  : read_views) {
    reading_.packs = resolved.flag("views.packing");
  }

  std::int64_t steps_per_epoch() const override { return plan_.steps_per_epoch(); }

  std::unique_ptr<BatchSource> source(const SourceOptions& asked,
                                      const torch::Device& /*device*/) const override {
    return std::make_unique<Loader>(
        [this, plan = plan_](std::int64_t step, Batch& batch) mutable {
          std::vector<TextSample> chosen;
          for (const auto number : plan.batch(step))
            chosen.push_back(samples_[static_cast<std::size_t>(number)]);
          batch = read_(maker_, chosen, static_cast<std::uint32_t>(plan.epoch_of(step)), reading_,
                        corpus_.text().vocabulary().pad());
        },
        asked.first_step, asked.step_bound);
  }

 private:
  const Corpus& corpus_;
  TextViewMaker maker_;
  std::vector<TextSample> samples_;
  BatchPlan plan_;
  ReadingOptions reading_;
  decltype(&read_views) read_;
};

}  // namespace

std::unique_ptr<TrainingData> make_text_data(const Experiment& resolved, const Corpus& corpus) {
  if (find_objective(resolved.text("objective.kind")).is_supervised)
    return std::make_unique<LabelledText>(resolved, corpus);
  if (augments_text(resolved)) return std::make_unique<AugmentedText>(resolved, corpus);
  return std::make_unique<PlannedText>(resolved, corpus);
}

}  // namespace pretext
