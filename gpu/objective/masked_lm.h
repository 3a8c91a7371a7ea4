#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// See `core/objective/masked_lm.h`. Parameters are named as in Hugging Face's
/// `BertPreTrainingHeads`.
std::shared_ptr<Objective> make_mlm(const Experiment& experiment, std::int64_t features);
/// With next sentence or sentence order prediction: which of the two, the sequences decide.
std::shared_ptr<Objective> make_mlm_with_pairs(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
