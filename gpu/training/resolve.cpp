#include "gpu/training/resolve.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/objective/objective_registry.h"
#include "gpu/training/device.h"

#include <ATen/Version.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

/// Classes and batch of a supervised run are the corpus's.
void resolve_supervised(Experiment& resolved, const Corpus& corpus) {
  require_labels(corpus.record());
  resolved.set("objective.classes", static_cast<std::int64_t>(corpus.record().classes.size()));
  const auto count = static_cast<std::int64_t>(training_samples(resolved, corpus).size());
  if (count < 2) {
    throw UserError("The training split of \"" + corpus.record().name + "\" has " +
                    std::to_string(count) + " labelled samples, at least 2 are needed.");
  }
  if (resolved.integer("training.batch_size") > count) resolved.set("training.batch_size", count);
}

}  // namespace

std::vector<std::int64_t> training_samples(const Experiment& resolved, const Corpus& corpus) {
  const auto samples = corpus.training_subset(resolved.integer("corpus_limit"));
  if (!find_objective(resolved.text("objective.kind")).is_supervised) return samples;
  return corpus.labelled(samples, resolved.integer("objective.labels_per_class"));
}

Experiment resolve(const Experiment& asked, const Corpus& corpus) {
  Experiment resolved = asked;
  const auto device = choose_device(asked.text("device"));
  resolved.set("device", device.str());
  resolved.set("training.precision", choose_precision(asked.text("training.precision"), device));
  if (asked.integer("training.threads") == 0) {
    resolved.set("training.threads", static_cast<std::int64_t>(num_cores()));
  }
  if (asked.integer("views.size") == 0) resolved.set("views.size", corpus.record().natural_size());
  const auto shape = resolved_shape(resolved, corpus.record());
  if (asked.text("encoder.stem") == "auto") {
    resolved.set("encoder.stem", std::string(shape.small_stem ? "small" : "imagenet"));
  }
  if (find_objective(asked.text("objective.kind")).is_supervised)
    resolve_supervised(resolved, corpus);
  const auto accumulation = resolved.integer("training.accumulation");
  const auto batch = resolved.integer("training.batch_size");
  if (batch % accumulation != 0 || batch / accumulation < 2) {
    throw UserError("training.batch_size (" + std::to_string(batch) +
                    ") must be a multiple of training.accumulation (" +
                    std::to_string(accumulation) + ") with at least 2 images a micro-batch.");
  }
  return resolved;
}

EncoderShape resolved_shape(const Experiment& resolved, const CorpusRecord& corpus) {
  const auto size = resolved.integer("views.size");
  return encoder_shape(resolved, corpus.channels, size > 0 ? size : corpus.natural_size());
}

std::string versions_json() {
  return nlohmann::json{{"libtorch", TORCH_VERSION}, {"cpu_capability", at::get_cpu_capability()}}
      .dump();
}

}  // namespace pretext
