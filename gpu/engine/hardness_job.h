#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// What the Views page may ask for.
struct HardnessRequest {
  std::optional<std::int64_t> corpus;   ///< Another than the run's own.
  std::string recipe = "{}";            ///< JSON of settings "views.…" instead of the run's own.
  std::vector<std::int64_t> positions;  ///< Of the images; at least two.
  std::uint64_t seed = 0;
  std::int64_t epoch = 0;
};

/// How alike two views of an image are to a run's encoder, beside views of others (`ViewHardness`),
/// as JSON: {"partners": [cosine, …], "others": […], "partner_found", "chance", "step"}. The views
/// have the size that the encoder was trained with. Throws UserError for a run on text.
std::string view_hardness_of(Database& database, std::int64_t run, const HardnessRequest& request,
                             const std::string& device = "auto");

}  // namespace pretext
