#include "core/objective/augmented_text.h"

#include "core/spec/share_field.h"

namespace pretext {
namespace {

constexpr char kUnit[] = "objective.unit";

}  // namespace

std::vector<Field> augmented_text_fields() {
  return {
      {.key = kUnit,
       .kind = FieldKind::kChoice,
       .fallback = std::string("sentence"),
       .choices = {"sentence", "document"},
       .label = "Texts",
       .help = "sentence: each sentence of three pieces or more. document: each document from its "
               "start."},
      probability_field(
          "views.reordering_probability", 0.0, "Sentence reordering",
          "Share of the views whose sentences change places (BART); needs documents."),
      share_field("views.reordering_share", 1.0, "Sentences moved", "Of a view that is reordered."),
      probability_field("views.synonym_probability", 0.0, "Synonyms",
                        "Share of the views in which words are replaced by synonyms (EDA)."),
      share_field("views.synonym_share", 0.1, "Words replaced by synonyms", "Of a view's words."),
      {.key = "views.synonyms",
       .kind = FieldKind::kText,
       .fallback = std::string(),
       .label = "File of synonyms",
       .help = "Each line a word, then those that may replace it, separated by tabs or commas."},
      probability_field("views.replacement_probability", 0.0, "Random words",
                        "Share of the views in which words are replaced by random ones (EDA)."),
      share_field("views.replacement_share", 0.1, "Words replaced at random", "Of a view's words."),
      probability_field("views.swap_probability", 0.0, "Swapped words",
                        "Share of the views in which words change places (EDA)."),
      share_field("views.swap_share", 0.1, "Words swapped", "Of a view's words."),
      probability_field("views.deletion_probability", 0.0, "Deleted words",
                        "Share of the views in which words are left out (EDA)."),
      share_field("views.deletion_share", 0.1, "Words deleted", "Of a view's words."),
  };
}

bool augments_text(const Experiment& experiment) {
  return experiment.has(kUnit);
}

}  // namespace pretext
