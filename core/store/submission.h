#pragma once

#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"

#include <optional>

namespace pretext {

/// Throws UserError, with what to do, for a run that the engine could only fail or end at once: a
/// corpus of another vocabulary, a batch larger than the training split, an encoder that cannot be
/// built, pairs where no document has two sentences, labels without a start, or a continuation of
/// `parent` that is to end where that stands. What needs an epoch's plan is left to the engine.
void check_submission(Database& database, const Experiment& experiment, const CorpusRecord& corpus,
                      const std::optional<CheckpointRecord>& parent);

/// How many images a pretraining run of `experiment` on `corpus` would learn from, counted no
/// further than its batch: of millions that takes a while, and forms ask at each keystroke.
std::int64_t num_training_images(Database& database, const Experiment& experiment,
                                 const CorpusRecord& corpus);

/// Seconds that had been spent of a budget of time when a checkpoint was taken; 0 where the run has
/// no such budget.
double seconds_of_budget(Database& database, const CheckpointRecord& checkpoint);

}  // namespace pretext
