#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <span>

namespace pretext {

/// Samples of the corpus that a run is of; 0 where there is none.
std::int64_t num_samples_of_run(Database& database, std::int64_t run);

/// Whether all are positions of samples in a corpus of `num_samples`. What is stored of samples is
/// asked this on reading, and its numbers counted, so that nobody reads past the end of a damaged
/// one.
bool are_positions(std::span<const std::int64_t> positions, std::int64_t num_samples);

}  // namespace pretext
