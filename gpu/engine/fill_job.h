#pragma once

#include "core/store/database.h"

#include <string>

namespace pretext {

/// What a run's language model puts in the place of each [MASK] of a text, as JSON:
/// {"blanks": [[{"piece", "probability"}, …five, the likeliest first], …]}. Throws UserError when
/// the run has no language model, or the text no [MASK] or more pieces than the encoder's
/// positions.
std::string fill_blanks(Database& database, std::int64_t run, const std::string& text,
                        const std::string& device = "auto");

}  // namespace pretext
