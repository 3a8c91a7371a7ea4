#include "gpu/training/resolve.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "gpu/training/device.h"

#include <ATen/Version.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <nlohmann/json.hpp>

namespace pretext {

Experiment resolve(const Experiment& asked, const Corpus& corpus) {
  Experiment resolved = asked;
  const auto device = choose_device(asked.text("device"));
  resolved.set("device", device.str());
  resolved.set("training.precision", choose_precision(asked.text("training.precision"), device));
  if (asked.integer("training.threads") == 0) {
    resolved.set("training.threads", static_cast<std::int64_t>(num_cores()));
  }
  if (asked.integer("views.size") == 0) resolved.set("views.size", corpus.record().natural_size());
  const auto shape = resolved_shape(resolved, corpus);
  if (asked.text("encoder.stem") == "auto") {
    resolved.set("encoder.stem", std::string(shape.small_stem ? "small" : "imagenet"));
  }
  const auto accumulation = asked.integer("training.accumulation");
  const auto batch = asked.integer("training.batch_size");
  if (batch % accumulation != 0 || batch / accumulation < 2) {
    throw UserError("training.batch_size (" + std::to_string(batch) +
                    ") must be a multiple of training.accumulation (" +
                    std::to_string(accumulation) + ") with at least 2 images a micro-batch.");
  }
  return resolved;
}

EncoderShape resolved_shape(const Experiment& resolved, const Corpus& corpus) {
  const auto size = resolved.integer("views.size");
  return encoder_shape(resolved, corpus.record().channels,
                       size > 0 ? size : corpus.record().natural_size());
}

std::string versions_json() {
  return nlohmann::json{{"libtorch", TORCH_VERSION}, {"cpu_capability", at::get_cpu_capability()}}
      .dump();
}

}  // namespace pretext
