#include "core/store/attempt_record.h"

namespace pretext {

std::vector<AttemptRecord> attempts_of(Database& database, std::int64_t run) {
  auto query = database.prepare(
      "SELECT number, from_step, status, reason, started_ms, ended_ms FROM attempts "
      "WHERE run_id = ? ORDER BY number");
  query.bind(1, run);
  std::vector<AttemptRecord> attempts;
  while (query.executeStep()) {
    attempts.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                        query.getColumn(2).getString(), query.getColumn(3).getString(),
                        query.getColumn(4).getInt64(), optional_integer(query, 5)});
  }
  return attempts;
}

}  // namespace pretext
