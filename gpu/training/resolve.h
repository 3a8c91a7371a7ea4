#pragma once

#include "core/corpus/corpus.h"
#include "core/encoder/encoder_registry.h"
#include "core/spec/experiment.h"

#include <string>

namespace pretext {

/// Decides every `auto` and 0 of an experiment for this machine and corpus, once, when a run is
/// first claimed. Throws UserError when it cannot be trained here.
Experiment resolve(const Experiment& asked, const Corpus& corpus);

/// Library versions and CPU capability as JSON, for the run's record.
std::string versions_json();

/// The encoder of a resolved experiment on a corpus.
EncoderShape resolved_shape(const Experiment& resolved, const Corpus& corpus);

}  // namespace pretext
