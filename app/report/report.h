#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace pretext {

/// Writes what there is to say of runs into one file that needs nothing beside it: what differs
/// between them, their curves, accuracies with protocol, confusions, views and projections. The
/// ending of `file` decides: .html or .pdf. Needs a QApplication, on any platform. Throws UserError
/// for another ending, for no run or an unknown one, and when the file cannot be written.
void writeReport(Database& database, const std::vector<std::int64_t>& runs,
                 const std::filesystem::path& file);

}  // namespace pretext
