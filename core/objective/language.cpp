#include "core/objective/language.h"

#include "core/spec/share_field.h"

#include <cmath>

namespace pretext {

Field unigram_field() {
  return {.key = "objective.unigram_nats",
          .kind = FieldKind::kReal,
          .fallback = 0.0,
          .low = 0,
          .high = 100,
          .unit = "nats",
          .label = "Unigram entropy",
          .help =
              "Loss of a model that knows only how frequent each piece is: a line in the chart. "
              "0 takes the corpus's own.",
          .is_derived = true};
}

std::vector<Field> language_fields() {
  return {
      unigram_field(),
      {.key = "views.long_length",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1 << 16,
       .unit = "pieces",
       .zero = "the same length",
       .label = "Longer rows at the end",
       .help =
           "Pieces of a row in the last part of the run, fewer rows a step; 0 keeps the length. "
           "Devlin et al. train 90 % at 128 and 10 % at 512."},
      share_field("views.long_share", 0.1, "Share of longer rows",
                  "How much of the run has the longer rows."),
      share_field("views.short_probability", 0.1, "Short sequences",
                  "Share of the documents whose sequences are shorter than a row."),
      {.key = "training.tokens",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1e15,
       .unit = "pieces",
       .zero = "as many as steps or epochs take",
       .label = "Pieces",
       .help =
           "Bounds the run by pieces trained on, before steps and epochs; 0 leaves it to those."},
      {.key = "training.batch_warmup_steps",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1e9,
       .unit = "steps",
       .zero = "none",
       .label = "Batch warm-up",
       .help =
           "Steps over which a batch grows to its size, each training on the first of its rows; "
           "0 for none."},
  };
}

std::vector<Mark> language_marks(const Experiment& experiment, const std::string& loss) {
  std::vector<Mark> marks;
  const auto vocabulary = experiment.integer("encoder.vocabulary");
  const auto unigram = experiment.real("objective.unigram_nats");
  for (const auto& metric : {"train/" + loss, "val/" + loss}) {
    if (vocabulary > 0)
      marks.push_back({metric, "knows nothing: ln V", std::log(static_cast<double>(vocabulary))});
    if (unigram > 0) marks.push_back({metric, "knows frequencies only", unigram});
  }
  return marks;
}

}  // namespace pretext
