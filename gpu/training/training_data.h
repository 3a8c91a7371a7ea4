#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/training/batch_source.h"

#include <torch/types.h>

#include <memory>
#include <vector>

namespace pretext {

/// Which batches to make.
struct SourceOptions {
  std::int64_t first_step = 0;
  std::int64_t step_bound = 0;  ///< Behind the last.
  bool has_long_rows = false;   ///< Of text: rows of `views.long_length`, as many pieces a step.
};

/// What a run trains on, step by step. The corpus must outlive it.
class TrainingData {
 public:
  virtual ~TrainingData() = default;
  virtual std::int64_t steps_per_epoch() const = 0;
  /// Of an epoch of text, special ones among them; 0 for images.
  virtual std::int64_t num_pieces() const { return 0; }
  /// Positions in the corpus of what a step sees; empty where that is not told.
  virtual std::vector<std::int64_t> samples_of(std::int64_t /*step*/) const { return {}; }
  virtual std::unique_ptr<BatchSource> source(const SourceOptions& options,
                                              const torch::Device& device) const = 0;
};

/// Throws UserError when the corpus has too little for one step.
std::unique_ptr<TrainingData> make_training_data(const Experiment& resolved, const Corpus& corpus);

}  // namespace pretext
