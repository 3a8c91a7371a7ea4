#include "core/store/stored_positions.h"

#include <algorithm>

namespace pretext {

std::int64_t num_samples_of_run(Database& database, std::int64_t run) {
  auto query = database.prepare(
      "SELECT c.num_samples FROM runs r JOIN corpora c ON c.id = r.corpus_id WHERE r.id = ?");
  query.bind(1, run);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

bool are_positions(std::span<const std::int64_t> positions, std::int64_t num_samples) {
  return std::ranges::all_of(
      positions, [&](std::int64_t position) { return position >= 0 && position < num_samples; });
}

}  // namespace pretext
