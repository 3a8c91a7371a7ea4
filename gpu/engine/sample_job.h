#pragma once

#include "core/store/database.h"
#include "gpu/projection/neighbours.h"

#include <cstdint>
#include <string>

namespace pretext {

/// Stores `SampleReadings` of a run's embedded samples, of its newest checkpoint; makes the
/// embeddings first where there are none. As many clusters as the corpus has classes, or 10.
/// Agreement counts 15 neighbours by cosine. Losses are read in evaluation mode: a contrast's over
/// two fixed views in batches of about 256 spread over the samples; of a language
/// model the mean over what it is asked of the start of a text. What `progress` throws leaves
/// nothing behind but embeddings. Returns JSON: {"samples", "has_loss"}.
std::string read_samples(Database& database, std::int64_t run, const Progress& progress,
                         const std::string& device = "auto");

}  // namespace pretext
