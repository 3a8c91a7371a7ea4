#include "core/store/engine_queue.h"

#include "core/base/clock.h"
#include "core/base/machine.h"
#include "core/store/run_store.h"

#include <unistd.h>

namespace pretext {
namespace {

// Which queued jobs are this engine's: of its lane (?1), for its device (?2) or, if it takes them
// (?3), for any.
constexpr const char* kIsMine =
    " status = 'queued' AND lane = ?1 AND (device = ?2 OR (device = 'auto' AND ?3)) ";

void bind_engine(SQLite::Statement& statement, const EngineId& engine) {
  statement.bind(1, engine.lane);
  statement.bind(2, engine.device);
  statement.bind(3, engine.takes_auto ? 1 : 0);
}

}  // namespace

void EngineQueue::announce() {
  WriteTransaction transaction(database_);
  auto insert = database_.prepare(
      "INSERT OR REPLACE INTO engines (device, lane, pid, boot_id, started_ms, beat_ms, "
      "takes_auto) "
      "VALUES (?,?,?,?,?,?,?)");
  insert.bind(1, engine_.device);
  insert.bind(2, engine_.lane);
  insert.bind(3, static_cast<std::int64_t>(::getpid()));
  insert.bind(4, boot_id());
  insert.bind(5, now_ms());
  insert.bind(6, now_ms());
  insert.bind(7, engine_.takes_auto ? 1 : 0);
  insert.exec();
  transaction.commit();
}

void EngineQueue::beat() {
  WriteTransaction transaction(database_, false);
  auto update = database_.prepare("UPDATE engines SET beat_ms = ? WHERE device = ? AND lane = ?");
  update.bind(1, now_ms());
  update.bind(2, engine_.device);
  update.bind(3, engine_.lane);
  update.exec();
  transaction.commit();
}

std::optional<JobRecord> EngineQueue::claim() {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      std::string(
          "UPDATE jobs SET status = 'running', claimed_ms = ?4, engine_pid = ?5, starts = 0, "
          "engine_device = ?2 WHERE id = (SELECT id FROM jobs WHERE") +
      kIsMine + "ORDER BY priority DESC, id LIMIT 1) RETURNING " + JobRecord::kColumns);
  bind_engine(update, engine_);
  update.bind(4, now_ms());
  update.bind(5, static_cast<std::int64_t>(::getpid()));
  if (!update.executeStep()) return std::nullopt;
  const auto job = JobRecord::read(update);
  update.reset();
  // This engine is alive and will get to the others.
  auto others =
      database_.prepare(std::string("UPDATE jobs SET starts = 0 WHERE starts > 0 AND") + kIsMine);
  bind_engine(others, engine_);
  others.exec();
  if (job.kind == "train" && job.run_id) RunStore(database_).set_status(*job.run_id, "running", "");
  transaction.commit();
  return job;
}

bool EngineQueue::retire() {
  WriteTransaction transaction(database_);
  auto query = database_.prepare(std::string("SELECT count(*) FROM jobs WHERE") + kIsMine);
  bind_engine(query, engine_);
  query.executeStep();
  if (query.getColumn(0).getInt() > 0) return false;
  remove_row();
  transaction.commit();
  return true;
}

void EngineQueue::leave() {
  WriteTransaction transaction(database_);
  remove_row();
  transaction.commit();
}

void EngineQueue::remove_row() {
  auto remove = database_.prepare("DELETE FROM engines WHERE device = ? AND lane = ?");
  remove.bind(1, engine_.device);
  remove.bind(2, engine_.lane);
  remove.exec();
}

std::string EngineQueue::control_word(std::int64_t job) {
  auto query = database_.prepare("SELECT control FROM jobs WHERE id = ?");
  query.bind(1, job);
  return query.executeStep() ? query.getColumn(0).getString() : "stop";
}

void EngineQueue::report(std::int64_t job, double progress) {
  WriteTransaction transaction(database_, false);
  auto update = database_.prepare("UPDATE jobs SET progress = ? WHERE id = ?");
  update.bind(1, progress);
  update.bind(2, job);
  update.exec();
  transaction.commit();
}

void EngineQueue::end(const JobRecord& job, const std::string& status, const std::string& reason,
                      const std::string& result) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      "UPDATE jobs SET status = ?1, reason = ?2, result = ?3, ended_ms = max(?4, "
      "ifnull(claimed_ms, created_ms)), "
      "progress = iif(?1 = 'finished', 1.0, progress) WHERE id = ?5");
  update.bind(1, status);
  update.bind(2, reason);
  update.bind(3, result);
  update.bind(4, now_ms());
  update.bind(5, job.id);
  update.exec();
  if (job.kind == "train" && job.run_id)
    RunStore(database_).set_status(*job.run_id, status, reason);
  transaction.commit();
}

std::int64_t EngineQueue::begin_attempt(const JobRecord& job, std::int64_t from_step) {
  WriteTransaction transaction(database_);
  auto query =
      database_.prepare("SELECT ifnull(max(number), 0) + 1 FROM attempts WHERE run_id = ?");
  query.bind(1, *job.run_id);
  query.executeStep();
  const auto number = query.getColumn(0).getInt64();
  auto insert = database_.prepare(
      "INSERT INTO attempts (run_id, number, job_id, from_step, status, started_ms) "
      "VALUES (?,?,?,?, 'running', ?)");
  insert.bind(1, *job.run_id);
  insert.bind(2, number);
  insert.bind(3, job.id);
  insert.bind(4, from_step);
  insert.bind(5, now_ms());
  insert.exec();
  transaction.commit();
  return number;
}

}  // namespace pretext
