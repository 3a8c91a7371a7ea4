#pragma once

#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"

#include <optional>

namespace pretext {

/// Throws UserError, with what to do, for a run that the engine could only fail or end at once: a
/// corpus of another vocabulary, an encoder that cannot be built, pairs where no document
/// has two sentences, labels without a start, or a continuation of `parent` that is to end where
/// that stands. What needs the corpus's files is left to the engine.
void check_submission(Database& database, const Experiment& experiment, const CorpusRecord& corpus,
                      const std::optional<CheckpointRecord>& parent);

/// Seconds that a run has spent of a budget of time; 0 where it has none.
double seconds_of_budget(Database& database, std::int64_t run);

}  // namespace pretext
