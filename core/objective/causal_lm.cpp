#include "core/objective/causal_lm.h"

#include "core/objective/language.h"

namespace pretext {

ObjectiveKind gpt_kind() {
  return {
      .name = "gpt",
      .title = "GPT",
      .description =
          "Each piece is told from those before it, so that the model can go on "
          "with a text (Radford et al., 2019).",
      .corpus_kind = "text",
      .num_views = 1,
      .text_task = TextTask::kNextPiece,
      .fields = language_fields(),
      .defaults = {{"encoder.kind", std::string("gpt-mini")}},
      .marks = [](const Experiment& experiment) { return language_marks(experiment, "lm_loss"); },
      // The decoder's weights are the embeddings.
      .num_head_parameters = [](const Experiment&, std::int64_t) { return std::int64_t{0}; }};
}

}  // namespace pretext
