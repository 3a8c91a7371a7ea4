#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"
#include "gpu/optimizer/optimizer.h"
#include "gpu/training/pace.h"
#include "gpu/training/state.h"
#include "gpu/training/training_data.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace pretext {

/// Seconds that a steady clock shows.
double steady_seconds();

/// The training of one experiment, step by step, in memory. Knows no store and no run.
class Trainer {
 public:
  using Clock = std::function<double()>;

  /// `resolved`: without any `auto` left. `corpus` must outlive it. `clock`: what a budget of time
  /// is counted by, seconds. Throws UserError.
  Trainer(const Experiment& resolved, const Corpus& corpus, Clock clock = steady_seconds);

  /// Trains one step and returns its readings by metric key. Throws UserError, naming the step and
  /// what to try, when the loss is not finite.
  std::map<std::string, double> step();

  const Pace& pace() const { return pace_; }
  std::int64_t num_steps_done() const { return pace_.num_steps_done(); }
  std::int64_t total_steps() const { return pace_.total_steps(); }
  bool is_done() const { return pace_.is_done(); }
  std::int64_t steps_per_epoch() const { return data_->steps_per_epoch(); }

  /// All that lives across steps. Shares storage with the trainer.
  TensorMap state() const;
  /// Continues where `state` was taken. Throws UserError when it is of another experiment.
  void load_state(const TensorMap& state);
  /// Starts from imported weights of the encoder, by torchvision's or Hugging Face's names, and of
  /// the heads ("objective.…") where all of them are there. A first convolution for another number
  /// of channels is averaged and repeated.
  void load_encoder(TensorMap weights);

  /// Puts the moving average (`training.ema`) in the place of the weights, and back; does nothing
  /// without one.
  void exchange_average();

  Encoder& encoder() { return *encoder_; }
  bool trains_encoder() const { return objective_->trains_encoder(); }
  Objective& objective() { return *objective_; }
  const torch::Device& device() const { return device_; }

 private:
  Batch next_batch();
  double train_micro_batch(const Batch& batch, std::int64_t micro_batch,
                           std::map<std::string, double>& readings);
  void update_average();
  void check_finite(double loss) const;
  /// What a step saw, and the first parameter that is no number, in brackets; for a message.
  std::string suspects() const;

  Experiment experiment_;
  const Corpus& corpus_;
  torch::Device device_;
  Clock clock_;
  std::shared_ptr<Encoder> encoder_;
  std::shared_ptr<Objective> objective_;
  TensorMap parameters_;
  TensorMap average_;  // EMA of the parameters; empty without one.
  std::unique_ptr<Optimizer> optimizer_;
  std::unique_ptr<TrainingData> data_;
  Pace pace_;
  std::unique_ptr<BatchSource> source_;  // From the first step on.
  bool source_is_long_ = false;
};

/// While it lives, a trainer's networks have their averaged weights, which are those judged.
class AverageInUse {
 public:
  explicit AverageInUse(Trainer& trainer) : trainer_(trainer) { trainer_.exchange_average(); }
  ~AverageInUse() { trainer_.exchange_average(); }
  AverageInUse(const AverageInUse&) = delete;
  AverageInUse& operator=(const AverageInUse&) = delete;

 private:
  Trainer& trainer_;
};

/// The encoder of a resolved experiment with its first weights, as training starts from them.
std::shared_ptr<Encoder> make_initial_encoder(const Experiment& resolved,
                                              const CorpusRecord& corpus);

}  // namespace pretext
