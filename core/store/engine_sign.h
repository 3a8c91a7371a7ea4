#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <optional>

namespace pretext {

/// Seconds since the engine that trains a run last wrote its sign of life, which it does every
/// second; none where no engine is at it. Long silence says only that: whether it lives, its lock
/// tells (`EngineLock`).
std::optional<double> seconds_without_sign(Database& database, std::int64_t run);

}  // namespace pretext
