#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"
#include "gpu/optimizer/optimizer.h"
#include "gpu/optimizer/schedule.h"
#include "gpu/training/state.h"
#include "gpu/training/training_data.h"

#include <map>
#include <memory>
#include <string>

namespace pretext {

/// The training of one experiment, step by step, in memory. Knows no store, no run, no clock but
/// those of its readings.
class Trainer {
 public:
  /// `resolved`: without any `auto` left. `corpus` must outlive it. Throws UserError.
  Trainer(const Experiment& resolved, const Corpus& corpus);

  /// Trains one step and returns its readings by metric key. Throws UserError, naming the step and
  /// what to try, when the loss is not finite.
  std::map<std::string, double> step();

  std::int64_t num_steps_done() const { return step_; }
  std::int64_t total_steps() const { return total_steps_; }
  std::int64_t steps_per_epoch() const { return steps_per_epoch_; }
  std::int64_t batch_size() const { return batch_size_; }

  /// All that lives across steps. Shares storage with the trainer.
  TensorMap state() const;
  /// Continues where `state` was taken. Throws UserError when it is of another experiment.
  void load_state(const TensorMap& state);
  /// Starts from imported weights of the encoder, by torchvision's or Hugging Face's names, and of
  /// the heads ("objective.…") where all of them are there. A first convolution for another number
  /// of channels is averaged and repeated.
  void load_encoder(TensorMap weights);

  Encoder& encoder() { return *encoder_; }
  Objective& objective() { return *objective_; }
  const torch::Device& device() const { return device_; }

 private:
  double train_micro_batch(const Batch& batch, std::int64_t micro_batch,
                           std::map<std::string, double>& readings);
  void update_average();
  void check_finite(double loss) const;

  Experiment experiment_;
  torch::Device device_;
  std::int64_t batch_size_;
  std::shared_ptr<Encoder> encoder_;
  std::shared_ptr<Objective> objective_;
  TensorMap parameters_;
  TensorMap average_;  // EMA of the parameters; empty without one.
  std::unique_ptr<Optimizer> optimizer_;
  ScheduleOptions schedule_;
  std::unique_ptr<TrainingData> data_;
  std::unique_ptr<BatchSource> source_;  // From the first step on.
  std::int64_t steps_per_epoch_;
  std::int64_t total_steps_;
  std::int64_t step_ = 0;
};

/// The encoder of a resolved experiment with its first weights, as training starts from them.
std::shared_ptr<Encoder> make_initial_encoder(const Experiment& resolved,
                                              const CorpusRecord& corpus);

}  // namespace pretext
