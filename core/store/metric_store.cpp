#include "core/store/metric_store.h"

#include "core/base/clock.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pretext {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double number_or_nan(SQLite::Statement& row, int column) {
  return row.isColumnNull(column) ? kNaN : row.getColumn(column).getDouble();
}

void bind_number(SQLite::Statement& statement, int index, double value) {
  if (std::isnan(value)) {
    statement.bind(index);
  } else {
    statement.bind(index, value);
  }
}

}  // namespace

std::vector<std::string> MetricStore::all_keys() {
  auto query = database_.prepare("SELECT key FROM metric_keys ORDER BY key");
  std::vector<std::string> keys;
  while (query.executeStep()) keys.push_back(query.getColumn(0).getString());
  return keys;
}

std::vector<std::string> MetricStore::keys(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT k.key FROM metric_latest l JOIN metric_keys k ON k.id = l.key_id "
      "WHERE l.run_id = ? ORDER BY k.key");
  query.bind(1, run);
  std::vector<std::string> keys;
  while (query.executeStep()) keys.push_back(query.getColumn(0).getString());
  return keys;
}

std::vector<MetricSample> MetricStore::curve(std::int64_t run, const std::string& key,
                                             std::int64_t after_step, std::int64_t last_step) {
  auto later = database_.prepare("SELECT 1 FROM attempts WHERE run_id = ? AND number > 1");
  later.bind(1, run);
  // Of a run of one attempt nothing was taken back, and looking for each reading takes as long as
  // reading it.
  const std::string stands = later.executeStep()
                                 ? "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = ?1 "
                                   "AND a.number > m.attempt AND a.from_step < m.step) "
                                 : "";
  auto query = database_.prepare(
      "SELECT step, value, wall_ms FROM metrics m "
      "WHERE run_id = ?1 AND key_id = (SELECT id FROM metric_keys WHERE key = ?2) AND step > ?3 "
      "AND step <= ?4 " +
      stands + "ORDER BY step, attempt");
  query.bind(1, run);
  query.bind(2, key);
  query.bind(3, after_step);
  query.bind(4, last_step);
  std::vector<MetricSample> samples;
  while (query.executeStep()) {
    samples.push_back(
        {query.getColumn(0).getInt64(), number_or_nan(query, 1), query.getColumn(2).getInt64()});
  }
  return samples;
}

std::vector<MetricBucket> MetricStore::buckets(std::int64_t run, const std::string& key) {
  auto query = database_.prepare(
      "SELECT bucket, num_finite, total, low_step, low, low_ms, high_step, high, high_ms, "
      "gap_step, "
      "gap_ms FROM metric_buckets WHERE run_id = ?1 AND key_id = (SELECT id FROM metric_keys WHERE "
      "key = ?2) ORDER BY bucket");
  query.bind(1, run);
  query.bind(2, key);
  std::vector<MetricBucket> buckets;
  while (query.executeStep()) {
    auto& bucket = buckets.emplace_back();
    bucket.first_step = query.getColumn(0).getInt64() * MetricBucket::kSteps;
    bucket.num_finite = query.getColumn(1).getInt64();
    if (bucket.num_finite > 0) {
      bucket.mean = query.getColumn(2).getDouble() / static_cast<double>(bucket.num_finite);
      bucket.low = {query.getColumn(3).getInt64(), query.getColumn(4).getDouble(),
                    query.getColumn(5).getInt64()};
      bucket.high = {query.getColumn(6).getInt64(), query.getColumn(7).getDouble(),
                     query.getColumn(8).getInt64()};
    }
    if (!query.isColumnNull(9))
      bucket.gap = {query.getColumn(9).getInt64(), kNaN, query.getColumn(10).getInt64()};
  }
  return buckets;
}

std::map<std::string, MetricSummary> MetricStore::latest(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT k.key, l.step, l.value, l.min, l.max FROM metric_latest l "
      "JOIN metric_keys k ON k.id = l.key_id WHERE l.run_id = ?");
  query.bind(1, run);
  std::map<std::string, MetricSummary> summaries;
  while (query.executeStep()) {
    summaries[query.getColumn(0).getString()] = {query.getColumn(1).getInt64(),
                                                 number_or_nan(query, 2), number_or_nan(query, 3),
                                                 number_or_nan(query, 4)};
  }
  return summaries;
}

std::map<std::int64_t, double> MetricStore::latest_of_all(const std::string& key) {
  auto query = database_.prepare(
      "SELECT r.id, l.value FROM runs r JOIN metric_latest l ON l.run_id = r.id AND l.key_id = "
      "(SELECT id FROM metric_keys WHERE key = ?) WHERE r.deleted_ms IS NULL");
  query.bind(1, key);
  std::map<std::int64_t, double> values;
  while (query.executeStep()) values[query.getColumn(0).getInt64()] = number_or_nan(query, 1);
  return values;
}

MetricWriter::MetricWriter(Database& database, std::int64_t run, std::int64_t attempt)
    : database_(database), run_(run), attempt_(attempt) {}

std::int64_t MetricWriter::key_id(const std::string& key) {
  const auto found = key_ids_.find(key);
  if (found != key_ids_.end()) return found->second;
  auto insert = database_.prepare(
      "INSERT INTO metric_keys (key) VALUES (?) ON CONFLICT (key) DO UPDATE SET key = key "
      "RETURNING id");
  insert.bind(1, key);
  insert.executeStep();
  return key_ids_[key] = insert.getColumn(0).getInt64();
}

void MetricWriter::add(const std::string& key, std::int64_t step, double value) {
  pending_.push_back({key, {step, value, now_ms()}});
}

void MetricWriter::write_pending() {
  if (pending_.empty()) return;
  key_ids_.clear();  // A transaction that failed has taken new ones back.
  auto insert = database_.prepare("INSERT OR REPLACE INTO metrics VALUES (?,?,?,?,?,?)");
  auto latest = database_.prepare(
      "INSERT INTO metric_latest VALUES (?1,?2,?3,?4,?4,?4) ON CONFLICT (run_id, key_id) DO UPDATE "
      "SET step = ?3, value = ?4, min = min(ifnull(min, ?4), ifnull(?4, min)), "
      "max = max(ifnull(max, ?4), ifnull(?4, max))");
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> written;  // First and last step.
  for (const auto& [name, sample] : pending_) {
    const auto key = key_id(name);
    const auto at = written.try_emplace(key, sample.step, sample.step).first;
    at->second = {std::min(at->second.first, sample.step),
                  std::max(at->second.second, sample.step)};
    insert.bind(1, run_);
    insert.bind(2, key);
    insert.bind(3, sample.step);
    insert.bind(4, attempt_);
    insert.bind(5, sample.wall_ms);
    bind_number(insert, 6, sample.value);
    insert.exec();
    insert.reset();
    latest.bind(1, run_);
    latest.bind(2, key);
    latest.bind(3, sample.step);
    bind_number(latest, 4, sample.value);
    latest.exec();
    latest.reset();
  }
  num_written_ = pending_.size();
  for (const auto& [key, steps] : written) write_buckets(key, steps.first, steps.second);
}

void MetricWriter::write_buckets(std::int64_t key, std::int64_t first_step,
                                 std::int64_t last_step) {
  // With min() or max(), SQLite takes the other columns from the row that has it.
  auto write = database_.prepare(
      "INSERT OR REPLACE INTO metric_buckets WITH kept AS ("
      "SELECT step / ?5 AS bucket, step, wall_ms, value, "
      "ifnull(value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308, 0) AS is_finite "
      "FROM metrics m WHERE run_id = ?1 AND key_id = ?2 AND step BETWEEN ?3 AND ?4 "
      "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = ?1 AND a.number > m.attempt "
      "AND a.from_step < m.step)), "
      "lows AS (SELECT bucket, min(value) AS value, step, wall_ms FROM kept WHERE is_finite "
      "GROUP BY bucket), "
      "highs AS (SELECT bucket, max(value) AS value, step, wall_ms FROM kept WHERE is_finite "
      "GROUP BY bucket), "
      "gaps AS (SELECT bucket, max(step) AS step, wall_ms FROM kept WHERE NOT is_finite "
      "GROUP BY bucket), "
      "sums AS (SELECT bucket, count(*) FILTER (WHERE is_finite) AS num_finite, "
      "total(value) FILTER (WHERE is_finite) AS total FROM kept GROUP BY bucket) "
      "SELECT ?1, ?2, bucket, s.num_finite, s.total, l.value, l.step, l.wall_ms, h.value, h.step, "
      "h.wall_ms, g.step, g.wall_ms FROM sums s LEFT JOIN lows l USING (bucket) "
      "LEFT JOIN highs h USING (bucket) LEFT JOIN gaps g USING (bucket)");
  constexpr auto kSteps = MetricBucket::kSteps;
  write.bind(1, run_);
  write.bind(2, key);
  write.bind(3, first_step / kSteps * kSteps);
  write.bind(4, last_step / kSteps * kSteps + kSteps - 1);
  write.bind(5, kSteps);
  write.exec();
}

void MetricWriter::flush() {
  if (pending_.empty()) return;
  WriteTransaction transaction(database_, false);
  write_pending();
  transaction.commit();
  forget_written();
}

void MetricWriter::forget_written() {
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(num_written_));
  num_written_ = 0;
}

void MetricWriter::take_back_after(std::int64_t step) {
  auto remove = database_.prepare("DELETE FROM metric_latest WHERE run_id = ?");
  remove.bind(1, run_);
  remove.exec();
  auto rebuild = database_.prepare(
      "INSERT INTO metric_latest SELECT run_id, key_id, max(step), NULL, min(value), max(value) "
      "FROM metrics m WHERE run_id = ?1 AND step <= ?2 AND NOT EXISTS (SELECT 1 FROM attempts a "
      "WHERE a.run_id = ?1 AND a.number > m.attempt AND a.from_step < m.step) "
      "GROUP BY run_id, key_id");
  rebuild.bind(1, run_);
  rebuild.bind(2, step);
  rebuild.exec();
  auto values = database_.prepare(
      "UPDATE metric_latest SET value = (SELECT value FROM metrics m WHERE m.run_id = "
      "metric_latest.run_id AND m.key_id = metric_latest.key_id AND m.step = metric_latest.step "
      "ORDER BY attempt DESC LIMIT 1) WHERE run_id = ?");
  values.bind(1, run_);
  values.exec();
  auto buckets = database_.prepare("DELETE FROM metric_buckets WHERE run_id = ? AND bucket >= ?");
  buckets.bind(1, run_);
  buckets.bind(2, (step + 1) / MetricBucket::kSteps);
  buckets.exec();
  auto keys = database_.prepare("SELECT key_id FROM metric_latest WHERE run_id = ?");
  keys.bind(1, run_);
  while (keys.executeStep()) write_buckets(keys.getColumn(0).getInt64(), step + 1, step + 1);
}

}  // namespace pretext
