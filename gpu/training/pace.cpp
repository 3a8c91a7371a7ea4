#include "gpu/training/pace.h"

#include "core/base/format.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

std::int64_t bounded_steps(const Experiment& experiment, const TrainingData& data) {
  const auto tokens = experiment.has("training.tokens") ? experiment.integer("training.tokens") : 0;
  if (tokens > 0) {
    const double epochs = static_cast<double>(tokens) / static_cast<double>(data.num_pieces());
    const double steps = epochs * static_cast<double>(data.steps_per_epoch());
    return std::max<std::int64_t>(1, std::llround(steps));
  }
  const auto steps = experiment.integer("training.steps");
  return steps > 0 ? steps : experiment.integer("training.epochs") * data.steps_per_epoch();
}

}  // namespace

Pace::Pace(const Experiment& resolved, const TrainingData& data)
    : budget_(seconds_of(resolved.text("training.budget"))) {
  const double warmup = resolved.real("training.warmup_epochs");
  schedule_ = {.kind = resolved.text("training.schedule"),
               .peak = scaled_learning_rate(resolved.real("training.learning_rate"),
                                            resolved.text("training.lr_scaling"),
                                            resolved.integer("training.batch_size")),
               .warmup_steps =
                   static_cast<std::int64_t>(warmup * static_cast<double>(data.steps_per_epoch())),
               .total_steps = bounded_steps(resolved, data)};
  if (resolved.has("views.long_length") && resolved.integer("views.long_length") > 0)
    long_rows_from_ = 1.0 - resolved.real("views.long_share");
}

void Pace::count_step(double seconds) {
  ++step_;
  seconds_ += seconds;
}

double Pace::progress() const {
  if (is_timed()) return std::min(1.0, seconds_ / budget_);
  if (step_ >= schedule_.total_steps) return 1.0;
  return static_cast<double>(step_) / static_cast<double>(schedule_.total_steps);
}

std::int64_t Pace::total_steps() const {
  if (!is_timed()) return schedule_.total_steps;
  if (is_done()) return step_;
  const auto expected =
      seconds_ > 0 ? std::llround(static_cast<double>(step_) * budget_ / seconds_) : 1;
  return std::max<std::int64_t>(step_ + 1, expected);
}

double Pace::learning_rate() const {
  return is_timed() ? timed_learning_rate_at(schedule_, step_, progress())
                    : learning_rate_at(schedule_, step_);
}

void Pace::save(TensorMap& state) const {
  state["step"] = torch::full({1}, step_, torch::kInt64);
  if (is_timed()) state["seconds_spent"] = torch::full({1}, seconds_, torch::kFloat64);
}

void Pace::load(const TensorMap& state) {
  step_ = state.at("step").item<std::int64_t>();
  const auto seconds = state.find("seconds_spent");
  seconds_ = seconds == state.end() ? 0.0 : seconds->second.item<double>();
}

}  // namespace pretext
