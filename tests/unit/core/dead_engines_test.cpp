#include "core/store/dead_engines.h"

#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/engine_lock.h"
#include "core/store/engine_log.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "core/store/workspace_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

const EngineId kEngine = {"cpu", "train"};

/// A workspace with two queued runs.
class DeadEnginesTest : public ::testing::Test {
 protected:
  DeadEnginesTest() : database(folder.path()) {
    const auto id = insert_bare_corpus(
        database, {.samples = {{.key = 1, .split = "train", .source = "a.png"},
                               {.key = 2, .split = "train", .source = "b.png"}}});
    run = submit_bare_run(database, id);
    next = submit_bare_run(database, id);
  }

  /// An engine takes the next job, gets as far as `step`, and dies.
  void die_at(std::int64_t step) {
    EngineQueue queue(database, kEngine);
    queue.announce();
    const auto job = queue.claim();
    ASSERT_TRUE(job && job->run_id == run);
    queue.begin_attempt(*job, 0);
    if (step > 0) {
      WriteTransaction transaction(database);
      RunStore(database).set_progress(run, step, 100, 1.0, 1.0);
      transaction.commit();
    }
    EXPECT_EQ(reconcile_dead_engines(database), 1);
  }

  RunRecord record() { return RunStore(database).require(run); }

  std::string attempts() {
    return database.connection()
        .execAndGet(
            "SELECT group_concat(status) FROM attempts WHERE run_id = 1 AND ended_ms >= "
            "started_ms")
        .getString();
  }

  TemporaryFolder folder;
  Database database;
  std::int64_t run = 0, next = 0;
};

TEST_F(DeadEnginesTest, TwoDeathsWithoutAStepFailTheRunAndTheRestGoesOn) {
  die_at(0);
  EXPECT_EQ(record().status, RunStatus::kQueued);
  die_at(0);
  EXPECT_EQ(record().status, RunStatus::kFailed);
  EXPECT_NE(record().reason.find("twice"), std::string::npos) << record().reason;
  EXPECT_FALSE(record().allows(RunCommand::kResume));
  EXPECT_THROW(JobStore(database).resume(run), UserError);
  EXPECT_TRUE(record().allows(RunCommand::kFork));
  EXPECT_EQ(attempts(), "interrupted,failed");
  const auto job = EngineQueue(database, kEngine).claim();
  ASSERT_TRUE(job);
  EXPECT_EQ(job->run_id, next);
}

TEST_F(DeadEnginesTest, ADeathAfterProgressCountsAnew) {
  for (const std::int64_t step : {0, 10, 20, 30}) {
    die_at(step);
    EXPECT_EQ(record().status, RunStatus::kQueued) << step;
  }
  die_at(25);
  EXPECT_EQ(record().status, RunStatus::kFailed);
}

TEST_F(DeadEnginesTest, WhatWasAskedToEndHasEnded) {
  EngineQueue queue(database, kEngine);
  queue.announce();
  queue.claim();
  JobStore(database).control(run, RunCommand::kPause);
  EXPECT_EQ(reconcile_dead_engines(database), 1);
  EXPECT_EQ(record().status, RunStatus::kPaused);
}

TEST_F(DeadEnginesTest, ARunningJobWithoutAnyEngineIsFoundToo) {
  EngineQueue(database, kEngine).claim();  // Its engine never had a row.
  EXPECT_EQ(reconcile_dead_engines(database), 1);
  EXPECT_EQ(record().status, RunStatus::kQueued);
}

TEST_F(DeadEnginesTest, InteractiveWorkKeepsItsNumberAndFailsAtTheSecondDeath) {
  const auto id = JobStore(database).submit("embed", run, "{}");
  const EngineId interactive = {"cpu", "interactive"};
  for (const auto* status : {"queued", "failed"}) {
    EngineQueue queue(database, interactive);
    queue.announce();
    ASSERT_TRUE(queue.claim());
    reconcile_dead_engines(database);
    EXPECT_EQ(JobStore(database).find(id)->status, status);
  }
}

TEST_F(DeadEnginesTest, TheLogTellsHowItEnded) {
  std::ofstream(folder / "engine.log") << "2026-01-01T00:00:00.000Z 41 info: job 1 begins\n"
                                          "pretext-engine 41 ended by SIGSEGV\n"
                                          "2026-01-01T00:00:01.000Z 42 info: job 2 begins\n";
  const auto words = last_words(folder.path(), 41);
  EXPECT_TRUE(words.starts_with("by SIGSEGV")) << words;
  EXPECT_NE(words.find("job 1 begins"), std::string::npos) << words;
  EXPECT_TRUE(last_words(folder.path(), 42).starts_with("most likely by SIGKILL"));
}

TEST_F(DeadEnginesTest, WhatRunsWhereAnEngineComesUpIsADeadOnes) {
  EngineQueue queue(database, kEngine);
  queue.announce();
  queue.claim();
  const EngineLock lock(folder.path(), kEngine.device, kEngine.lane);
  EXPECT_EQ(reconcile_dead_engines(database), 0);
  EXPECT_EQ(reconcile_dead_engines(database, &kEngine), 1);
  EXPECT_EQ(record().status, RunStatus::kQueued);
}

TEST_F(DeadEnginesTest, AMachineThatWentDownSaysNothingOfTheRun) {
  for (int i = 0; i < 3; ++i) {
    EngineQueue queue(database, kEngine);
    queue.announce();
    queue.claim();
    database.connection().exec("UPDATE engines SET boot_id = 'another'");
    EXPECT_EQ(reconcile_dead_engines(database), 1);
    EXPECT_EQ(record().status, RunStatus::kQueued);
    EXPECT_NE(record().reason.find("The machine went down"), std::string::npos);
  }
}

TEST_F(DeadEnginesTest, AnEngineThatComesUpClearsTheStartsOfAllItsWork) {
  database.connection().exec("UPDATE jobs SET starts = 1");
  ASSERT_TRUE(EngineQueue(database, kEngine).claim());
  EXPECT_EQ(database.connection().execAndGet("SELECT sum(starts) FROM jobs").getInt(), 0);
}

TEST_F(DeadEnginesTest, ALockThatCannotBeReadIsNotTakenForADeadEngine) {
  std::filesystem::create_directories(folder / "engines");
  std::filesystem::create_symlink("nowhere", folder / "engines/cpu-train.lock");
  EXPECT_THROW(EngineLock::is_held(folder.path(), "cpu", "train"), UserError);
  EXPECT_THROW(EngineLock(folder.path(), "cpu", "train"), UserError);
}

TEST_F(DeadEnginesTest, ACheckpointThatWasBeingWrittenGoesAndARecordedOneStays) {
  std::filesystem::create_directories(folder / "runs/1");
  for (const auto* name : {"step-000000005.safetensors", "step-000000010.safetensors",
                           "step-000000010.safetensors.unfinished", "notes.txt"})
    std::ofstream(folder / "runs/1" / name) << "x";
  WriteTransaction transaction(database);
  RunStore(database).add_checkpoint({.run_id = run, .step = 5, .path = "runs/1/x"}, 1);
  transaction.commit();
  die_at(0);
  EXPECT_TRUE(std::filesystem::exists(folder / "runs/1/step-000000005.safetensors"));
  EXPECT_FALSE(std::filesystem::exists(folder / "runs/1/step-000000010.safetensors"));
  EXPECT_FALSE(std::filesystem::exists(folder / "runs/1/step-000000010.safetensors.unfinished"));
  EXPECT_TRUE(std::filesystem::exists(folder / "runs/1/notes.txt"));
}

}  // namespace
}  // namespace pretext
