#include "core/store/engine_sign.h"

#include "core/base/clock.h"

namespace pretext {

std::optional<double> seconds_without_sign(Database& database, std::int64_t run) {
  auto query = database.prepare(
      "SELECT max(e.beat_ms) FROM jobs j JOIN engines e ON e.device = j.engine_device "
      "AND e.lane = j.lane AND e.pid = j.engine_pid WHERE j.run_id = ? AND j.status = 'running'");
  query.bind(1, run);
  query.executeStep();
  const auto beat = optional_integer(query, 0);
  if (!beat) return std::nullopt;
  return static_cast<double>(now_ms() - *beat) / 1000.0;
}

}  // namespace pretext
