#include "core/objective/objective_registry.h"

#include "core/base/error.h"
#include "core/objective/simclr.h"
#include "core/objective/supervised.h"

namespace pretext {

std::span<const ObjectiveKind> objective_kinds() {
  static const std::vector<ObjectiveKind> kinds = {
      simclr_kind(),
      finetune_kind(),
      probe_kind(),
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

}  // namespace pretext
