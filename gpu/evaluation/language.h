#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"

#include <map>
#include <string>

namespace pretext {

/// A language model's readings on the validation split, "val/…": the same rows whenever it is
/// called, 15 % of their pieces hidden whatever training hides, without dropout. With
/// val/perplexity, e to the power of the loss. Empty where there is no validation part,
/// and of other objectives.
std::map<std::string, double> validation_readings(Encoder& encoder, Objective& objective,
                                                  const Experiment& resolved, const Corpus& corpus,
                                                  const torch::Device& device);

}  // namespace pretext
