#pragma once

#include "core/corpus/corpus.h"
#include "core/encoder/encoder_registry.h"
#include "core/spec/experiment.h"

#include <string>
#include <vector>

namespace pretext {

/// Decides every `auto` and 0 of an experiment for this machine and corpus, once, when a run is
/// first claimed. Throws UserError when it cannot be trained here.
Experiment resolve(const Experiment& asked, const Corpus& corpus);

/// Positions that a resolved experiment trains on: the training split within `corpus_limit`; of a
/// supervised one those with a label, `objective.labels_per_class` of each.
std::vector<std::int64_t> training_samples(const Experiment& resolved, const Corpus& corpus);

/// Library versions and CPU capability as JSON, for the run's record.
std::string versions_json();

/// Pieces of a text corpus's vocabulary.
std::int64_t vocabulary_size(const CorpusRecord& corpus);

/// Width of the features of a resolved experiment's encoder.
std::int64_t num_features(const Experiment& resolved, const CorpusRecord& corpus);

/// The encoder of a resolved experiment on a corpus of images.
EncoderShape resolved_shape(const Experiment& resolved, const CorpusRecord& corpus);

}  // namespace pretext
