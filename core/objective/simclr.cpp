#include "core/objective/simclr.h"

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

std::vector<Field> fields() {
  return {
      {.key = "objective.temperature",
       .kind = FieldKind::kReal,
       .fallback = 0.1,
       .low = 0.0,
       .high = 100.0,
       .low_is_open = true,
       .label = "Temperature",
       .help = "Softmax temperature of NT-Xent. Smaller values let the most similar negatives "
               "dominate the gradient."},
      {.key = "objective.projection",
       .kind = FieldKind::kIntegers,
       .fallback = std::vector<std::int64_t>{512, 128},
       .low = 2,
       .high = 65536,
       .unit = "units",
       .label = "Projection head",
       .help = "Widths of the head's layers; the last one is compared. Evaluation uses the "
               "features before the head."},
      {.key = "objective.head",
       .kind = FieldKind::kChoice,
       .fallback = std::string("batch-norm"),
       .choices = {"batch-norm", "dense-relu"},
       .label = "Head layers",
       .help =
           "batch-norm: linear, batch norm and ReLU, the last layer without ReLU (the paper's). "
           "dense-relu: linear and ReLU in every layer."},
  };
}

std::vector<Mark> marks(const Experiment& experiment) {
  // Accumulated micro-batches see only their own negatives.
  const auto n = std::max<std::int64_t>(
      2, experiment.integer("training.batch_size") / experiment.integer("training.accumulation"));
  const auto temperature = experiment.real("objective.temperature");
  return {{"train/loss", "chance ln(2N\u22121)", nt_xent_chance(n)},
          {"train/loss", "floor", nt_xent_floor(n, temperature)},
          {"train/top1", "chance 1/(2N\u22121)", 1.0 / static_cast<double>(2 * n - 1)}};
}

std::int64_t num_head_parameters(const Experiment& experiment, std::int64_t features) {
  std::int64_t count = 0;
  std::int64_t input = features;
  const bool has_batch_norm = experiment.text("objective.head") == "batch-norm";
  for (const auto width : experiment.integers("objective.projection")) {
    count += input * width + (has_batch_norm ? 2 * width : width);
    input = width;
  }
  return count;
}

}  // namespace

double nt_xent_chance(std::int64_t batch_size) {
  return std::log(static_cast<double>(2 * batch_size - 1));
}

double nt_xent_floor(std::int64_t batch_size, double temperature) {
  // ln(e^(1/t) + 2N - 2) - 1/t, in the form that does not overflow for a small t.
  return std::log1p(static_cast<double>(2 * batch_size - 2) * std::exp(-1.0 / temperature));
}

ObjectiveKind simclr_kind() {
  return {.name = "simclr",
          .title = "SimCLR",
          .description =
              "Two random views of each image must find each other among all other views of the "
              "batch (Chen et al., ICML 2020).",
          .num_views = 2,
          .fields = fields(),
          .marks = marks,
          .num_head_parameters = num_head_parameters};
}

}  // namespace pretext
