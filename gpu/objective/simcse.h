#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// See `core/objective/simcse.h`: NT-Xent on the features themselves, without a head.
std::shared_ptr<Objective> make_simcse(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
