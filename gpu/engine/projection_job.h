#pragma once

#include "core/store/database.h"
#include "gpu/projection/projection.h"

#include <cstdint>
#include <string>

namespace pretext {

/// Projects a run's embeddings, of its newest checkpoint, and stores the points; makes those
/// embeddings first where there are none, or `split` ("all", or one part) says which samples. What
/// `progress` throws leaves nothing behind but them. Returns JSON: {"points", "trustworthiness"}.
std::string project_run(Database& database, std::int64_t run, const ProjectionOptions& options,
                        const Progress& progress, const std::string& device = "auto",
                        const std::string& split = {});

/// Projects the same samples, at most 10,000, at each checkpoint that is still there, the untrained
/// encoder first, and stores them all together as the film `number`. Each frame starts from the one
/// before (t-SNE, UMAP) and is laid on it (`aligned`). Earlier films by the method are forgotten.
/// Returns JSON: {"frames", "points"}.
std::string film_run(Database& database, std::int64_t run, std::int64_t number,
                     const ProjectionOptions& options, const Progress& progress,
                     const std::string& device = "auto");

}  // namespace pretext
