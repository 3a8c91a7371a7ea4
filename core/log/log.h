#pragma once

#include <string_view>

namespace pretext {

/// Write a line with time (UTC), process and level to standard error, at once. An engine's standard
/// error is DIR/engine.log. Safe from many threads.
void log_info(std::string_view message);
void log_error(std::string_view message);

}  // namespace pretext
