#include "core/objective/language.h"

#include <cmath>

namespace pretext {

std::vector<Field> language_fields() {
  return {
      {.key = "objective.unigram_nats",
       .kind = FieldKind::kReal,
       .fallback = 0.0,
       .low = 0,
       .high = 100,
       .unit = "nats",
       .label = "Unigram entropy",
       .help = "Loss of a model that knows only how frequent each piece is: a line in the chart. 0 "
               "takes the corpus's own."},
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
