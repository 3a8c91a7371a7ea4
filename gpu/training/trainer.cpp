#include "gpu/training/trainer.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/philox.h"
#include "core/objective/objective_registry.h"
#include "gpu/encoder/text_encoder.h"
#include "gpu/training/autocast.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pretext {
namespace {

constexpr auto kInitialWeights = static_cast<std::uint8_t>(RandomPurpose::kInitialWeights);
constexpr auto kDropout = static_cast<std::uint8_t>(RandomPurpose::kDropout);

}  // namespace

std::shared_ptr<Encoder> make_initial_encoder(const Experiment& resolved,
                                              const CorpusRecord& corpus) {
  seed_generators(static_cast<std::uint64_t>(resolved.integer("seed")), 0, kInitialWeights);
  if (corpus.kind == "text")
    return make_text_encoder(text_encoder_shape(resolved, vocabulary_size(corpus)));
  return make_encoder(resolved_shape(resolved, corpus));
}

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Trainer::Trainer(const Experiment& resolved, const Corpus& corpus, Clock clock)
    : experiment_(resolved),
      corpus_(corpus),
      device_(choose_device(resolved.text("device"))),
      clock_(std::move(clock)),
      data_(make_training_data(resolved, corpus)),
      pace_(resolved, *data_) {
  // Networks of pictures may have a max pooling.
  prepare_library(static_cast<int>(resolved.integer("training.threads")),
                  corpus.is_text() ? Determinism::kStrict : Determinism::kSayOnly);
  encoder_ = make_initial_encoder(resolved, corpus.record());
  objective_ = make_objective(resolved, num_features(resolved, corpus.record()));
  encoder_->to(device_);
  encoder_->lay_out();
  objective_->to(device_);
  if (objective_->trains_encoder()) {
    for (const auto& item : encoder_->named_parameters())
      parameters_["encoder." + item.key()] = item.value();
  }
  for (const auto& item : objective_->named_parameters())
    parameters_["objective." + item.key()] = item.value();
  if (resolved.real("training.ema") > 0) {
    for (const auto& [name, parameter] : parameters_) average_[name] = parameter.detach().clone();
  }
  optimizer_ = std::make_unique<Optimizer>(
      parameters_, OptimizerOptions{.kind = resolved.text("training.optimizer"),
                                    .momentum = resolved.real("training.momentum"),
                                    .weight_decay = resolved.real("training.weight_decay")});
}

double Trainer::train_micro_batch(const Batch& batch, std::int64_t micro_batch,
                                  std::map<std::string, double>& readings) {
  const auto parts = experiment_.integer("training.accumulation");
  const auto seed = static_cast<std::uint64_t>(experiment_.integer("seed"));
  seed_generators(seed, num_steps_done() * parts + micro_batch, kDropout);
  Stopwatch watch;
  ObjectiveOutput output;
  {
    const AutocastGuard autocast(device_.type(), experiment_.text("training.precision") == "bf16");
    output = objective_->forward(*encoder_, batch);
  }
  const double share = 1.0 / static_cast<double>(parts);
  const double loss = output.loss.item<double>();
  readings["time/forward"] += watch.seconds();
  check_finite(loss);
  watch.restart();
  (output.loss * share).backward();
  finish_work(device_);
  readings["time/backward"] += watch.seconds();
  for (const auto& [key, value] : output.readings) readings[key] += value * share;
  return loss * share;
}

Batch Trainer::next_batch() {
  const bool is_long = pace_.has_long_rows();
  if (!source_ || is_long != source_is_long_) {
    source_.reset();  // What it made ahead is of the other length.
    source_ = data_->source({.first_step = num_steps_done(),
                             .step_bound = pace_.step_bound(),
                             .has_long_rows = is_long},
                            device_);
    source_is_long_ = is_long;
  }
  return source_->next();
}

std::map<std::string, double> Trainer::step() {
  std::map<std::string, double> readings;
  const double begin = clock_();
  Stopwatch whole;
  const auto batch = next_batch();
  finish_work(device_);
  readings["time/data"] = whole.seconds();
  encoder_->train(objective_->trains_encoder());
  objective_->train();
  optimizer_->clear_gradients();

  const auto parts = experiment_.integer("training.accumulation");
  double loss = 0.0;
  for (std::int64_t part = 0; part < parts; ++part)
    loss += train_micro_batch(batch.part(part, parts).to(device_), part, readings);
  Stopwatch watch;
  const double norm = optimizer_->clip_gradients(experiment_.real("training.clip_norm"));
  const double learning_rate = pace_.learning_rate();
  optimizer_->step(learning_rate);
  update_average();
  finish_work(device_);
  readings["time/step"] = watch.seconds();
  pace_.count_step(clock_() - begin);
  if (pace_.is_timed()) readings["time/spent"] = pace_.seconds_spent();
  readings["train/loss"] = loss;
  readings["train/gradient_norm"] = norm;
  readings["train/learning_rate"] = learning_rate;
  const double seconds = whole.seconds();
  const auto& tokens = batch.tokens;
  const auto num_seen = batch.is_text() ? tokens.starts.size(0) : batch.images.size(0);
  const auto num_samples = num_seen / batch.num_views;
  readings["train/samples_per_second"] = static_cast<double>(num_samples) / seconds;
  if (batch.is_text()) {
    readings["train/tokens_per_second"] = static_cast<double>(tokens.num_pieces) / seconds;
    readings["train/packing_efficiency"] =
        static_cast<double>(tokens.num_pieces) / static_cast<double>(tokens.ids.numel());
  }
  return readings;
}

void Trainer::update_average() {
  if (average_.empty()) return;
  const torch::NoGradGuard no_grad;
  const double decay = experiment_.real("training.ema");
  for (auto& [name, average] : average_) average.lerp_(parameters_.at(name).detach(), 1.0 - decay);
}

void Trainer::check_finite(double loss) const {
  if (std::isfinite(loss)) return;
  throw UserError(
      "The loss became " + std::string(std::isnan(loss) ? "NaN" : "infinite") + " at step " +
      std::to_string(num_steps_done() + 1) + suspects() +
      ": try a smaller training.learning_rate, a longer warm-up, or training.clip_norm = 1.");
}

std::string Trainer::suspects() const {
  constexpr std::size_t kNamed = 3;
  std::string text;
  const auto samples = data_->samples_of(num_steps_done());
  for (std::size_t i = 0; i < std::min(kNamed, samples.size()); ++i)
    text += (i > 0 ? ", " : "") + corpus_.source(samples[i]);
  if (samples.size() > kNamed) text += " and " + std::to_string(samples.size() - kNamed) + " more";
  for (const auto& [name, parameter] : parameters_) {
    if (parameter.isfinite().all().item<bool>()) continue;
    text += (text.empty() ? "" : "; ") + name + " is no longer finite";
    break;
  }
  return text.empty() ? text : " (" + text + ")";
}

TensorMap Trainer::state() const {
  auto state = module_state(*encoder_, "encoder.");
  state.merge(module_state(*objective_, "objective."));
  for (const auto& [name, tensor] : average_) state["ema." + name] = tensor;
  for (const auto& [name, tensor] : optimizer_->state()) state["optimizer." + name] = tensor;
  pace_.save(state);
  return state;
}

void Trainer::load_state(const TensorMap& state) {
  const torch::NoGradGuard no_grad;
  load_module_state(*encoder_, state, "encoder.");
  load_module_state(*objective_, state, "objective.");
  for (auto& [name, tensor] : average_) {
    if (const auto found = state.find("ema." + name); found != state.end())
      tensor.copy_(found->second);
  }
  TensorMap slots;
  const std::string prefix = "optimizer.";
  for (const auto& [name, tensor] : state) {
    if (name.starts_with(prefix)) slots[name.substr(prefix.size())] = tensor;
  }
  optimizer_->load_state(slots);
  pace_.load(state);
  source_.reset();
}

void Trainer::load_encoder(TensorMap weights) {
  const auto own = module_state(*encoder_, "");
  for (const auto& [name, tensor] : own) {
    const auto given = weights.find(name);
    if (given == weights.end()) {
      // Older exports lack this counter, which only matters without momentum; a BERT may come
      // without its pooler.
      if (name.ends_with("num_batches_tracked") || name.starts_with("pooler."))
        weights[name] = tensor;
      continue;
    }
    auto& weight = given->second;
    const bool is_image_filter = tensor.dim() == 4 && weight.dim() == 4;
    if (is_image_filter && weight.size(1) != tensor.size(1)) {
      const double scale =
          static_cast<double>(weight.size(1)) / static_cast<double>(tensor.size(1));
      weight = weight.mean(1, true).expand({-1, tensor.size(1), -1, -1}) * scale;
    }
  }
  load_module_state(*encoder_, weights, "");
  const auto heads = module_state(*objective_, "objective.");
  const bool has_heads =
      std::ranges::all_of(heads, [&](const auto& head) { return weights.contains(head.first); });
  if (has_heads) load_module_state(*objective_, weights, "objective.");
  const torch::NoGradGuard no_grad;
  for (auto& [name, average] : average_) average.copy_(parameters_.at(name));
}

void Trainer::exchange_average() {
  const torch::NoGradGuard no_grad;
  for (auto& [name, average] : average_) {
    auto& parameter = parameters_.at(name);
    const auto trained = parameter.detach().clone();
    parameter.copy_(average);
    average.copy_(trained);
  }
}

}  // namespace pretext
