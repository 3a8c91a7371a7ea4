#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// SimCSE: two views of a text, which by default differ by dropout alone, find each other among all
/// others of the batch.
///
/// Gao et al., "SimCSE: Simple Contrastive Learning of Sentence Embeddings", EMNLP 2021. What is
/// compared is what evaluation reads: the mean of the pieces' states (the paper's "avg").
ObjectiveKind simcse_kind();

}  // namespace pretext
