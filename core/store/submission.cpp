#include "core/store/submission.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/text_ingest.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"
#include "core/store/metric_store.h"

#include <algorithm>

namespace pretext {
namespace {

bool has_order(const PackedText& text) {
  for (std::int64_t document = 0; document < text.documents().size(); ++document) {
    const auto [first, last] = text.sentences_of(document);
    if (last - first >= 2) return true;
  }
  return false;
}

void check_text(Database& database, const Experiment& experiment, const CorpusRecord& corpus) {
  text_encoder_shape(experiment,
                     TextDetails::from_json(corpus.details).vocabulary_size);  // Throws.
  const auto pairs = find_objective(experiment.text("objective.kind")).pairs;
  if (pairs == PairKind::kNone || has_order(PackedText(database.workspace() / corpus.path))) return;
  throw UserError("objective.kind = " + experiment.text("objective.kind") +
                  " tells pairs of segments, and each document of \"" + corpus.name +
                  "\" is one sentence: choose objective.kind = mlm, or ingest with other "
                  "--documents.");
}

/// Of images: how many rows texts make is known when they are packed. A supervised run takes what
/// there is.
void check_batch(Database& database, const Experiment& experiment, const CorpusRecord& corpus) {
  const auto count = num_training_images(database, experiment, corpus);
  const auto batch = experiment.integer("training.batch_size");
  if (count == 0 || batch <= count) return;  // Without any, the engine says so.
  throw UserError("training.batch_size is " + std::to_string(batch) + " but \"" + corpus.name +
                  "\" has " + std::to_string(count) +
                  " training images: choose a smaller batch or a larger corpus.");
}

/// Whether an epoch of both has the same steps.
bool has_same_epochs(const Experiment& child, const Experiment& parent) {
  const auto differing = child.differences(parent);
  return std::ranges::none_of(differing, [](const std::string& key) {
    return key == "corpus_limit" || key == "training.batch_size" || key.starts_with("views.");
  });
}

/// Bounds count from the beginning of the first of a line of runs.
void check_goes_on(Database& database, const Experiment& experiment, const CorpusRecord& corpus,
                   const CheckpointRecord& parent) {
  const auto refuse = [&](const std::string& done, const std::string& key) {
    throw UserError("Run " + std::to_string(parent.run_id) + " has trained " + done + ", and " +
                    key + " counts these: set it to more, or use \"pretext extend\".");
  };
  if (const double budget = seconds_of(experiment.text("training.budget")); budget > 0) {
    const double spent = seconds_of_budget(database, parent);
    if (spent >= budget) refuse(duration(spent), "training.budget");
    return;
  }
  if (experiment.has("training.tokens") && experiment.integer("training.tokens") > 0) return;
  if (const auto steps = experiment.integer("training.steps"); steps > 0) {
    if (parent.step >= steps) refuse(grouped(parent.step) + " steps", "training.steps");
    return;
  }
  const auto run = RunStore(database).require(parent.run_id);
  const auto epochs = static_cast<double>(experiment.integer("training.epochs"));
  const bool is_over = parent.step > 0 && parent.epoch >= epochs;
  if (is_over && run.corpus_id == corpus.id &&
      has_same_epochs(experiment, Experiment::from_json(run.resolved)))
    refuse(shortest(parent.epoch) + " epochs", "training.epochs");
}

}  // namespace

void check_submission(Database& database, const Experiment& experiment, const CorpusRecord& corpus,
                      const std::optional<CheckpointRecord>& parent) {
  const auto& objective = find_objective(experiment.text("objective.kind"));
  if (objective.is_supervised) require_labels(corpus);
  const bool needs_parent =
      objective.is_supervised && experiment.text("objective.start") == "pretrained";
  if (needs_parent && !parent && experiment.text("encoder.weights").empty()) {
    throw UserError(
        "Learning from labels starts from a pretrained run: use \"pretext evaluate RUN --with "
        "finetune\", set encoder.weights, or set objective.start = \"untrained\".");
  }
  if (corpus.kind == "text") check_text(database, experiment, corpus);
  if (corpus.kind == "images" && !objective.is_supervised)
    check_batch(database, experiment, corpus);
  if (!parent) return;
  RunStore runs(database);
  if (corpus.kind == "text") {
    const auto own = CorpusStore(database).get(runs.require(parent->run_id).corpus_id);
    require_same_vocabulary(own, database.workspace() / own.path, corpus);
  }
  if (runs.objective_of(parent->run_id) != objective.name) return;
  if (parent->weights_only)
    throw UserError("The checkpoint to go on from has its weights alone by now: try again.");
  check_goes_on(database, experiment, corpus, *parent);
}

std::int64_t num_training_images(Database& database, const Experiment& experiment,
                                 const CorpusRecord& corpus) {
  auto query = database.prepare(
      "SELECT count(*) FROM (SELECT 1 FROM samples WHERE corpus_id = ? AND split = 'train' "
      "LIMIT ?)");
  query.bind(1, corpus.id);
  query.bind(2, experiment.integer("training.batch_size"));
  query.executeStep();
  const auto count = query.getColumn(0).getInt64();
  const auto limit = experiment.integer("corpus_limit");
  return limit > 0 ? std::min(count, limit) : count;
}

double seconds_of_budget(Database& database, const CheckpointRecord& checkpoint) {
  const auto after =
      MetricStore(database).curve(checkpoint.run_id, "time/spent", checkpoint.step - 1);
  const bool is_logged = !after.empty() && after.front().step == checkpoint.step;
  return is_logged ? after.front().value : 0.0;
}

}  // namespace pretext
