#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// A softmax layer on the features, cross-entropy on the labels; the encoder learns with it.
std::shared_ptr<Objective> make_finetune(const Experiment& experiment, std::int64_t features);

/// The same layer on a frozen encoder.
std::shared_ptr<Objective> make_probe(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
