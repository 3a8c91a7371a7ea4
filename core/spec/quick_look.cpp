#include "core/spec/quick_look.h"

#include "core/objective/objective_registry.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::int64_t kEpochs = 5;

}  // namespace

Experiment quick_look(const Experiment& experiment) {
  auto quick = experiment;
  const auto shrink = [&](const char* key, std::int64_t most) {
    quick.set(key, std::min(quick.integer(key), most));
  };
  if (find_objective(experiment.text("objective.kind")).corpus_kind == "images") {
    quick.set("encoder.kind", std::string("resnet18"));
    quick.set("encoder.blocks", std::int64_t{1});
    quick.set("encoder.stem", std::string("small-stride2"));
    shrink("encoder.width", 16);
  } else {
    quick.set("encoder.layers", std::int64_t{2});
    quick.set("encoder.width", std::int64_t{128});
    quick.set("encoder.heads", std::int64_t{2});
  }
  shrink("training.epochs", kEpochs);
  return quick;
}

}  // namespace pretext
