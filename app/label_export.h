#pragma once

#include "core/store/database.h"
#include "core/store/labelling_store.h"

#include <cstdint>
#include <filesystem>

namespace pretext {

/// Writes a labelling as a CSV file of (sample, label, position), which `pretext label` reads by
/// the samples' names; the position in the corpus tells apart those that share one. Returns how
/// many samples have a label. Throws UserError when none has, or the file cannot be written.
std::int64_t exportLabels(Database& database, const LabellingRecord& labelling,
                          const std::filesystem::path& file);

/// Writes what the newest probe on a run says of each sample: (sample, label, probability,
/// position). Throws UserError when there is none yet.
std::int64_t exportPredictions(Database& database, const LabellingRecord& labelling,
                               std::int64_t run, const std::filesystem::path& file);

/// Makes a labelling the labels of its corpus, so that runs can be evaluated by it and fine-tuned
/// on it; samples without one keep what they had. Returns how many were set.
std::int64_t attachLabels(Database& database, const LabellingRecord& labelling);

}  // namespace pretext
