#include "core/objective/simcse.h"

#include "core/objective/simclr.h"

namespace pretext {
namespace {

Field share(std::string key, double fallback, std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kReal,
          .fallback = fallback,
          .low = 0,
          .high = 1,
          .label = std::move(label),
          .help = std::move(help)};
}

std::vector<Field> own_fields() {
  return {
      {.key = "objective.unit",
       .kind = FieldKind::kChoice,
       .fallback = std::string("sentence"),
       .choices = {"sentence", "document"},
       .label = "Contrasted",
       .help = "sentence: each sentence of three pieces or more. document: each document from its "
               "start."},
      share("views.reordering_probability", 0.0, "Sentence reordering",
            "Share of the views whose sentences change places (BART); needs documents."),
      share("views.reordering_share", 1.0, "Sentences moved", "Of a view that is reordered."),
      share("views.synonym_probability", 0.0, "Synonyms",
            "Share of the views in which words are replaced by synonyms (EDA)."),
      share("views.synonym_share", 0.1, "Words replaced by synonyms", "Of a view's words."),
      {.key = "views.synonyms",
       .kind = FieldKind::kText,
       .fallback = std::string(),
       .label = "File of synonyms",
       .help = "Each line a word, then those that may replace it, separated by tabs or commas."},
      share("views.replacement_probability", 0.0, "Random words",
            "Share of the views in which words are replaced by random ones (EDA)."),
      share("views.replacement_share", 0.1, "Words replaced at random", "Of a view's words."),
      share("views.swap_probability", 0.0, "Swapped words",
            "Share of the views in which words change places (EDA)."),
      share("views.swap_share", 0.1, "Words swapped", "Of a view's words."),
      share("views.deletion_probability", 0.0, "Deleted words",
            "Share of the views in which words are left out (EDA)."),
      share("views.deletion_share", 0.1, "Words deleted", "Of a view's words."),
  };
}

}  // namespace

ObjectiveKind simcse_kind() {
  auto kind = simclr_kind();
  kind.name = "simcse";
  kind.title = "SimCSE";
  kind.description =
      "Two views of each text, which by default differ by dropout alone, must find each other "
      "among all others of the batch (Gao et al., EMNLP 2021).";
  kind.corpus_kind = "text";
  std::erase_if(kind.fields,
                [](const Field& field) { return field.key != "objective.temperature"; });
  kind.fields.front().fallback = 0.05;
  for (auto& field : own_fields()) kind.fields.push_back(std::move(field));
  kind.defaults = {{"training.batch_size", std::int64_t{64}}, {"training.epochs", std::int64_t{1}}};
  kind.num_head_parameters = [](const Experiment&, std::int64_t) { return std::int64_t{0}; };
  return kind;
}

}  // namespace pretext
