#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// Causal language modelling: each piece is told from those before it.
///
/// Radford et al., "Language Models are Unsupervised Multitask Learners" (GPT-2), 2019.
ObjectiveKind gpt_kind();

}  // namespace pretext
