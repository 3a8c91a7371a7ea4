#include "core/store/projection_store.h"

#include "core/base/clock.h"
#include "core/base/json_file.h"
#include "core/store/blob.h"
#include "core/store/stored_positions.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace pretext {
namespace {

constexpr const char* kColumns =
    "method, step, positions, coordinates, parameters, film, id, checkpoint_id, num_rows";
// Those that are no frames; of one method (?2), or of any where that is empty.
constexpr const char* kOfMethod =
    " FROM projections WHERE run_id = ?1 AND film IS NULL AND (?2 = '' OR method = ?2) "
    "ORDER BY id DESC";

Projection read_projection(SQLite::Statement& row) {
  Projection projection;
  projection.method = row.getColumn(0).getString();
  projection.step = row.getColumn(1).getInt64();
  projection.positions = read_blob<std::int64_t>(row, 2);
  projection.coordinates = read_blob<float>(row, 3);
  projection.parameters = row.getColumn(4).getString();
  projection.film = optional_integer(row, 5);
  projection.id = row.getColumn(6).getInt64();
  projection.checkpoint_id = row.getColumn(7).getInt64();
  return projection;
}

/// Settings are plain values.
bool are_parameters(const std::string& text) {
  const auto found = find_json(text);
  if (!found || !found->is_object()) return false;
  return std::ranges::all_of(found->items(), [](const auto& setting) {
    return setting.key() == "method" || setting.key() == "split" ? setting.value().is_string()
                                                                 : setting.value().is_number();
  });
}

/// Whether the row of `projection` has as many numbers as it says.
bool is_whole(SQLite::Statement& row, const Projection& projection, std::int64_t num_samples) {
  return std::cmp_equal(projection.positions.size(), row.getColumn(8).getInt64()) &&
         projection.coordinates.size() == 2 * projection.positions.size() &&
         are_positions(projection.positions, num_samples) && are_parameters(projection.parameters);
}

}  // namespace

void ProjectionStore::add(std::int64_t run, const Projection& projection) {
  WriteTransaction transaction(database_);
  insert(run, projection);
  transaction.commit();
}

void ProjectionStore::set_film(std::int64_t run, const std::vector<Projection>& frames) {
  WriteTransaction transaction(database_);
  auto remove = database_.prepare(
      "DELETE FROM projections WHERE run_id = ? AND method = ? AND film IS NOT NULL");
  remove.bind(1, run);
  remove.bind(2, frames.front().method);
  remove.exec();
  for (const auto& frame : frames) insert(run, frame);
  transaction.commit();
}

void ProjectionStore::insert(std::int64_t run, const Projection& projection) {
  auto insert = database_.prepare(
      "INSERT INTO projections (run_id, checkpoint_id, step, method, num_rows, positions, "
      "coordinates, created_ms, parameters, film) VALUES (?,?,?,?,?,?,?,?,?,?)");
  insert.bind(1, run);
  insert.bind(2, projection.checkpoint_id);
  insert.bind(3, projection.step);
  insert.bind(4, projection.method);
  insert.bind(5, static_cast<std::int64_t>(projection.positions.size()));
  bind_blob<std::int64_t>(insert, 6, projection.positions);
  bind_blob<float>(insert, 7, projection.coordinates);
  insert.bind(8, now_ms());
  insert.bind(9, projection.parameters);
  if (projection.film) insert.bind(10, *projection.film);
  insert.exec();
}

std::optional<Projection> ProjectionStore::newest(std::int64_t run, const std::string& method) {
  auto query = database_.prepare(std::string("SELECT ") + kColumns + kOfMethod);
  query.bind(1, run);
  query.bind(2, method);
  const auto num_samples = num_samples_of_run(database_, run);
  while (query.executeStep()) {
    auto projection = read_projection(query);
    if (is_whole(query, projection, num_samples)) return projection;
  }
  return std::nullopt;
}

std::optional<std::int64_t> ProjectionStore::newest_id(std::int64_t run,
                                                       const std::string& method) {
  auto query = database_.prepare(std::string("SELECT id") + kOfMethod);
  query.bind(1, run);
  query.bind(2, method);
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getInt64();
}

std::optional<std::int64_t> ProjectionStore::newest_run() {
  auto query = database_.prepare(
      "SELECT max(r.id) FROM runs r WHERE r.deleted_ms IS NULL AND EXISTS "
      "(SELECT 1 FROM projections p WHERE p.run_id = r.id AND p.film IS NULL)");
  query.executeStep();
  return optional_integer(query, 0);
}

std::optional<std::int64_t> ProjectionStore::newest_film(std::int64_t run,
                                                         const std::string& method) {
  auto query =
      database_.prepare("SELECT max(film) FROM projections WHERE run_id = ? AND method = ?");
  query.bind(1, run);
  query.bind(2, method);
  query.executeStep();
  return optional_integer(query, 0);
}

std::vector<Projection> ProjectionStore::film(std::int64_t run, const std::string& method) {
  const auto number = newest_film(run, method);
  std::vector<Projection> frames;
  if (!number) return frames;
  auto query =
      database_.prepare(std::string("SELECT ") + kColumns +
                        " FROM projections WHERE run_id = ? AND film = ? ORDER BY step, id");
  query.bind(1, run);
  query.bind(2, *number);
  const auto num_samples = num_samples_of_run(database_, run);
  while (query.executeStep()) {
    auto frame = read_projection(query);
    const bool is_as_first = frames.empty() || frame.positions == frames.front().positions;
    if (is_as_first && is_whole(query, frame, num_samples)) frames.push_back(std::move(frame));
  }
  return frames;
}

}  // namespace pretext
