#include "gpu/training/resolve.h"

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/corpus/text_ingest.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/augmented_text.h"
#include "core/objective/objective_registry.h"
#include "gpu/training/device.h"

#include <ATen/Version.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <cmath>
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

void resolve_images(Experiment& resolved, const Corpus& corpus) {
  if (resolved.integer("views.size") == 0)
    resolved.set("views.size", corpus.record().natural_size());
  const auto shape = resolved_shape(resolved, corpus.record());
  if (resolved.text("encoder.stem") == "auto") {
    resolved.set("encoder.stem", std::string(shape.small_stem ? "small" : "imagenet"));
  }
}

/// Entropy of the pieces of the training documents, in nats: the loss of whoever knows only how
/// frequent each is.
double unigram_nats(const Corpus& corpus, const std::vector<std::int64_t>& documents) {
  const auto& text = corpus.text();
  std::vector<double> counts(static_cast<std::size_t>(text.vocabulary().size()), 0.0);
  double total = 0.0;
  for (const auto document : documents) {
    const auto [first, last] = text.sentences_of(document);
    for (auto sentence = first; sentence < last; ++sentence) {
      for (const auto id : text.pieces(sentence)) ++counts[static_cast<std::size_t>(id)];
    }
  }
  for (const auto count : counts) total += count;
  double nats = 0.0;
  for (const auto count : counts) {
    if (count > 0) nats -= count / total * std::log(count / total);
  }
  return nats;
}

void resolve_text(Experiment& resolved, const Corpus& corpus) {
  const auto vocabulary = vocabulary_size(corpus.record());
  const auto asked = resolved.integer("encoder.vocabulary");
  if (asked != 0 && asked < vocabulary) {
    throw UserError("encoder.vocabulary is " + std::to_string(asked) + " and the corpus \"" +
                    corpus.record().name + "\" has " + std::to_string(vocabulary) +
                    " pieces: set it to 0, or cut the corpus with another vocabulary.");
  }
  if (!is_causal_encoder(resolved) && corpus.text().vocabulary().classify() == Vocabulary::kNone) {
    throw UserError(
        "The corpus \"" + corpus.record().name +
        "\" is cut into byte pairs, which have no [CLS] and no [MASK]: train gpt on it, "
        "or cut it again with \"pretext retokenize " +
        corpus.record().name + " --train-vocab 8192\".");
  }
  const auto shape = text_encoder_shape(resolved, vocabulary);
  resolved.set("encoder.vocabulary", shape.vocabulary);
  resolved.set("encoder.layers", shape.layers);
  resolved.set("encoder.width", shape.width);
  resolved.set("encoder.heads", shape.heads);
  if (resolved.has("objective.unigram_nats") && resolved.real("objective.unigram_nats") == 0.0)
    resolved.set("objective.unigram_nats",
                 unigram_nats(corpus, training_samples(resolved, corpus)));
}

}  // namespace

std::vector<std::int64_t> training_samples(const Experiment& resolved, const Corpus& corpus) {
  const auto samples = corpus.fixed_part("train", resolved.integer("corpus_limit"));
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
  corpus.is_text() ? resolve_text(resolved, corpus) : resolve_images(resolved, corpus);
  if (find_objective(asked.text("objective.kind")).is_supervised)
    resolve_supervised(resolved, corpus);
  const auto accumulation = resolved.integer("training.accumulation");
  const auto batch = resolved.integer("training.batch_size");
  if (accumulation > 1 && augments_text(resolved)) {
    throw UserError("objective.kind = " + resolved.text("objective.kind") +
                    " sees a batch whole: set training.accumulation to 1 and choose the batch that "
                    "fits.");
  }
  if (batch % accumulation != 0 || batch / accumulation < 2) {
    throw UserError("training.batch_size (" + std::to_string(batch) +
                    ") must be a multiple of training.accumulation (" +
                    std::to_string(accumulation) + ") with at least 2 " +
                    (corpus.is_text() ? "rows" : "images") + " a micro-batch.");
  }
  return resolved;
}

std::int64_t vocabulary_size(const CorpusRecord& corpus) {
  return TextDetails::from_json(corpus.details).vocabulary_size;
}

std::int64_t num_features(const Experiment& resolved, const CorpusRecord& corpus) {
  if (corpus.kind == "text") return text_encoder_shape(resolved, vocabulary_size(corpus)).width;
  return resolved_shape(resolved, corpus).num_features();
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
