#pragma once

#include "core/spec/experiment.h"
#include "core/store/database.h"

#include <cstdint>
#include <functional>
#include <string>

namespace pretext {

/// Trains an experiment for a few seconds, to learn what it costs here; nothing of it is kept.
/// After two steps to warm up it counts for about five seconds, three steps at the least, then
/// takes each reading between steps once. Returns JSON, `TrialResult::to_json`. `report`: told the
/// share done; what it throws ends the trial. Throws UserError when the experiment cannot be
/// trained here.
std::string try_training(Database& database, const Experiment& asked, std::int64_t corpus,
                         const std::function<void(double)>& report, const std::string& device);

}  // namespace pretext
