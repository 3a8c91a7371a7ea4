#include "core/encoder/training_memory.h"

namespace pretext {

std::int64_t training_bytes(const Experiment& experiment, const EncoderShape& shape,
                            std::int64_t num_head_parameters, int num_views) {
  const auto& optimizer = experiment.text("training.optimizer");
  const bool is_adam = optimizer == "adam" || optimizer == "adamw";
  const std::int64_t copies = 2 + (is_adam ? 2 : 1) + (experiment.real("training.ema") > 0 ? 1 : 0);
  const std::int64_t parameters = shape.num_parameters() + num_head_parameters;
  const std::int64_t images = num_views * experiment.integer("training.batch_size") /
                              experiment.integer("training.accumulation");
  const std::int64_t bytes_a_value = experiment.text("training.precision") == "bf16" ? 2 : 4;
  const std::int64_t input = shape.channels * shape.image_size * shape.image_size;
  // Gradients in flight and the libraries' work space: measured, about half of the activations.
  const std::int64_t activations = 3 * bytes_a_value * shape.num_activations() / 2;
  return 4 * copies * parameters + images * (4 * input + activations);
}

}  // namespace pretext
