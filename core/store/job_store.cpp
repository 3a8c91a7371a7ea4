#include "core/store/job_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/dead_engines.h"
#include "core/store/recipe_store.h"
#include "core/store/run_store.h"
#include "core/store/submission.h"
#include "core/store/sweep_store.h"
#include "core/weights/hugging_face.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace pretext {
namespace {

void check_allowed(const RunRecord& run, RunCommand command) {
  if (!run.allows(command)) throw UserError(run.why_not(command));
}

}  // namespace

void JobStore::insert_job(const std::string& kind, const std::string& lane,
                          std::optional<std::int64_t> run, const std::string& parameters,
                          const std::string& device, std::int64_t priority) {
  auto insert = database_.prepare(
      "INSERT INTO jobs (kind, lane, run_id, parameters, device, priority, status, created_ms) "
      "VALUES (?,?,?,?,?,?, 'queued', ?)");
  insert.bind(1, kind);
  insert.bind(2, lane);
  if (run) insert.bind(3, *run);
  insert.bind(4, parameters);
  insert.bind(5, device);
  insert.bind(6, priority);
  insert.bind(7, now_ms());
  insert.exec();
}

std::int64_t JobStore::queue_run(const Experiment& experiment, std::int64_t corpus_id,
                                 std::optional<std::int64_t> parent_run,
                                 std::optional<std::int64_t> parent_checkpoint) {
  const auto run = RunStore(database_).insert(experiment, corpus_id, parent_run, parent_checkpoint);
  if (const auto recipe = RecipeStore(database_).matching(experiment))
    RunStore(database_).set_recipe(run, *recipe);
  insert_job("train", "train", run, "{}", experiment.text("device"), 0);
  return run;
}

Experiment JobStore::checked(const Experiment& experiment, std::int64_t corpus_id,
                             std::optional<std::int64_t> parent_checkpoint) {
  const auto corpus = CorpusStore(database_).get(corpus_id);
  require_corpus_kind(find_objective(experiment.text("objective.kind")), corpus.name, corpus.kind);
  auto adopted = experiment;
  // A child begins with its parent's weights and has their sizes.
  const bool is_imported =
      corpus.kind == "text" && !parent_checkpoint && !experiment.text("encoder.weights").empty();
  if (is_imported) adopt_imported(adopted, database_.workspace(), corpus);
  std::optional<CheckpointRecord> parent;
  if (parent_checkpoint) {
    parent = RunStore(database_).checkpoint(*parent_checkpoint);
    if (!parent)
      throw UserError("The checkpoint to start from has been thinned out meanwhile: try again.");
  }
  check_submission(database_, adopted, corpus, parent);
  return adopted;
}

std::int64_t JobStore::submit_run(const Experiment& experiment, std::int64_t corpus_id,
                                  std::optional<std::int64_t> parent_run,
                                  std::optional<std::int64_t> parent_checkpoint) {
  const auto adopted = checked(experiment, corpus_id, parent_checkpoint);
  WriteTransaction transaction(database_);
  const auto run = queue_run(adopted, corpus_id, parent_run, parent_checkpoint);
  transaction.commit();
  return run;
}

std::int64_t JobStore::submit_sweep(const SweepPlan& plan) {
  CorpusStore corpora(database_);
  std::vector<std::pair<Experiment, std::int64_t>> runs;  // With their corpora.
  for (const auto& experiment : plan.experiments) {
    const auto corpus = corpora.require(experiment.text("corpus"));
    runs.emplace_back(checked(experiment, corpus.id, {}), corpus.id);
  }
  WriteTransaction transaction(database_);
  const auto sweep = SweepStore(database_).insert(plan.name, plan.varied);
  for (const auto& [experiment, corpus] : runs)
    RunStore(database_).join_sweep(queue_run(experiment, corpus, {}, {}), sweep);
  transaction.commit();
  return sweep;
}

std::int64_t JobStore::submit_child(std::int64_t parent, const SupervisedOptions& options,
                                    const std::vector<std::string>& settings) {
  RunStore runs(database_);
  const auto record = runs.require(parent);
  const auto checkpoint = runs.require_checkpoint(parent);
  CorpusStore corpora(database_);
  const auto corpus =
      options.corpus.empty() ? corpora.get(record.corpus_id) : corpora.require(options.corpus);
  if (!options.test_corpus.empty()) {
    const auto test = corpora.require(options.test_corpus);
    if (test.kind != corpus.kind) {
      throw UserError("The corpus \"" + test.name + "\" is of " + test.kind + ", and \"" +
                      corpus.name + "\" of " + corpus.kind +
                      ": what is tested on has to be of the same kind.");
    }
    require_labels(test);
  }
  auto experiment = supervised_experiment(Experiment::from_json(record.resolved), options);
  experiment.set_all(settings);
  return submit_run(experiment, corpus.id, parent, checkpoint.id);
}

std::vector<std::int64_t> JobStore::training_queue() {
  auto query = database_.prepare(
      "SELECT run_id FROM jobs WHERE status = 'queued' AND lane = 'train' AND run_id IS NOT NULL "
      "ORDER BY priority DESC, id");
  std::vector<std::int64_t> runs;
  while (query.executeStep()) runs.push_back(query.getColumn(0).getInt64());
  return runs;
}

void JobStore::order_queue(const std::vector<std::int64_t>& runs) {
  WriteTransaction transaction(database_);
  auto highest = database_.prepare(
      "SELECT ifnull(max(priority), 0) FROM jobs WHERE status = 'queued' AND lane = 'train'");
  highest.executeStep();
  auto priority = highest.getColumn(0).getInt64() + static_cast<std::int64_t>(runs.size());
  highest.reset();
  for (const auto run : runs) prefer(run, priority--);
  transaction.commit();
}

void JobStore::set_priority(std::int64_t run, std::int64_t priority) {
  WriteTransaction transaction(database_);
  prefer(run, priority);
  transaction.commit();
}

void JobStore::prefer(std::int64_t run, std::int64_t priority) {
  for (const auto* table : {"runs SET priority = ?1 WHERE id = ?2",
                            "jobs SET priority = ?1 WHERE run_id = ?2 AND status = 'queued'"}) {
    auto update = database_.prepare(std::string("UPDATE ") + table);
    update.bind(1, priority);
    update.bind(2, run);
    update.exec();
  }
}

void JobStore::resume(std::int64_t run) {
  WriteTransaction transaction(database_);
  const auto record = RunStore(database_).require(run);
  check_allowed(record, RunCommand::kResume);
  // The first attempt decided what "auto" means, once for the run.
  insert_job("train", "train", run, "{}", Experiment::from_json(record.settings()).text("device"),
             record.priority);
  RunStore(database_).set_status(run, "queued", "");
  transaction.commit();
}

void JobStore::control(std::int64_t run, RunCommand command) {
  WriteTransaction transaction(database_);
  const auto record = RunStore(database_).require(run);
  check_allowed(record, command);
  ask(record, command);
  transaction.commit();
}

std::int64_t JobStore::stop_sweep(std::int64_t sweep) {
  WriteTransaction transaction(database_);
  std::int64_t num_asked = 0;
  for (const auto& run : RunStore(database_).of_sweep(sweep)) {
    if (!run.allows(RunCommand::kStop)) continue;
    ask(run, RunCommand::kStop);
    ++num_asked;
  }
  transaction.commit();
  return num_asked;
}

void JobStore::ask(const RunRecord& record, RunCommand command) {
  const std::string ended = command == RunCommand::kPause ? "paused" : "stopped";
  if (record.status == RunStatus::kRunning) {
    auto update = database_.prepare(
        "UPDATE jobs SET control = ? WHERE run_id = ? AND kind = 'train' AND status = 'running'");
    update.bind(1, to_string(command));
    update.bind(2, record.id);
    update.exec();
  } else {
    auto update = database_.prepare(
        "UPDATE jobs SET status = ?, ended_ms = ? WHERE run_id = ? AND kind = 'train' AND "
        "status = 'queued'");
    update.bind(1, ended);
    update.bind(2, now_ms());
    update.bind(3, record.id);
    update.exec();
    RunStore(database_).set_status(record.id, ended, "");
  }
}

std::int64_t JobStore::submit(const std::string& kind, std::int64_t run,
                              const std::string& parameters) {
  WriteTransaction transaction(database_);
  insert_job(kind, "interactive", run, parameters, "auto", 0);
  const auto id = database_.connection().getLastInsertRowid();
  transaction.commit();
  return id;
}

std::int64_t JobStore::submit_trial(const Experiment& experiment, std::int64_t corpus_id) {
  const auto adopted = checked(experiment, corpus_id, {});
  WriteTransaction transaction(database_);
  insert_job("trial", "interactive", {},
             nlohmann::json{{"experiment", adopted.to_json()}, {"corpus", corpus_id}}.dump(),
             adopted.text("device"), 0);
  const auto id = database_.connection().getLastInsertRowid();
  transaction.commit();
  return id;
}

void JobStore::stop_job(std::int64_t job) {
  WriteTransaction transaction(database_);
  for (const auto* change :
       {"control = 'stop' WHERE id = ?1 AND lane = 'interactive' AND status = 'running'",
        "status = 'stopped', ended_ms = ?2 WHERE id = ?1 AND lane = 'interactive' AND status = "
        "'queued'"}) {
    auto update = database_.prepare(std::string("UPDATE jobs SET ") + change);
    update.bind(1, job);
    if (update.getBindParameterCount() > 1) update.bind(2, now_ms());
    update.exec();
  }
  transaction.commit();
}

std::optional<JobRecord> JobStore::find(std::int64_t job) {
  auto query =
      database_.prepare(std::string("SELECT ") + JobRecord::kColumns + " FROM jobs WHERE id = ?");
  query.bind(1, job);
  if (!query.executeStep()) return std::nullopt;
  return JobRecord::read(query);
}

std::vector<JobRecord> JobStore::pending_interactive() {
  auto query = database_.prepare(
      std::string("SELECT ") + JobRecord::kColumns +
      " FROM jobs WHERE status IN ('queued', 'running') AND lane = 'interactive' ORDER BY id");
  std::vector<JobRecord> jobs;
  while (query.executeStep()) jobs.push_back(JobRecord::read(query));
  return jobs;
}

int JobStore::ensure_engines() {
  return start_missing_engines(database_);
}

int JobStore::look_after_queue() {
  const int num_jobs = reconcile_dead_engines(database_);
  return num_jobs + ensure_engines();
}

}  // namespace pretext
