#include "core/objective/objective_registry.h"

#include "core/base/error.h"
#include "core/objective/causal_lm.h"
#include "core/objective/denoise.h"
#include "core/objective/masked_lm.h"
#include "core/objective/simclr.h"
#include "core/objective/simcse.h"
#include "core/objective/supervised.h"

namespace pretext {

std::span<const ObjectiveKind> objective_kinds() {
  static const std::vector<ObjectiveKind> kinds = {
      simclr_kind(), mlm_kind(),           bert_kind(),       sop_kind(),
      gpt_kind(),    simcse_kind(),        denoise_kind(),    finetune_kind(),
      probe_kind(),  finetune_text_kind(), probe_text_kind(),
  };
  return kinds;
}

const ObjectiveKind& find_objective(const std::string& name) {
  std::string all;
  for (const auto& kind : objective_kinds()) {
    if (kind.name == name) return kind;
    all += (all.empty() ? "" : ", ") + kind.name;
  }
  throw UserError("objective.kind takes one of " + all + ", got \"" + name + "\".");
}

void require_corpus_kind(const ObjectiveKind& objective, const std::string& corpus,
                         const std::string& corpus_kind) {
  if (objective.corpus_kind == corpus_kind) return;
  std::string fitting;
  for (const auto& kind : objective_kinds()) {
    if (kind.corpus_kind == corpus_kind && !kind.is_supervised)
      fitting += (fitting.empty() ? "" : ", ") + kind.name;
  }
  throw UserError(objective.title + " learns from " + objective.corpus_kind +
                  ", and the corpus \"" + corpus + "\" is of " + corpus_kind +
                  ": choose another corpus" +
                  (fitting.empty() ? "." : ", or objective.kind = " + fitting + "."));
}

}  // namespace pretext
