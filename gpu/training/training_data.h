#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/training/batch_source.h"

#include <torch/types.h>

#include <memory>

namespace pretext {

/// What a run trains on, step by step. The corpus must outlive it.
class TrainingData {
 public:
  virtual ~TrainingData() = default;
  virtual std::int64_t steps_per_epoch() const = 0;
  /// The batches of steps [first, last).
  virtual std::unique_ptr<BatchSource> source(std::int64_t first, std::int64_t last,
                                              const torch::Device& device) const = 0;
};

/// Throws UserError when the corpus has too little for one step.
std::unique_ptr<TrainingData> make_training_data(const Experiment& resolved, const Corpus& corpus);

}  // namespace pretext
