#include "core/store/metric_store.h"

#include "core/base/clock.h"

#include <cmath>
#include <limits>

namespace pretext {
namespace {

double number_or_nan(SQLite::Statement& row, int column) {
  return row.isColumnNull(column) ? std::numeric_limits<double>::quiet_NaN()
                                  : row.getColumn(column).getDouble();
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
                                             std::int64_t after_step) {
  auto query = database_.prepare(
      "SELECT step, value, wall_ms FROM metrics m "
      "WHERE run_id = ?1 AND key_id = (SELECT id FROM metric_keys WHERE key = ?2) AND step > ?3 "
      "AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.run_id = ?1 AND a.number > m.attempt "
      "AND a.from_step < m.step) ORDER BY step, attempt");
  query.bind(1, run);
  query.bind(2, key);
  query.bind(3, after_step);
  std::vector<MetricSample> samples;
  while (query.executeStep()) {
    samples.push_back(
        {query.getColumn(0).getInt64(), number_or_nan(query, 1), query.getColumn(2).getInt64()});
  }
  return samples;
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
    : database_(database), run_(run), attempt_(attempt) {
  auto query = database_.prepare("SELECT key, id FROM metric_keys");
  while (query.executeStep()) {
    key_ids_[query.getColumn(0).getString()] = query.getColumn(1).getInt64();
  }
}

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
  pending_.push_back({key_id(key), {step, value, now_ms()}});
}

void MetricWriter::write_pending() {
  if (pending_.empty()) return;
  auto insert = database_.prepare("INSERT OR REPLACE INTO metrics VALUES (?,?,?,?,?,?)");
  auto latest = database_.prepare(
      "INSERT INTO metric_latest VALUES (?1,?2,?3,?4,?4,?4) ON CONFLICT (run_id, key_id) DO UPDATE "
      "SET step = ?3, value = ?4, min = min(ifnull(min, ?4), ifnull(?4, min)), "
      "max = max(ifnull(max, ?4), ifnull(?4, max))");
  for (const auto& [key, sample] : pending_) {
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
  pending_.clear();
}

void MetricWriter::flush() {
  if (pending_.empty()) return;
  WriteTransaction transaction(database_, false);
  write_pending();
  transaction.commit();
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
}

}  // namespace pretext
