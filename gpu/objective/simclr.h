#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// SimCLR: projection head and NT-Xent. Chen et al., ICML 2020.
std::shared_ptr<Objective> make_simclr(const Experiment& experiment, std::int64_t features);

/// See `core/objective/simcse.h`: the same without a head.
std::shared_ptr<Objective> make_simcse(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
