#include "core/store/sample_reading_store.h"

#include "core/store/blob.h"
#include "core/store/stored_positions.h"

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

/// There are no more clusters than samples.
bool are_clusters(const std::vector<std::int32_t>& clusters) {
  return std::ranges::all_of(clusters, [&](std::int32_t cluster) {
    return cluster >= 0 && std::cmp_less(cluster, clusters.size());
  });
}

}  // namespace

void SampleReadingStore::set(std::int64_t run, const SampleReadings& readings) {
  WriteTransaction transaction(database_);
  auto insert = database_.prepare("INSERT OR REPLACE INTO sample_readings VALUES (?,?,?,?,?,?,?)");
  insert.bind(1, run);
  insert.bind(2, readings.checkpoint_id);
  insert.bind(3, readings.step);
  bind_blob<std::int64_t>(insert, 4, readings.positions);
  bind_blob<std::int32_t>(insert, 5, readings.clusters);
  bind_blob<float>(insert, 6, readings.agreement);
  bind_blob<float>(insert, 7, readings.loss);
  insert.exec();
  transaction.commit();
}

std::optional<SampleReadings> SampleReadingStore::find(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT checkpoint_id, step, positions, clusters, agreement, loss FROM sample_readings "
      "WHERE run_id = ?");
  query.bind(1, run);
  if (!query.executeStep()) return std::nullopt;
  SampleReadings readings{query.getColumn(0).getInt64(),     query.getColumn(1).getInt64(),
                          read_blob<std::int64_t>(query, 2), read_blob<std::int32_t>(query, 3),
                          read_blob<float>(query, 4),        read_blob<float>(query, 5)};
  const auto count = readings.positions.size();
  const bool is_whole = readings.clusters.size() == count && readings.agreement.size() == count &&
                        (readings.loss.empty() || readings.loss.size() == count) &&
                        are_clusters(readings.clusters) &&
                        are_positions(readings.positions, num_samples_of_run(database_, run));
  return is_whole ? std::optional(std::move(readings)) : std::nullopt;
}

std::optional<std::int64_t> SampleReadingStore::checkpoint(std::int64_t run) {
  auto query = database_.prepare("SELECT checkpoint_id FROM sample_readings WHERE run_id = ?");
  query.bind(1, run);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getInt64();
}

}  // namespace pretext
