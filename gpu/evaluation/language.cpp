#include "gpu/evaluation/language.h"

#include "gpu/objective/language.h"
#include "gpu/training/text_input.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

constexpr std::int64_t kMostRows = 512;  // Bounds what an epoch's end costs.
constexpr std::int64_t kRowsAtOnce = 32;
constexpr double kMaskedShare = 0.15;  // "For consistent comparison": as the field does.

}  // namespace

std::map<std::string, double> validation_readings(Encoder& encoder, Objective& objective,
                                                  const Experiment& resolved, const Corpus& corpus,
                                                  const torch::Device& device) {
  const auto& validation = corpus.split("validation");
  if (validation.empty() || !dynamic_cast<LanguageObjective*>(&objective)) return {};
  const torch::NoGradGuard no_grad;
  auto options = text_options(resolved);
  options.sequences.seed = 0;
  options.masking = {.probability = kMaskedShare};
  const auto documents = corpus.plan_documents(validation);
  if (options.sequences.pairs == PairKind::kNextSentence && documents.size() < 2) return {};
  const SequencePlan plan(corpus.text(), documents, options.sequences, 0);
  const bool was_training = encoder.is_training();
  encoder.eval();
  objective.eval();
  std::map<std::string, double> sums;
  double weight = 0.0;
  const auto num_rows = std::min(kMostRows, plan.num_rows());
  for (std::int64_t row = 0; row < num_rows; row += kRowsAtOnce) {
    Batch batch;
    batch.tokens =
        read_rows(corpus.text(), plan, options, 0, row, std::min(kRowsAtOnce, num_rows - row));
    const auto own = static_cast<double>(batch.tokens.predicted.size(0));
    for (const auto& [key, value] : objective.forward(encoder, batch.to(device)).readings)
      sums["val" + key.substr(key.find('/'))] += own * value;
    weight += own;
  }
  encoder.train(was_training);
  objective.train(was_training);
  for (auto& [key, sum] : sums) sum /= weight;
  for (const auto* key : {"val/mlm_loss", "val/lm_loss"}) {
    if (const auto loss = sums.find(key); loss != sums.end())
      sums["val/perplexity"] = std::exp(loss->second);
  }
  return sums;
}

}  // namespace pretext
