#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <functional>
#include <string>

namespace pretext {

/// Trains a probe on a labelling's few labels and a run's frozen features, and stores what it says
/// of each sample that the run embedded (`LabelProbe`). Returns JSON: {"labels", "classes",
/// "accuracy" (null where it could not be cross-validated)}. Throws UserError for fewer than two
/// classes, or a labelling of another corpus than the run's. What `report` throws leaves nothing
/// behind.
std::string probe_labels(Database& database, std::int64_t run, std::int64_t labelling,
                         const std::function<void(double)>& report = {},
                         const std::string& device = "auto");

}  // namespace pretext
