#include "core/store/job_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/engine_lock.h"
#include "core/store/run_store.h"

#include <fstream>
#include <unistd.h>
#include <utility>
#include <vector>

namespace pretext {
namespace {

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  file >> id;
  return id;
}

void check_allowed(const RunRecord& run, RunCommand command) {
  if (!is_allowed(run.status, command)) throw UserError(why_not(run.id, run.status, command));
}

JobRecord read(SQLite::Statement& row) {
  JobRecord job;
  job.id = row.getColumn(0).getInt64();
  job.kind = row.getColumn(1).getString();
  job.lane = row.getColumn(2).getString();
  job.run_id = optional_integer(row, 3);
  job.checkpoint_id = optional_integer(row, 4);
  job.parameters = row.getColumn(5).getString();
  job.status = row.getColumn(6).getString();
  job.progress = row.getColumn(7).getDouble();
  job.result = row.getColumn(8).getString();
  job.reason = row.getColumn(9).getString();
  return job;
}

constexpr const char* kColumns =
    "id, kind, lane, run_id, checkpoint_id, parameters, status, progress, result, reason";

}  // namespace

void JobStore::insert_job(const std::string& kind, const std::string& lane, std::int64_t run,
                          const std::string& parameters, const std::string& device,
                          std::int64_t priority) {
  auto insert = database_.prepare(
      "INSERT INTO jobs (kind, lane, run_id, parameters, device, priority, status, created_ms) "
      "VALUES (?,?,?,?,?,?, 'queued', ?)");
  insert.bind(1, kind);
  insert.bind(2, lane);
  insert.bind(3, run);
  insert.bind(4, parameters);
  insert.bind(5, device);
  insert.bind(6, priority);
  insert.bind(7, now_ms());
  insert.exec();
}

std::int64_t JobStore::submit_run(const Experiment& experiment, std::int64_t corpus_id,
                                  std::optional<std::int64_t> parent_run,
                                  std::optional<std::int64_t> parent_checkpoint) {
  const bool needs_parent = find_objective(experiment.text("objective.kind")).is_supervised &&
                            experiment.text("objective.start") == "pretrained";
  if (needs_parent && !parent_checkpoint && experiment.text("encoder.weights").empty()) {
    throw UserError(
        "Learning from labels starts from a pretrained run: use \"pretext evaluate RUN --with "
        "finetune\", set encoder.weights, or set objective.start = \"untrained\".");
  }
  WriteTransaction transaction(database_);
  const auto run = RunStore(database_).insert(experiment, corpus_id, parent_run, parent_checkpoint);
  insert_job("train", "train", run, "{}", experiment.text("device"), 0);
  transaction.commit();
  return run;
}

std::int64_t JobStore::submit_child(std::int64_t parent, const SupervisedOptions& options,
                                    const std::vector<std::string>& settings) {
  RunStore runs(database_);
  const auto record = runs.require(parent);
  const auto checkpoint = runs.require_checkpoint(parent);
  require_labels(CorpusStore(database_).get(record.corpus_id));
  auto experiment = supervised_experiment(Experiment::from_json(record.resolved), options);
  experiment.set_all(settings);
  return submit_run(experiment, record.corpus_id, parent, checkpoint.id);
}

void JobStore::set_priority(std::int64_t run, std::int64_t priority) {
  WriteTransaction transaction(database_);
  for (const auto* table : {"runs SET priority = ?1 WHERE id = ?2",
                            "jobs SET priority = ?1 WHERE run_id = ?2 AND status = 'queued'"}) {
    auto update = database_.prepare(std::string("UPDATE ") + table);
    update.bind(1, priority);
    update.bind(2, run);
    update.exec();
  }
  transaction.commit();
}

void JobStore::resume(std::int64_t run) {
  WriteTransaction transaction(database_);
  const auto record = RunStore(database_).require(run);
  check_allowed(record, RunCommand::kResume);
  insert_job("train", "train", run, "{}", Experiment::from_json(record.spec).text("device"),
             record.priority);
  set_run_status(run, "queued", "");
  transaction.commit();
}

void JobStore::control(std::int64_t run, RunCommand command) {
  WriteTransaction transaction(database_);
  const auto record = RunStore(database_).require(run);
  check_allowed(record, command);
  const std::string ended = command == RunCommand::kPause ? "paused" : "stopped";
  if (record.status == RunStatus::kRunning) {
    auto update = database_.prepare(
        "UPDATE jobs SET control = ? WHERE run_id = ? AND kind = 'train' AND status = 'running'");
    update.bind(1, to_string(command));
    update.bind(2, run);
    update.exec();
  } else {
    auto update = database_.prepare(
        "UPDATE jobs SET status = ?, ended_ms = ? WHERE run_id = ? AND status = 'queued'");
    update.bind(1, ended);
    update.bind(2, now_ms());
    update.bind(3, run);
    update.exec();
    set_run_status(run, ended, "");
  }
  transaction.commit();
}

std::int64_t JobStore::submit(const std::string& kind, std::int64_t run,
                              const std::string& parameters) {
  WriteTransaction transaction(database_);
  insert_job(kind, "interactive", run, parameters, "auto", 0);
  const auto id = database_.connection().getLastInsertRowid();
  transaction.commit();
  return id;
}

std::optional<JobRecord> JobStore::find(std::int64_t job) {
  auto query = database_.prepare(std::string("SELECT ") + kColumns + " FROM jobs WHERE id = ?");
  query.bind(1, job);
  if (!query.executeStep()) return std::nullopt;
  return read(query);
}

std::vector<JobRecord> JobStore::pending_interactive() {
  auto query = database_.prepare(
      std::string("SELECT ") + kColumns +
      " FROM jobs WHERE status IN ('queued', 'running') AND lane = 'interactive' ORDER BY id");
  std::vector<JobRecord> jobs;
  while (query.executeStep()) jobs.push_back(read(query));
  return jobs;
}

void JobStore::ensure_engines() {
  std::vector<std::string> needed;
  {
    WriteTransaction transaction(database_);
    auto lanes = database_.prepare("SELECT DISTINCT lane FROM jobs WHERE status = 'queued'");
    while (lanes.executeStep()) {
      const auto lane = lanes.getColumn(0).getString();
      auto engines = database_.prepare("SELECT device FROM engines WHERE lane = ?");
      engines.bind(1, lane);
      bool lives = false;
      while (engines.executeStep()) {
        lives = lives ||
                EngineLock::is_held(database_.workspace(), engines.getColumn(0).getString(), lane);
      }
      if (!lives) needed.push_back(lane);
    }
    transaction.commit();
  }
  for (const auto& lane : needed) start_engine(database_.workspace(), lane);
}

int JobStore::reconcile() {
  if (database_.is_read_only()) return 0;
  std::vector<std::pair<std::string, std::string>> dead;
  auto engines = database_.prepare("SELECT device, lane FROM engines");
  while (engines.executeStep()) {
    const auto device = engines.getColumn(0).getString();
    const auto lane = engines.getColumn(1).getString();
    if (!EngineLock::is_held(database_.workspace(), device, lane)) dead.emplace_back(device, lane);
  }
  if (dead.empty()) return 0;
  int num_runs = 0;
  WriteTransaction transaction(database_);
  for (const auto& [device, lane] : dead) {
    // The engine may have come back between the two looks.
    if (EngineLock::is_held(database_.workspace(), device, lane)) continue;
    const std::string reason =
        "The engine ended without a word; resume continues from the last checkpoint.";
    auto runs = database_.prepare(
        "SELECT run_id FROM jobs WHERE status = 'running' AND kind = 'train' AND engine_device = ? "
        "AND lane = ? AND run_id IS NOT NULL");
    runs.bind(1, device);
    runs.bind(2, lane);
    while (runs.executeStep()) {
      set_run_status(runs.getColumn(0).getInt64(), "interrupted", reason);
      ++num_runs;
    }
    auto jobs = database_.prepare(
        "UPDATE jobs SET status = 'interrupted', reason = ?, ended_ms = ? "
        "WHERE status = 'running' AND engine_device = ? AND lane = ?");
    jobs.bind(1, reason);
    jobs.bind(2, now_ms());
    jobs.bind(3, device);
    jobs.bind(4, lane);
    jobs.exec();
    auto remove = database_.prepare("DELETE FROM engines WHERE device = ? AND lane = ?");
    remove.bind(1, device);
    remove.bind(2, lane);
    remove.exec();
  }
  transaction.commit();
  return num_runs;
}

void JobStore::set_run_status(std::int64_t run, const std::string& status,
                              const std::string& reason) {
  auto update = database_.prepare(
      "UPDATE runs SET status = ?1, reason = ?2, ended_ms = iif(?1 IN ('queued', 'running'), NULL, "
      "?3), "
      "started_ms = iif(?1 = 'running', ifnull(started_ms, ?3), started_ms) WHERE id = ?4");
  update.bind(1, status);
  update.bind(2, reason);
  update.bind(3, now_ms());
  update.bind(4, run);
  update.exec();
  auto attempt = database_.prepare(
      "UPDATE attempts SET status = ?, reason = ?, ended_ms = ? WHERE run_id = ? AND ended_ms IS "
      "NULL");
  if (status == "running" || status == "queued") return;
  attempt.bind(1, status);
  attempt.bind(2, reason);
  attempt.bind(3, now_ms());
  attempt.bind(4, run);
  attempt.exec();
}

void JobStore::announce_engine(const std::string& device, const std::string& lane) {
  WriteTransaction transaction(database_);
  auto insert = database_.prepare("INSERT OR REPLACE INTO engines VALUES (?,?,?,?,?,?)");
  insert.bind(1, device);
  insert.bind(2, lane);
  insert.bind(3, static_cast<std::int64_t>(::getpid()));
  insert.bind(4, boot_id());
  insert.bind(5, now_ms());
  insert.bind(6, now_ms());
  insert.exec();
  transaction.commit();
}

void JobStore::beat(const std::string& device, const std::string& lane) {
  WriteTransaction transaction(database_, false);
  auto update = database_.prepare("UPDATE engines SET beat_ms = ? WHERE device = ? AND lane = ?");
  update.bind(1, now_ms());
  update.bind(2, device);
  update.bind(3, lane);
  update.exec();
  transaction.commit();
}

std::optional<JobRecord> JobStore::claim(const std::string& device, const std::string& lane) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      std::string("UPDATE jobs SET status = 'running', claimed_ms = ?1, engine_pid = ?2, "
                  "engine_device = ?3 WHERE id = (SELECT id FROM jobs WHERE status = 'queued' AND "
                  "lane = ?4 ORDER BY priority DESC, id LIMIT 1) RETURNING ") +
      kColumns);
  update.bind(1, now_ms());
  update.bind(2, static_cast<std::int64_t>(::getpid()));
  update.bind(3, device);
  update.bind(4, lane);
  if (!update.executeStep()) return std::nullopt;
  const auto job = read(update);
  update.reset();
  if (job.kind == "train" && job.run_id) set_run_status(*job.run_id, "running", "");
  transaction.commit();
  return job;
}

bool JobStore::retire_engine(const std::string& device, const std::string& lane) {
  WriteTransaction transaction(database_);
  auto query = database_.prepare("SELECT count(*) FROM jobs WHERE status = 'queued' AND lane = ?");
  query.bind(1, lane);
  query.executeStep();
  if (query.getColumn(0).getInt() > 0) return false;
  auto remove = database_.prepare("DELETE FROM engines WHERE device = ? AND lane = ?");
  remove.bind(1, device);
  remove.bind(2, lane);
  remove.exec();
  transaction.commit();
  return true;
}

std::string JobStore::control_word(std::int64_t job) {
  auto query = database_.prepare("SELECT control FROM jobs WHERE id = ?");
  query.bind(1, job);
  return query.executeStep() ? query.getColumn(0).getString() : "stop";
}

void JobStore::clear_control(std::int64_t job) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare("UPDATE jobs SET control = '' WHERE id = ?");
  update.bind(1, job);
  update.exec();
  transaction.commit();
}

void JobStore::report(std::int64_t job, double progress) {
  WriteTransaction transaction(database_, false);
  auto update = database_.prepare("UPDATE jobs SET progress = ? WHERE id = ?");
  update.bind(1, progress);
  update.bind(2, job);
  update.exec();
  transaction.commit();
}

void JobStore::end(const JobRecord& job, const std::string& status, const std::string& reason,
                   const std::string& result) {
  WriteTransaction transaction(database_);
  auto update = database_.prepare(
      "UPDATE jobs SET status = ?1, reason = ?2, result = ?3, ended_ms = ?4, "
      "progress = iif(?1 = 'finished', 1.0, progress) WHERE id = ?5");
  update.bind(1, status);
  update.bind(2, reason);
  update.bind(3, result);
  update.bind(4, now_ms());
  update.bind(5, job.id);
  update.exec();
  if (job.kind == "train" && job.run_id) set_run_status(*job.run_id, status, reason);
  transaction.commit();
}

std::int64_t JobStore::begin_attempt(const JobRecord& job, std::int64_t from_step) {
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
