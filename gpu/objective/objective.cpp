#include "gpu/objective/objective.h"

#include "core/base/error.h"
#include "gpu/objective/causal_lm.h"
#include "gpu/objective/denoise.h"
#include "gpu/objective/masked_lm.h"
#include "gpu/objective/simclr.h"
#include "gpu/objective/supervised.h"

namespace pretext {

std::span<const ObjectiveMaker> objective_makers() {
  static const std::vector<ObjectiveMaker> makers = {
      {"simclr", make_simclr},          {"mlm", make_mlm},           {"bert", make_mlm_with_pairs},
      {"sop", make_mlm_with_pairs},     {"gpt", make_gpt},           {"simcse", make_simcse},
      {"denoise", make_denoise},        {"finetune", make_finetune}, {"probe", make_probe},
      {"finetune-text", make_finetune}, {"probe-text", make_probe},
  };
  return makers;
}

std::shared_ptr<Objective> make_objective(const Experiment& experiment, std::int64_t features) {
  const auto& kind = experiment.text("objective.kind");
  for (const auto& maker : objective_makers()) {
    if (maker.name == kind) return maker.make(experiment, features);
  }
  throw UserError("This engine cannot train \"" + kind + "\": install Pretext again.");
}

}  // namespace pretext
