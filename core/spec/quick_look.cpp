#include "core/spec/quick_look.h"

#include "core/objective/objective_registry.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::int64_t kEpochs = 5;
constexpr std::int64_t kSamples = 5'000;

}  // namespace

Experiment quick_look(const Experiment& experiment) {
  auto quick = experiment;
  const auto shrink = [&](const char* key, std::int64_t most) {
    const auto own = quick.integer(key);
    quick.set(key, own == 0 && !quick.field(key).zero.empty() ? most : std::min(own, most));
  };
  if (find_objective(experiment.text("objective.kind")).corpus_kind == "images") {
    quick.set("encoder.kind", std::string("resnet18"));
    shrink("encoder.blocks", 1);
    quick.set("encoder.stem", std::string("small-stride2"));
    shrink("encoder.width", 16);
  } else {
    shrink("encoder.layers", 2);
    shrink("encoder.width", 128);
    shrink("encoder.heads", 2);
  }
  quick.set("encoder.weights", std::string());  // They are of a larger network.
  shrink("corpus_limit", kSamples);
  quick.set("training.epochs", std::min(quick.integer("training.epochs"), kEpochs));
  quick.set("training.steps", std::int64_t{0});  // What else would bound the run.
  quick.set("training.budget", std::string());
  if (quick.has("training.tokens")) quick.set("training.tokens", std::int64_t{0});
  return quick;
}

}  // namespace pretext
