#include "core/objective/masked_lm.h"

#include "core/encoder/text_encoder.h"
#include "core/objective/language.h"
#include "core/spec/share_field.h"

#include <cmath>

namespace pretext {
namespace {

std::vector<Mark> masked_marks(const Experiment& experiment) {
  return language_marks(experiment, "mlm_loss");
}

std::vector<Mark> pair_marks(const Experiment& experiment) {
  auto marks = masked_marks(experiment);
  for (const auto* metric : {"train/pair_loss", "val/pair_loss"})
    marks.push_back({metric, "coin toss: ln 2", std::log(2.0)});
  for (const auto* metric : {"train/pair_accuracy", "val/pair_accuracy"})
    marks.push_back({metric, "coin toss", 0.5});
  return marks;
}

std::vector<Field> fields() {
  auto all = language_fields();
  const std::vector<Field> own = {
      share_field("views.mask_probability", 0.15, "Masked share",
                  "Share of the pieces that are to be predicted; validation always uses 0.15."),
      share_field("views.mask_share", 0.8, "Replaced by [MASK]", "Of the pieces to be predicted."),
      share_field("views.random_share", 0.1, "Replaced at random",
                  "Of the pieces to be predicted; what is left of them stays as it is."),
      {.key = "views.mask_unit",
       .kind = FieldKind::kChoice,
       .fallback = std::string("piece"),
       .choices = {"piece", "word", "span", "n-gram"},
       .label = "Masked at once",
       .help = "piece: each by itself. word: all pieces of a word. span: words in a row "
               "(SpanBERT). n-gram: up to three words (ALBERT)."},
      {.key = "objective.head",
       .kind = FieldKind::kChoice,
       .fallback = std::string("bert"),
       .choices = {"bert", "dense"},
       .label = "Heads",
       .help = "bert: dense layer, GELU and norm before a decoder that shares the embeddings' "
               "weights; pairs from the pooled state. dense: one bare linear layer each."}};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

/// Dense layer, norm and bias of the decoder, whose weights are the embeddings; or a bare decoder.
std::int64_t num_language_parameters(const Experiment& experiment, std::int64_t features) {
  if (experiment.text("objective.head") == "dense")
    return (features + 1) * experiment.integer("encoder.vocabulary");
  const auto vocabulary = experiment.integer("encoder.vocabulary");
  const bool is_modern =
      text_encoder_shape(experiment, vocabulary).family == TextFamily::kModernBert;
  return features * features + (is_modern ? 1 : 3) * features + vocabulary;
}

std::int64_t num_pair_parameters(const Experiment& experiment, std::int64_t features) {
  return num_language_parameters(experiment, features) + 2 * features + 2;
}

ObjectiveKind masked_kind(std::string name, std::string title, std::string description,
                          PairKind pairs) {
  const bool has_pairs = pairs != PairKind::kNone;
  return {.name = std::move(name),
          .title = std::move(title),
          .description = std::move(description),
          .corpus_kind = "text",
          .num_views = 1,
          .text_task = TextTask::kMaskedPieces,
          .pairs = pairs,
          .fields = fields(),
          .marks = has_pairs ? pair_marks : masked_marks,
          .num_head_parameters = has_pairs ? num_pair_parameters : num_language_parameters};
}

}  // namespace

ObjectiveKind mlm_kind() {
  return masked_kind("mlm", "Masked LM",
                     "Hidden pieces are told from what stands around them (Devlin et al., NAACL "
                     "2019; without pairs as RoBERTa, 2019).",
                     PairKind::kNone);
}

ObjectiveKind bert_kind() {
  return masked_kind("bert", "BERT",
                     "Hidden pieces are told from what stands around them, and whether the second "
                     "segment follows the first (Devlin et al., NAACL 2019).",
                     PairKind::kNextSentence);
}

ObjectiveKind sop_kind() {
  return masked_kind(
      "sop", "Masked LM and sentence order",
      "Hidden pieces are told from what stands around them, and whether two segments "
      "stand in their order (Lan et al., ALBERT, ICLR 2020).",
      PairKind::kSentenceOrder);
}

}  // namespace pretext
