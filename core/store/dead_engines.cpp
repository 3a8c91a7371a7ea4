#include "core/store/dead_engines.h"

#include "core/base/clock.h"
#include "core/base/machine.h"
#include "core/store/engine_lock.h"
#include "core/store/engine_log.h"
#include "core/store/run_store.h"
#include "core/store/workspace_files.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::int64_t kMostDeaths = 2;

/// A job that a dead engine was working on.
struct Orphan {
  std::int64_t job, pid, deaths, death_step;
  std::string kind, control, device, lane, boot;  ///< `boot`: of the machine; empty: not known.
  std::optional<std::int64_t> run;
};

std::vector<Orphan> running_jobs(Database& database) {
  auto query = database.prepare(
      "SELECT id, ifnull(engine_pid, 0), deaths, death_step, kind, control, "
      "ifnull(engine_device, ''), lane, run_id, ifnull((SELECT boot_id FROM engines e WHERE "
      "e.device = engine_device AND e.lane = j.lane AND e.pid = engine_pid), '') FROM jobs j WHERE "
      "status = 'running'");
  std::vector<Orphan> jobs;
  while (query.executeStep()) {
    jobs.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                    query.getColumn(2).getInt64(), query.getColumn(3).getInt64(),
                    query.getColumn(4).getString(), query.getColumn(5).getString(),
                    query.getColumn(6).getString(), query.getColumn(7).getString(),
                    query.getColumn(9).getString(), optional_integer(query, 8)});
  }
  return jobs;
}

/// Whether any engine with a row is dead.
bool has_dead_engine(Database& database) {
  auto engines = database.prepare("SELECT device, lane FROM engines");
  while (engines.executeStep()) {
    if (!EngineLock::is_held(database.workspace(), engines.getColumn(0).getString(),
                             engines.getColumn(1).getString()))
      return true;
  }
  return false;
}

void set_job(Database& database, const Orphan& job, const std::string& status,
             const std::string& reason) {
  auto update = database.prepare(
      "UPDATE jobs SET status = ?1, reason = ?2, ended_ms = iif(?1 = 'queued', NULL, ?3), "
      "control = '', deaths = ?4, death_step = ?5, starts = 0, engine_pid = NULL WHERE id = ?6");
  update.bind(1, status);
  update.bind(2, reason);
  update.bind(3, now_ms());
  update.bind(4, job.deaths);
  update.bind(5, job.death_step);
  update.bind(6, job.job);
  update.exec();
}

std::int64_t step_of(Database& database, std::int64_t run) {
  auto query = database.prepare("SELECT step FROM runs WHERE id = ?");
  query.bind(1, run);
  return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

void give_up(Database& database, std::int64_t run) {
  auto update = database.prepare("UPDATE runs SET gave_up = 1 WHERE id = ?");
  update.bind(1, run);
  update.exec();
}

/// A sentence that goes on with how the engine ended, where that is known.
std::string ended(const std::string& begin, const std::string& words) {
  return words.empty() ? begin + "." : begin + " " + words;
}

/// Counts the death, and says what becomes of the job: its new status, and why.
std::pair<std::string, std::string> verdict(Database& database, Orphan& job) {
  const auto words = last_words(database.workspace(), job.pid);
  if (job.control == "stop") return {"stopped", ended("Its engine ended", words)};
  if (job.control == "pause" && job.kind == "train")
    return {"paused", ended("Its engine ended", words)};
  const auto step = job.run ? step_of(database, *job.run) : 0;
  if (!job.boot.empty() && job.boot != boot_id())  // Not the job's fault.
    return {"queued", "The machine went down during this job. It resumes by itself."};
  const bool has_gained = job.kind == "train" && step > job.death_step;
  job.deaths = job.deaths > 0 && !has_gained ? job.deaths + 1 : 1;
  job.death_step = std::max(step, job.death_step);
  const auto at = job.kind == "train" ? " at step " + std::to_string(step) : std::string();
  if (job.deaths < kMostDeaths)
    return {"queued", ended("Its engine ended" + at, words) + " It is started again by itself."};
  return {"failed",
          ended("Its engine ended twice" + at + ", without a step gained between,", words) +
              " Try other settings, such as a smaller training.batch_size, in a fork or "
              "a new run; \"pretext doctor\" tells what a report of it needs."};
}

void take_over(Database& database, Orphan job) {
  const auto [status, reason] = verdict(database, job);
  set_job(database, job, status, reason);
  if (!job.run || job.kind != "train") return;
  RunStore runs(database);
  if (status == "queued") runs.set_status(*job.run, "interrupted", reason);  // Ends its attempt.
  runs.set_status(*job.run, status, reason);
  if (status == "failed") give_up(database, *job.run);
  sweep_checkpoints(database, *job.run);
}

void fail_unclaimed(Database& database, std::int64_t id, std::optional<std::int64_t> run,
                    const std::string& kind) {
  Orphan job{.job = id,
             .pid = 0,
             .deaths = kMostDeaths,
             .death_step = 0,
             .kind = kind,
             .control = "",
             .device = "",
             .lane = "",
             .boot = "",
             .run = run};
  const auto reason =
      ended("The engine ended twice before it took this up", last_words(database.workspace(), 0)) +
      " \"pretext doctor\" tells whether it can run here; resume tries again.";
  set_job(database, job, "failed", reason);
  if (run && kind == "train") RunStore(database).set_status(*run, "failed", reason);
}

struct Lane {
  std::string lane, device;
};

/// Whether an engine lives that takes up a lane's work.
bool has_engine(Database& database, const Lane& lane) {
  auto engines = database.prepare(
      "SELECT device FROM engines WHERE lane = ?1 AND (device = ?2 OR (?2 = 'auto' AND "
      "takes_auto))");
  engines.bind(1, lane.lane);
  engines.bind(2, lane.device);
  while (engines.executeStep())
    if (EngineLock::is_held(database.workspace(), engines.getColumn(0).getString(), lane.lane))
      return true;
  return false;
}

/// Lanes with queued work that no engine lives, or is starting, for.
std::vector<Lane> deserted_lanes(Database& database) {
  auto queued = database.prepare("SELECT DISTINCT lane, device FROM jobs WHERE status = 'queued'");
  std::vector<Lane> deserted;
  while (queued.executeStep()) {
    const Lane lane = {queued.getColumn(0).getString(), queued.getColumn(1).getString()};
    if (!EngineStart::is_under_way(database.workspace(), lane.device, lane.lane) &&
        !has_engine(database, lane))
      deserted.push_back(lane);
  }
  return deserted;
}

/// Counts a start for the job that will be claimed first, once those that were started for often
/// enough have failed. Returns how many have; `is_wanted`: whether one is left to start for.
int count_start(Database& database, const Lane& lane, bool& is_wanted) {
  is_wanted = false;
  for (int num_failed = 0;; ++num_failed) {
    auto first = database.prepare(
        "SELECT id, starts, run_id, kind FROM jobs WHERE status = 'queued' AND lane = ? AND device "
        "= ? ORDER BY priority DESC, id LIMIT 1");
    first.bind(1, lane.lane);
    first.bind(2, lane.device);
    if (!first.executeStep()) return num_failed;
    const auto id = first.getColumn(0).getInt64();
    const auto starts = first.getColumn(1).getInt64();
    const auto run = optional_integer(first, 2);
    const auto kind = first.getColumn(3).getString();
    first.reset();
    if (starts < kMostDeaths) {
      auto update = database.prepare("UPDATE jobs SET starts = starts + 1 WHERE id = ?");
      update.bind(1, id);
      update.exec();
      is_wanted = true;
      return num_failed;
    }
    fail_unclaimed(database, id, run, kind);
  }
}

/// Starts one where it is still wanted. Returns how many jobs have failed instead.
int start_for(Database& database, const Lane& lane) {
  EngineStart start(database.workspace(), lane.device, lane.lane);
  if (!start.is_ours()) return 0;
  bool is_wanted = false;
  WriteTransaction transaction(database);
  // Somebody else's may have come up since the look.
  const int num_failed = has_engine(database, lane) ? 0 : count_start(database, lane, is_wanted);
  transaction.commit();
  if (is_wanted) start.launch();
  return num_failed;
}

}  // namespace

int reconcile_dead_engines(Database& database, const EngineId* own) {
  if (database.is_read_only()) return 0;
  const auto lives = [&](const Orphan& job) {
    const bool is_own = own && own->device == job.device && own->lane == job.lane;
    return !is_own && EngineLock::is_held(database.workspace(), job.device, job.lane);
  };
  if (!has_dead_engine(database) && std::ranges::all_of(running_jobs(database), lives)) return 0;
  int num_jobs = 0;
  WriteTransaction transaction(database);
  for (const auto& job : running_jobs(database)) {
    if (lives(job)) continue;  // Also of an engine that came back between the two looks.
    take_over(database, job);
    ++num_jobs;
  }
  std::vector<std::pair<std::string, std::string>> dead;
  auto engines = database.prepare("SELECT device, lane FROM engines");
  while (engines.executeStep())
    dead.emplace_back(engines.getColumn(0).getString(), engines.getColumn(1).getString());
  for (const auto& [device, lane] : dead) {
    if (EngineLock::is_held(database.workspace(), device, lane)) continue;
    auto remove = database.prepare("DELETE FROM engines WHERE device = ? AND lane = ?");
    remove.bind(1, device);
    remove.bind(2, lane);
    remove.exec();
  }
  transaction.commit();
  return num_jobs;
}

int start_missing_engines(Database& database) {
  if (database.is_read_only()) return 0;
  const auto lanes = deserted_lanes(database);
  if (lanes.empty()) return 0;
  EngineStart::program();  // Before a start is counted.
  int num_failed = 0;
  for (const auto& lane : lanes) num_failed += start_for(database, lane);
  return num_failed;
}

}  // namespace pretext
