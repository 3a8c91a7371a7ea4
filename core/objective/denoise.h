#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// A text reconstructed from the vector of its damaged copy. Wang, Reimers & Gurevych, "TSDAE",
/// Findings of EMNLP 2021.
ObjectiveKind denoise_kind();

}  // namespace pretext
