#include "core/objective/denoise.h"

#include "core/encoder/text_encoder.h"
#include "core/objective/augmented_text.h"
#include "core/objective/language.h"

namespace pretext {
namespace {

/// What TSDAE found best: of each text six words of ten are left out.
std::vector<Field> fields() {
  std::vector<Field> all = {
      unigram_field(),
      {.key = "objective.decoder_layers",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{1},
       .low = 1,
       .high = 24,
       .label = "Decoder layers",
       .help = "Of the network that reconstructs the text; the weaker it is, the "
               "more the vector has to say."}};
  for (auto& field : augmented_text_fields()) {
    if (field.key == "views.deletion_probability") field.fallback = 1.0;
    if (field.key == "views.deletion_share") field.fallback = 0.6;
    all.push_back(std::move(field));
  }
  return all;
}

/// Positions, the vector's layer, the last norm and the blocks.
std::int64_t num_head_parameters(const Experiment& experiment, std::int64_t features) {
  const auto block = 12 * features * features + 13 * features;
  return experiment.integer("encoder.positions") * features + features * (features + 1) +
         2 * features + experiment.integer("objective.decoder_layers") * block;
}

}  // namespace

ObjectiveKind denoise_kind() {
  return {
      .name = "denoise",
      .title = "Denoising",
      .description =
          "A text is reconstructed from the vector of its damaged copy alone (Wang et al., TSDAE, "
          "Findings of EMNLP 2021).",
      .corpus_kind = "text",
      .num_views = 1,
      .text_task = TextTask::kDenoising,
      .fields = fields(),
      .defaults = {{"training.batch_size", std::int64_t{64}}, {"training.epochs", std::int64_t{1}}},
      .marks =
          [](const Experiment& experiment) { return language_marks(experiment, "denoise_loss"); },
      .num_head_parameters = num_head_parameters};
}

}  // namespace pretext
