#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// See `core/objective/denoise.h`. Its decoder is made of GPT-2's blocks; the vector is added to
/// its input at every piece, which is what attention to a single vector comes to.
std::shared_ptr<Objective> make_denoise(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
