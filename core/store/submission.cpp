#include "core/store/submission.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/text_ingest.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"
#include "core/store/metric_store.h"

namespace pretext {
namespace {

void check_text(const Experiment& experiment, const CorpusRecord& corpus) {
  const auto details = TextDetails::from_json(corpus.details);
  text_encoder_shape(experiment, details.vocabulary_size);  // Throws.
  const auto pairs = find_objective(experiment.text("objective.kind")).pairs;
  if (pairs == PairKind::kNone || details.num_sentences > corpus.num_samples) return;
  throw UserError("objective.kind = " + experiment.text("objective.kind") +
                  " tells pairs of segments, and each document of \"" + corpus.name +
                  "\" is one sentence: choose objective.kind = mlm, or ingest with other "
                  "--documents.");
}

/// Bounds count from the beginning of the first of a line of runs.
void check_goes_on(Database& database, const Experiment& experiment,
                   const CheckpointRecord& parent) {
  const auto run = "Run " + std::to_string(parent.run_id);
  const auto refuse = [&](const std::string& done, const std::string& key) {
    throw UserError(run + " has trained " + done + ", and " + key +
                    " counts these: set it to more, or use \"pretext extend\".");
  };
  if (const double budget = seconds_of(experiment.text("training.budget")); budget > 0) {
    const double spent = seconds_of_budget(database, parent.run_id);
    if (spent >= budget) refuse(duration(spent), "training.budget");
    return;
  }
  if (experiment.has("training.tokens") && experiment.integer("training.tokens") > 0) return;
  const auto steps = experiment.integer("training.steps");
  if (steps > 0 && parent.step >= steps) refuse(grouped(steps) + " steps", "training.steps");
  const auto epochs = experiment.integer("training.epochs");
  if (steps == 0 && parent.step > 0 && parent.epoch >= static_cast<double>(epochs))
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
  if (corpus.kind == "text") check_text(experiment, corpus);
  if (!parent) return;
  RunStore runs(database);
  if (corpus.kind == "text") {
    const auto own = CorpusStore(database).get(runs.require(parent->run_id).corpus_id);
    require_same_vocabulary(own, database.workspace() / own.path, corpus);
  }
  if (runs.objective_of(parent->run_id) == objective.name)
    check_goes_on(database, experiment, *parent);
}

double seconds_of_budget(Database& database, std::int64_t run) {
  const auto latest = MetricStore(database).latest(run);
  const auto spent = latest.find("time/spent");
  return spent == latest.end() ? 0.0 : spent->second.value;
}

}  // namespace pretext
