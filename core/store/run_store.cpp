#include "core/store/run_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/store/json_column.h"
#include "core/store/workspace_files.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::json;

constexpr const char* kSelectRun =
    "SELECT r.id, r.name, r.status, r.reason, r.objective, r.corpus_id, c.name, r.spec, "
    "r.resolved, "
    "r.parent_run, r.parent_checkpoint, r.tags, r.notes, r.starred, r.step, r.total_steps, "
    "r.seconds, r.samples_per_second, r.device, r.created_ms, r.started_ms, r.ended_ms, "
    "(SELECT count(*) FROM attempts a WHERE a.run_id = r.id), r.priority, r.sweep_id, "
    "ifnull((SELECT p.name FROM recipes p WHERE p.id = r.recipe_id), ''), "
    "r.gave_up "
    "FROM runs r JOIN corpora c ON c.id = r.corpus_id WHERE r.deleted_ms IS NULL ";

RunRecord read_run(SQLite::Statement& row) {
  RunRecord run;
  run.id = row.getColumn(0).getInt64();
  run.name = row.getColumn(1).getString();
  run.status = run_status_from(row.getColumn(2).getString());
  run.reason = row.getColumn(3).getString();
  run.objective = row.getColumn(4).getString();
  run.corpus_id = row.getColumn(5).getInt64();
  run.corpus = row.getColumn(6).getString();
  run.spec = row.getColumn(7).getString();
  run.resolved = row.getColumn(8).getString();
  run.parent_run = optional_integer(row, 9);
  run.parent_checkpoint = optional_integer(row, 10);
  run.tags = json_column<std::vector<std::string>>(row.getColumn(11).getString());
  run.notes = row.getColumn(12).getString();
  run.starred = row.getColumn(13).getInt() != 0;
  run.step = row.getColumn(14).getInt64();
  run.total_steps = row.getColumn(15).getInt64();
  run.seconds = row.getColumn(16).getDouble();
  run.samples_per_second = row.getColumn(17).getDouble();
  run.device = row.getColumn(18).getString();
  run.created_ms = row.getColumn(19).getInt64();
  run.started_ms = optional_integer(row, 20);
  run.ended_ms = optional_integer(row, 21);
  run.num_attempts = row.getColumn(22).getInt64();
  run.priority = row.getColumn(23).getInt64();
  run.sweep = optional_integer(row, 24);
  run.recipe = row.getColumn(25).getString();
  run.gave_up = row.getColumn(26).getInt() != 0;
  return run;
}

CheckpointRecord read_checkpoint(SQLite::Statement& row) {
  CheckpointRecord checkpoint;
  checkpoint.id = row.getColumn(0).getInt64();
  checkpoint.run_id = row.getColumn(1).getInt64();
  checkpoint.step = row.getColumn(2).getInt64();
  checkpoint.epoch = row.getColumn(3).getDouble();
  checkpoint.sha256 = row.getColumn(4).getString();
  checkpoint.bytes = row.getColumn(5).getInt64();
  checkpoint.weights_only = row.getColumn(6).getInt() != 0;
  checkpoint.path = checkpoint_path(checkpoint.run_id, checkpoint.step, checkpoint.weights_only);
  return checkpoint;
}

constexpr const char* kSelectCheckpoint =
    "SELECT id, run_id, step, epoch, sha256, bytes, weights_only FROM checkpoints "
    "WHERE pruned_ms IS NULL ";

void update_column(Database& database, const char* column, std::int64_t id, const auto& value) {
  WriteTransaction transaction(database);
  auto update = database.prepare(std::string("UPDATE runs SET ") + column + " = ? WHERE id = ?");
  update.bind(1, value);
  update.bind(2, id);
  update.exec();
  transaction.commit();
}

}  // namespace

std::vector<RunRecord> RunStore::list() {
  auto query = database_.prepare(std::string(kSelectRun) + "ORDER BY r.id DESC");
  std::vector<RunRecord> runs;
  while (query.executeStep()) runs.push_back(read_run(query));
  return runs;
}

std::vector<RunTitle> RunStore::titles() {
  auto query = database_.prepare(
      "SELECT r.id, r.name, r.status, r.objective, r.step, EXISTS (SELECT 1 FROM checkpoints c "
      "WHERE c.run_id = r.id AND c.pruned_ms IS NULL) FROM runs r WHERE r.deleted_ms IS NULL "
      "ORDER BY r.id DESC");
  std::vector<RunTitle> titles;
  while (query.executeStep()) {
    titles.push_back({.id = query.getColumn(0).getInt64(),
                      .name = query.getColumn(1).getString(),
                      .status = run_status_from(query.getColumn(2).getString()),
                      .objective = query.getColumn(3).getString(),
                      .step = query.getColumn(4).getInt64(),
                      .has_checkpoint = query.getColumn(5).getInt() != 0});
  }
  return titles;
}

std::vector<RunRecord> RunStore::under_way() {
  auto query = database_.prepare(std::string(kSelectRun) +
                                 "AND r.status IN ('queued', 'running') ORDER BY r.id DESC");
  std::vector<RunRecord> runs;
  while (query.executeStep()) runs.push_back(read_run(query));
  return runs;
}

std::vector<RunRecord> RunStore::of_sweep(std::int64_t sweep) {
  auto query = database_.prepare(std::string(kSelectRun) + "AND r.sweep_id = ? ORDER BY r.id");
  query.bind(1, sweep);
  std::vector<RunRecord> runs;
  while (query.executeStep()) runs.push_back(read_run(query));
  return runs;
}

std::optional<RunRecord> RunStore::find(std::int64_t id) {
  auto query = database_.prepare(std::string(kSelectRun) + "AND r.id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return std::nullopt;
  return read_run(query);
}

RunRecord RunStore::require(std::int64_t id) {
  if (auto run = find(id)) return *run;
  throw UserError("There is no run " + std::to_string(id) + ": \"pretext runs\" lists them.");
}

std::string RunStore::objective_of(std::int64_t id) {
  auto query = database_.prepare("SELECT objective FROM runs WHERE id = ?");
  query.bind(1, id);
  return query.executeStep() ? query.getColumn(0).getString() : std::string();
}

std::int64_t RunStore::insert(const Experiment& experiment, std::int64_t corpus_id,
                              std::optional<std::int64_t> parent_run,
                              std::optional<std::int64_t> parent_checkpoint) {
  auto statement = database_.prepare(
      "INSERT INTO runs (name, status, objective, corpus_id, spec, seed, parent_run, "
      "parent_checkpoint, created_ms) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?)");
  const auto& name = experiment.text("name");
  const auto& objective = experiment.text("objective.kind");
  statement.bind(1, name.empty() ? objective + " on " + experiment.text("corpus") : name);
  statement.bind(2, objective);
  statement.bind(3, corpus_id);
  statement.bind(4, experiment.to_json());
  statement.bind(5, experiment.integer("seed"));
  if (parent_run) statement.bind(6, *parent_run);
  if (parent_checkpoint) statement.bind(7, *parent_checkpoint);
  statement.bind(8, now_ms());
  statement.exec();
  return database_.connection().getLastInsertRowid();
}

void RunStore::join_sweep(std::int64_t id, std::int64_t sweep) {
  auto update = database_.prepare("UPDATE runs SET sweep_id = ? WHERE id = ?");
  update.bind(1, sweep);
  update.bind(2, id);
  update.exec();
}

void RunStore::set_recipe(std::int64_t id, std::int64_t recipe) {
  auto update = database_.prepare("UPDATE runs SET recipe_id = ? WHERE id = ?");
  update.bind(1, recipe);
  update.bind(2, id);
  update.exec();
}

void RunStore::rename(std::int64_t id, const std::string& name) {
  update_column(database_, "name", id, name);
}
void RunStore::set_notes(std::int64_t id, const std::string& notes) {
  update_column(database_, "notes", id, notes);
}
void RunStore::set_reason(std::int64_t id, const std::string& reason) {
  update_column(database_, "reason", id, reason);
}
void RunStore::set_starred(std::int64_t id, bool starred) {
  update_column(database_, "starred", id, starred ? 1 : 0);
}
void RunStore::set_tags(std::int64_t id, const std::vector<std::string>& tags) {
  update_column(database_, "tags", id, json(tags).dump());
}

void RunStore::move_to_bin(std::int64_t id) {
  WriteTransaction transaction(database_);
  const auto run = require(id);
  if (!run.allows(RunCommand::kDelete)) throw UserError(run.why_not(RunCommand::kDelete));
  // What waits in the queue must not start from the bin.
  for (const auto* statement :
       {"UPDATE jobs SET status = 'stopped', ended_ms = ?1 WHERE run_id = ?2 AND status = 'queued'",
        "UPDATE runs SET status = iif(status = 'queued', 'stopped', status), deleted_ms = ?1 "
        "WHERE id = ?2"}) {
    auto update = database_.prepare(statement);
    update.bind(1, now_ms());
    update.bind(2, id);
    update.exec();
  }
  transaction.commit();
}

void RunStore::restore(std::int64_t id) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      "UPDATE runs SET deleted_ms = NULL WHERE id = ? AND deleted_ms IS NOT NULL");
  update.bind(1, id);
  if (update.exec() == 0) throw UserError("There is no run " + std::to_string(id) + " in the bin.");
  transaction.commit();
}

void RunStore::purge(std::int64_t id) {
  WriteTransaction transaction(database_);
  auto orphan = database_.prepare("UPDATE runs SET parent_run = NULL WHERE parent_run = ?");
  orphan.bind(1, id);
  orphan.exec();
  auto childless = database_.prepare("UPDATE evaluations SET child_run = NULL WHERE child_run = ?");
  childless.bind(1, id);
  childless.exec();
  auto remove = database_.prepare("DELETE FROM runs WHERE id = ? AND deleted_ms IS NOT NULL");
  remove.bind(1, id);
  if (remove.exec() == 0) {
    throw UserError("Run " + std::to_string(id) + " is not in the bin: delete it first.");
  }
  transaction.commit();
}

void RunStore::set_resolved(std::int64_t id, const std::string& resolved, std::int64_t total_steps,
                            const std::string& device, const std::string& versions) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      "UPDATE runs SET resolved = ?, total_steps = ?, device = ?, versions = ? WHERE id = ?");
  update.bind(1, resolved);
  update.bind(2, total_steps);
  update.bind(3, device);
  update.bind(4, versions);
  update.bind(5, id);
  update.exec();
  transaction.commit();
}

void RunStore::set_status(std::int64_t id, const std::string& status, const std::string& reason) {
  auto update = database_.prepare(
      "UPDATE runs SET status = ?1, reason = ?2, ended_ms = iif(?1 IN ('queued', 'running'), NULL, "
      "max(?3, ifnull(started_ms, created_ms))), "
      "started_ms = iif(?1 = 'running', ifnull(started_ms, ?3), started_ms) WHERE id = ?4");
  update.bind(1, status);
  update.bind(2, reason);
  update.bind(3, now_ms());
  update.bind(4, id);
  update.exec();
  if (status == "running" || status == "queued") return;
  auto attempt = database_.prepare(
      "UPDATE attempts SET status = ?, reason = ?, ended_ms = max(started_ms, ?) WHERE run_id = ? "
      "AND ended_ms IS NULL");
  attempt.bind(1, status);
  attempt.bind(2, reason);
  attempt.bind(3, now_ms());
  attempt.bind(4, id);
  attempt.exec();
}

void RunStore::set_progress(std::int64_t id, std::int64_t step, std::int64_t total_steps,
                            double seconds, double samples_per_second) {
  auto update = database_.prepare(
      "UPDATE runs SET step = ?, total_steps = ?, seconds = ?, samples_per_second = ? "
      "WHERE id = ?");
  update.bind(1, step);
  update.bind(2, total_steps);
  update.bind(3, seconds);
  update.bind(4, samples_per_second);
  update.bind(5, id);
  update.exec();
}

std::int64_t RunStore::add_checkpoint(const CheckpointRecord& checkpoint, std::int64_t attempt) {
  auto statement = database_.prepare(
      "INSERT INTO checkpoints (run_id, attempt, step, epoch, path, sha256, bytes, created_ms) "
      "VALUES (?,?,?,?,?,?,?,?)");
  statement.bind(1, checkpoint.run_id);
  statement.bind(2, attempt);
  statement.bind(3, checkpoint.step);
  statement.bind(4, checkpoint.epoch);
  statement.bind(5, checkpoint.path);
  statement.bind(6, checkpoint.sha256);
  statement.bind(7, checkpoint.bytes);
  statement.bind(8, now_ms());
  statement.exec();
  return database_.connection().getLastInsertRowid();
}

std::vector<CheckpointRecord> RunStore::checkpoints(std::int64_t run) {
  auto query =
      database_.prepare(std::string(kSelectCheckpoint) + "AND run_id = ? ORDER BY step, id");
  query.bind(1, run);
  std::vector<CheckpointRecord> checkpoints;
  while (query.executeStep()) checkpoints.push_back(read_checkpoint(query));
  return checkpoints;
}

std::optional<CheckpointRecord> RunStore::newest_checkpoint(std::int64_t run) {
  auto query =
      database_.prepare(std::string(kSelectCheckpoint) +
                        "AND NOT weights_only AND run_id = ? ORDER BY step DESC, id DESC LIMIT 1");
  query.bind(1, run);
  if (!query.executeStep()) return std::nullopt;
  return read_checkpoint(query);
}

CheckpointRecord RunStore::require_checkpoint(std::int64_t run) {
  if (auto checkpoint = newest_checkpoint(run)) return *checkpoint;
  throw UserError("Run " + std::to_string(run) +
                  " has no checkpoint yet: let it train for an epoch.");
}

std::optional<CheckpointRecord> RunStore::checkpoint(std::int64_t id) {
  auto query = database_.prepare(std::string(kSelectCheckpoint) + "AND id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return std::nullopt;
  return read_checkpoint(query);
}

void RunStore::mark_pruned(std::int64_t checkpoint) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare("UPDATE checkpoints SET pruned_ms = ? WHERE id = ?");
  update.bind(1, now_ms());
  update.bind(2, checkpoint);
  update.exec();
  transaction.commit();
}

void RunStore::mark_weights_only(const CheckpointRecord& smaller) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      "UPDATE checkpoints SET weights_only = 1, path = ?, sha256 = ?, bytes = ? WHERE id = ?");
  update.bind(1, smaller.path);
  update.bind(2, smaller.sha256);
  update.bind(3, smaller.bytes);
  update.bind(4, smaller.id);
  update.exec();
  transaction.commit();
}

std::vector<std::int64_t> RunStore::protected_checkpoints(std::int64_t run) {
  auto query = database_.prepare(
      "SELECT c.id FROM checkpoints c WHERE c.run_id = ?1 AND c.pruned_ms IS NULL AND (c.pinned "
      "OR EXISTS (SELECT 1 FROM runs r WHERE r.parent_checkpoint = c.id) "
      "OR EXISTS (SELECT 1 FROM evaluations e WHERE e.checkpoint_id = c.id) "
      "OR c.step = (SELECT v.step FROM curve v JOIN checkpoints b ON b.run_id = v.run_id AND "
      "b.step = v.step AND b.pruned_ms IS NULL WHERE v.run_id = ?1 AND v.key IN "
      "('eval/accuracy', 'eval/knn_accuracy', 'val/mlm_loss', 'val/lm_loss') "
      "ORDER BY v.key LIKE 'eval/%' DESC, iif(v.key LIKE 'eval/%', v.value, -v.value) DESC, "
      "v.step DESC LIMIT 1))");
  query.bind(1, run);
  std::vector<std::int64_t> ids;
  while (query.executeStep()) ids.push_back(query.getColumn(0).getInt64());
  return ids;
}

void RunStore::add_message(std::optional<std::int64_t> run, const std::string& level,
                           const std::string& text) {
  WriteTransaction transaction(database_);
  auto statement =
      database_.prepare("INSERT INTO messages (run_id, level, text, created_ms) VALUES (?,?,?,?)");
  if (run) statement.bind(1, *run);
  statement.bind(2, level);
  statement.bind(3, text);
  statement.bind(4, now_ms());
  statement.exec();
  transaction.commit();
}

std::vector<std::string> RunStore::messages(std::int64_t run) {
  auto query =
      database_.prepare("SELECT level || ': ' || text FROM messages WHERE run_id = ? ORDER BY id");
  query.bind(1, run);
  std::vector<std::string> texts;
  while (query.executeStep()) texts.push_back(query.getColumn(0).getString());
  return texts;
}

}  // namespace pretext
