#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// See `core/objective/causal_lm.h`. It has no weights: the decoder's are the word embeddings.
std::shared_ptr<Objective> make_gpt(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
