#pragma once

#include "core/objective/objective_kind.h"

namespace pretext {

/// SimCLR: two views of an image find each other among all others of the batch.
///
/// Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020.
ObjectiveKind simclr_kind();

/// ln(2N - 1): the loss of an encoder that knows nothing, in nats. `batch_size` is N, in images.
double nt_xent_chance(std::int64_t batch_size);

/// ln(e^(1/t) + 2N - 2) - 1/t: partners equal, all others orthogonal; in nats.
double nt_xent_floor(std::int64_t batch_size, double temperature);

}  // namespace pretext
