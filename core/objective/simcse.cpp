#include "core/objective/simcse.h"

#include "core/objective/augmented_text.h"
#include "core/objective/simclr.h"

namespace pretext {
ObjectiveKind simcse_kind() {
  auto kind = simclr_kind();
  kind.name = "simcse";
  kind.title = "SimCSE";
  kind.description =
      "Two views of each text, which by default differ by dropout alone, must find each other "
      "among all others of the batch (Gao et al., EMNLP 2021).";
  kind.corpus_kind = "text";
  kind.text_task = TextTask::kContrast;
  std::erase_if(kind.fields,
                [](const Field& field) { return field.key != "objective.temperature"; });
  kind.fields.front().fallback = 0.05;
  for (auto& field : augmented_text_fields()) kind.fields.push_back(std::move(field));
  kind.defaults = {{"training.batch_size", std::int64_t{64}}, {"training.epochs", std::int64_t{1}}};
  kind.num_head_parameters = [](const Experiment&, std::int64_t) { return std::int64_t{0}; };
  return kind;
}

}  // namespace pretext
