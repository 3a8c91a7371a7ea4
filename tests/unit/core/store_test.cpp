#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/dead_engines.h"
#include "core/store/engine_lock.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/migrations.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <future>
#include <limits>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
const EngineId kEngine = {"cpu", "train"};
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A workspace with one corpus and one queued run.
class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : database(folder.path()) {
    corpus_id = insert_bare_corpus(
        database, {.classes = {"cat", "dog"},
                   .samples = {{.key = 1, .split = "train", .source = "a.png"},
                               {.key = 2, .split = "validation", .label = 1, .source = "b.png"},
                               {.key = 3, .split = "train", .source = "c.png"}}});
    run = submit_bare_run(database, corpus_id);
  }

  void begin_attempt(std::int64_t from_step) {
    JobRecord job;
    job.run_id = run;
    attempt = EngineQueue(database, kEngine).begin_attempt(job, from_step);
  }

  void expect_buckets_of_the_curve() {
    std::map<std::int64_t, std::vector<MetricSample>> readings;  // By bucket.
    for (const auto& sample : MetricStore(database).curve(run, "train/loss"))
      readings[sample.step / MetricBucket::kSteps].push_back(sample);
    const auto buckets = MetricStore(database).buckets(run, "train/loss");
    ASSERT_EQ(buckets.size(), readings.size());
    auto bucket = buckets.begin();
    for (const auto& [number, samples] : readings) {
      SCOPED_TRACE(number);
      EXPECT_EQ(bucket->first_step, number * MetricBucket::kSteps);
      std::vector<MetricSample> finite;
      std::int64_t gap = -1;
      double total = 0.0;
      for (const auto& sample : samples) {
        if (std::isfinite(sample.value)) {
          finite.push_back(sample);
          total += sample.value;
        } else {
          gap = sample.step;
        }
      }
      const auto [low, high] = std::ranges::minmax_element(finite, {}, &MetricSample::value);
      EXPECT_EQ(bucket->num_finite, std::ssize(finite));
      EXPECT_NEAR(bucket->mean, total / static_cast<double>(finite.size()), 1e-12);
      EXPECT_EQ(bucket->low.step, low->step);
      EXPECT_EQ(bucket->low.value, low->value);
      EXPECT_EQ(bucket->high.step, high->step);
      EXPECT_EQ(bucket->high.value, high->value);
      EXPECT_EQ(bucket->gap ? bucket->gap->step : -1, gap);
      ++bucket;
    }
  }

  TemporaryFolder folder;
  Database database;
  std::int64_t corpus_id = 0;
  std::int64_t run = 0;
  std::int64_t attempt = 0;
};

TEST_F(StoreTest, CurveGivesWhatComesAfterAStepAndKeepsNaNApartFromInfinity) {
  begin_attempt(0);
  MetricWriter writer(database, run, attempt);
  writer.add("train/loss", 1, 2.5);
  writer.add("train/loss", 2, kNaN);
  writer.add("train/loss", 3, kInfinity);
  writer.flush();
  const auto curve = MetricStore(database).curve(run, "train/loss", 1);
  ASSERT_EQ(curve.size(), 2u);
  EXPECT_TRUE(std::isnan(curve[0].value));
  EXPECT_EQ(curve[1].value, kInfinity);
  const auto latest = MetricStore(database).latest(run).at("train/loss");
  EXPECT_EQ(latest.step, 3);
  EXPECT_EQ(latest.min, 2.5);
}

TEST_F(StoreTest, StepsThatALaterAttemptTookBackAreHiddenButStored) {
  begin_attempt(0);
  MetricWriter first(database, run, attempt);
  for (int step = 1; step <= 10; ++step) first.add("train/loss", step, 10.0 + step);
  first.flush();
  begin_attempt(6);
  MetricWriter second(database, run, attempt);
  {
    WriteTransaction transaction(database);
    second.take_back_after(6);
    transaction.commit();
  }
  EXPECT_EQ(MetricStore(database).latest(run).at("train/loss").step, 6);
  EXPECT_EQ(MetricStore(database).latest(run).at("train/loss").value, 16.0);
  second.add("train/loss", 7, 1.0);
  second.flush();
  const auto curve = MetricStore(database).curve(run, "train/loss");
  ASSERT_EQ(curve.size(), 7u);
  EXPECT_EQ(curve.back().value, 1.0);
  EXPECT_EQ(database.connection().execAndGet("SELECT count(*) FROM metrics").getInt(), 11);
  EXPECT_EQ(database.connection().execAndGet("SELECT count(*) FROM curve").getInt(), 7);
}

TEST_F(StoreTest, BucketsHoldTheExtremesOfTheReadingsThatStand) {
  begin_attempt(0);
  MetricWriter first(database, run, attempt);
  std::mt19937 draw(3);
  std::normal_distribution<double> normal;
  const auto log = [&](MetricWriter& writer, std::int64_t from, std::int64_t to) {
    for (auto step = from; step <= to; ++step) {
      const bool is_gap = step % 391 == 0;
      writer.add("train/loss", step, is_gap ? (step % 2 ? kNaN : kInfinity) : normal(draw));
      if (step % 100 == 0) writer.flush();  // In the middle of a bucket.
    }
    writer.flush();
  };
  log(first, 1, 1500);
  begin_attempt(900);
  MetricWriter second(database, run, attempt);
  {
    WriteTransaction transaction(database);
    second.take_back_after(900);
    transaction.commit();
  }
  expect_buckets_of_the_curve();
  EXPECT_EQ(MetricStore(database).buckets(run, "train/loss").back().last_step(), 1023);
  log(second, 901, 1100);
  expect_buckets_of_the_curve();

  // What a workspace from before is given is the same.
  const auto written = MetricStore(database).buckets(run, "train/loss");
  database.connection().exec("DROP TABLE metric_buckets");
  database.connection().exec(migrations()[9].sql);
  expect_buckets_of_the_curve();
  EXPECT_EQ(MetricStore(database).buckets(run, "train/loss").size(), written.size());
}

TEST_F(StoreTest, EveryCommandIsAllowedOrRefusedInWords) {
  const std::map<std::string, std::string> allowed = {
      {"queued", "pause stop delete"},           {"running", "pause stop fork"},
      {"paused", "stop resume fork delete"},     {"finished", "fork extend delete"},
      {"failed", "resume fork delete"},          {"stopped", "resume fork delete"},
      {"interrupted", "stop resume fork delete"}};
  ASSERT_EQ(allowed.size(), all_run_statuses().size());
  for (const auto status : all_run_statuses()) {
    for (const auto command : all_run_commands()) {
      const bool is_listed =
          allowed.at(to_string(status)).find(to_string(command)) != std::string::npos;
      EXPECT_EQ(is_allowed(status, command), is_listed) << to_string(status) << to_string(command);
      if (is_listed) continue;
      const auto why = why_not(3, status, command);
      EXPECT_NE(why.find(to_string(status)), std::string::npos);
      EXPECT_NE(why.find("cannot " + to_string(command)), std::string::npos);
    }
    EXPECT_EQ(run_status_from(to_string(status)), status);
  }
  EXPECT_THROW(JobStore(database).resume(run), UserError);
}

TEST_F(StoreTest, AQueuedRunStopsAtOnceAndResumes) {
  JobStore jobs(database);
  jobs.control(run, RunCommand::kStop);
  EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kStopped);
  EngineQueue queue(database, kEngine);
  EXPECT_FALSE(queue.claim().has_value());
  jobs.resume(run);
  const auto job = queue.claim();
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->run_id, run);
  EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kRunning);
  jobs.control(run, RunCommand::kPause);
  EXPECT_EQ(queue.control_word(job->id), "pause");
  queue.end(*job, "failed", "the reason");
  EXPECT_EQ(RunStore(database).require(run).reason, "the reason");
}

TEST_F(StoreTest, ARunOfADeadEngineIsQueuedAgainAndOfALivingOneIsNot) {
  JobStore jobs(database);
  {
    const EngineLock lock(folder.path(), "cpu", "train");
    EXPECT_THROW(EngineLock(folder.path(), "cpu", "train"), UserError);
    EngineQueue queue(database, kEngine);
    queue.announce();
    queue.claim();
    EXPECT_EQ(reconcile_dead_engines(database), 0);
    EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kRunning);
  }
  EXPECT_EQ(reconcile_dead_engines(database), 1);
  const auto record = RunStore(database).require(run);
  EXPECT_EQ(record.status, RunStatus::kQueued);
  EXPECT_NE(record.reason.find("started again"), std::string::npos) << record.reason;
  EXPECT_EQ(reconcile_dead_engines(database), 0);
}

TEST_F(StoreTest, AWriterWaitsForAnotherInsteadOfFailing) {
  std::promise<void> is_writing;
  std::thread other([&] {
    Database second(folder.path());
    WriteTransaction transaction(second);
    RunStore(second).set_status(run, "paused", "");
    is_writing.set_value();
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    transaction.commit();
  });
  is_writing.get_future().wait();
  EXPECT_NO_THROW(RunStore(database).rename(run, "renamed meanwhile"));
  EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kPaused) << "it came after";
  EXPECT_EQ(RunStore(database).require(run).name, "renamed meanwhile");
  other.join();
}

TEST_F(StoreTest, AnEngineRetiresOnlyWhenNothingIsQueued) {
  JobStore jobs(database);
  EXPECT_FALSE(EngineQueue(database, kEngine).retire());
  jobs.control(run, RunCommand::kStop);
  EXPECT_TRUE(EngineQueue(database, kEngine).retire());
}

TEST_F(StoreTest, AnEngineClaimsOnlyWhatItsDeviceIsFor) {
  Experiment experiment;
  experiment.set("device", std::string("cuda:1"));
  experiment.set("training.batch_size", std::int64_t{2});
  const auto on_second = JobStore(database).submit_run(experiment, corpus_id);
  EngineQueue cpu(database, {"cpu", "train", false});  // Where `auto` is a GPU.
  EXPECT_FALSE(cpu.claim().has_value());
  EXPECT_TRUE(cpu.retire());
  EngineQueue second(database, {"cuda:1", "train", false});
  const auto job = second.claim();
  ASSERT_TRUE(job.has_value());
  EXPECT_EQ(job->run_id, on_second);
  EXPECT_FALSE(second.claim().has_value());
  EngineQueue first(database, {"cuda:0", "train", true});
  EXPECT_EQ(first.claim()->run_id, run);
}

TEST_F(StoreTest, TheBinGivesBackAndPurgingRemoves) {
  JobStore(database).control(run, RunCommand::kStop);
  RunStore runs(database);
  runs.move_to_bin(run);
  EXPECT_TRUE(runs.list().empty());
  runs.restore(run);
  EXPECT_EQ(runs.list().size(), 1u);
  EXPECT_THROW(runs.purge(run), UserError);
  runs.move_to_bin(run);
  runs.purge(run);
  EXPECT_EQ(database.connection().execAndGet("SELECT count(*) FROM runs").getInt(), 0);
}

TEST_F(StoreTest, AnEmptyNameIsNoClass) {
  CorpusStore store(database);
  EXPECT_EQ(store.set_labels(corpus_id, {{0, "bird"}, {1, ""}}), 1);
  const auto corpus = store.get(corpus_id);
  EXPECT_EQ(corpus.classes.back(), "bird");
  EXPECT_EQ(std::ranges::count(corpus.classes, ""), 0);
}

TEST(DatabaseTest, RefusesANewerSchemaWithoutTouchingIt) {
  const TemporaryFolder folder;
  Database(folder.path()).connection().exec("PRAGMA user_version = 999");
  const auto message = message_of<UserError>([&] { Database database(folder.path()); });
  EXPECT_NE(message.find("newer Pretext"), std::string::npos) << message;
  EXPECT_EQ(SQLite::Database((folder / "workspace.db").string())
                .execAndGet("PRAGMA user_version")
                .getInt(),
            999);
}

TEST(DatabaseTest, RefusesWhatIsNotOurs) {
  const TemporaryFolder folder;
  std::ofstream(folder / "workspace.db") << "just some text that is no database at all";
  EXPECT_THROW(Database{folder.path()}, UserError);
  std::filesystem::remove(folder / "workspace.db");
  SQLite::Database((folder / "workspace.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE t (x)");
  const auto message = message_of<UserError>([&] { Database database(folder.path()); });
  EXPECT_NE(message.find("not a Pretext workspace"), std::string::npos) << message;
}

/// Opening a second connection once dropped the first one's locks, so that another process took the
/// WAL away under a living engine and what it wrote was lost.
TEST_F(StoreTest, AnotherProcessCannotTakeTheLogAwayWhileConnectionsLive) {
  { const Database second(folder.path()); }
  const auto command = "sqlite3 '" + (folder.path() / "workspace.db").string() +
                       "' 'PRAGMA journal_mode=DELETE' 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  char answer[200] = {};
  const auto length = std::fread(answer, 1, sizeof answer - 1, pipe);
  ::pclose(pipe);
  EXPECT_NE(std::string(answer, length).find("locked"), std::string::npos) << answer;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "workspace.db-wal"));
}

TEST(MigrationTest, AWorkspaceOfTheFirstSchemaOpensWithAllItHad) {
  const TemporaryFolder folder;
  {
    std::ifstream dump(PRETEXT_REFERENCE "/schema_001.sql");
    const std::string sql{std::istreambuf_iterator<char>(dump), {}};
    SQLite::Database old((folder.path() / "workspace.db").string(),
                         SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(sql);
  }
  {
    // The engine that wrote it died without a word; then one lives.
    const auto file = (folder.path() / "workspace.db").string();
    SQLite::Database(file, SQLite::OPEN_READWRITE)
        .exec("INSERT INTO engines VALUES ('cpu', 'train', 1, 'boot', 0, 0)");
    const EngineLock lock(folder.path(), "cpu", "train");
    EXPECT_THROW(Database{folder.path()}, UserError);
  }
  Database database(folder.path());
  EXPECT_EQ(RunStore(database).require(1).status, RunStatus::kFinished);
  const auto evaluations = ResultStore(database).evaluations(1);
  ASSERT_EQ(evaluations.size(), 6u);
  EXPECT_EQ(evaluations[0].corpus_id, 1);
  const auto embeddings = ResultStore(database).embeddings(1, 1);
  EXPECT_EQ(embeddings.positions.size(), 20u);
  EXPECT_EQ(embeddings.rows.size(), 20u * static_cast<std::size_t>(embeddings.dimensions));
  EXPECT_EQ(MetricStore(database).curve(1, "train/loss").size(), 2u);
}

TEST_F(StoreTest, TheNewestOfEachKindKeepsOtherCorporaApart) {
  CorpusRecord other;
  other.name = "d";
  WriteTransaction transaction(database);
  const auto other_id = CorpusStore(database).insert(other, {}, {});
  transaction.commit();
  ResultStore results(database);
  const auto add = [&](const char* kind, std::int64_t corpus, double accuracy) {
    EvaluationRecord record;
    record.kind = kind;
    record.baseline = "trained";
    record.corpus_id = corpus;
    record.accuracy = accuracy;
    results.add_evaluation(run, record);
  };
  add("knn", corpus_id, 0.1);
  add("knn", corpus_id, 0.2);
  add("finetune", corpus_id, 0.3);
  add("knn", other_id, 0.4);
  const auto newest = results.newest_evaluations(run);
  ASSERT_EQ(newest.size(), 3u);
  EXPECT_EQ(newest.at("knn").at("trained").accuracy, 0.2);
  EXPECT_EQ(newest.at("finetune").at("trained").accuracy, 0.3);
  EXPECT_EQ(newest.at("knn on d").at("trained").accuracy, 0.4);
}

TEST_F(StoreTest, AnAccuracyIsOfTheRunsOwnWeights) {
  ResultStore results(database);
  const auto add = [&](const char* kind, const char* baseline, double accuracy,
                       std::optional<std::int64_t> child = {}) {
    EvaluationRecord record;
    record.kind = kind;
    record.baseline = baseline;
    record.corpus_id = corpus_id;
    record.accuracy = accuracy;
    record.child_run = child;
    results.add_evaluation(run, record);
  };
  add("knn", "untrained", 0.1);
  add("knn", "trained", 0.2);
  add("linear", "untrained", 0.3);         // A child that learned from untrained weights.
  add("finetune", "untrained", 0.4, run);  // What such a child gave its parent.
  add("probe", "raw", 0.5);
  const auto own = results.own_evaluations(run);
  ASSERT_EQ(own.size(), 2u);
  EXPECT_EQ(own.at("knn").accuracy, 0.2);
  EXPECT_EQ(own.at("linear").accuracy, 0.3);
}

TEST(EvaluationRecordTest, AnAccuracyIsGivenWithItsIntervalAndTheMajoritysShare) {
  EvaluationRecord record;
  record.accuracy = 0.812;
  EXPECT_EQ(accuracy_text(record), "81.2 %");  // Of how many is not known.
  record.confusion = {{500, 100}, {88, 312}};
  EXPECT_EQ(record.num_samples(), 1000);
  EXPECT_DOUBLE_EQ(record.majority_share(), 0.6);
  EXPECT_EQ(accuracy_text(record), "81.2 % ± 2.4");
}

TEST_F(StoreTest, EmbeddingsComeBackWithinHalfPrecision) {
  ResultStore results(database);
  Embeddings sent{.checkpoint_id = 7, .dimensions = 2, .positions = {0, 1}, .rows = {}};
  sent.rows = {0.5f, -1.25f, 3.14159f, 65504.f};
  results.set_embeddings(run, corpus_id, sent);
  const auto got = results.embeddings(run, corpus_id);
  EXPECT_EQ(got.positions, sent.positions);
  EXPECT_EQ(got.checkpoint_id, 7);
  for (std::size_t i = 0; i < sent.rows.size(); ++i)
    EXPECT_NEAR(got.rows[i], sent.rows[i], std::abs(sent.rows[i]) / 2048);
}

TEST_F(StoreTest, AQueuedRunInTheBinIsNotClaimed) {
  RunStore(database).move_to_bin(run);
  EXPECT_FALSE(EngineQueue(database, kEngine).claim().has_value());
  RunStore(database).restore(run);
  EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kStopped);
  JobStore(database).resume(run);
  EXPECT_TRUE(EngineQueue(database, kEngine).claim().has_value());
}

TEST_F(StoreTest, ACorpusIsPurgedFromTheBinOnlyAndNotUnderARun) {
  CorpusStore store(database);
  EXPECT_THROW(store.purge("c"), UserError);
  EXPECT_NE(message_of<UserError>([&] { store.move_to_bin("c"); }).find("stop it first"),
            std::string::npos);
  JobStore(database).control(run, RunCommand::kStop);
  store.move_to_bin("c");
  EXPECT_THROW(store.purge("c"), UserError);  // A run stands on it.
  RunStore(database).move_to_bin(run);
  RunStore(database).purge(run);
  EXPECT_NO_THROW(store.purge("c"));
  EXPECT_THROW(store.restore("c"), UserError);
}

TEST_F(StoreTest, TheBinTakesAndGivesBackAllVersionsOfACorpus) {
  CorpusStore corpora(database);
  auto next = corpora.get(corpus_id);
  next.version = 2;
  const std::vector<SampleRecord> samples = {{.key = 1, .split = "train", .source = "a.png"}};
  WriteTransaction transaction(database);
  corpora.insert(next, sample_rows(samples), {});
  transaction.commit();
  JobStore(database).control(run, RunCommand::kStop);
  corpora.move_to_bin("c");
  EXPECT_FALSE(corpora.find("c")) << "the older version must not come up in its place";
  corpora.restore("c");
  EXPECT_EQ(corpora.require("c").version, 2);
  EXPECT_THROW(corpora.restore("c"), UserError);
  EXPECT_THROW(corpora.move_to_bin("d"), UserError);
}

TEST_F(StoreTest, ACorpusWhoseNameIsTakenComesBackUnderAnother) {
  CorpusStore corpora(database);
  JobStore(database).control(run, RunCommand::kStop);
  corpora.move_to_bin("c");
  CorpusRecord other;
  other.name = "c";
  other.version = 2;
  const std::vector<SampleRecord> samples = {{.key = 1, .split = "train", .source = "a.png"}};
  WriteTransaction transaction(database);
  const auto other_id = corpora.insert(other, sample_rows(samples), {});
  transaction.commit();
  EXPECT_NE(message_of<UserError>([&] { corpora.restore("c"); }).find("--as NAME"),
            std::string::npos);
  EXPECT_THROW(corpora.restore("c", "c/d"), UserError);
  corpora.restore("c", "old");
  EXPECT_EQ(corpora.require("old").id, corpus_id);
  EXPECT_EQ(corpora.require("c").id, other_id);
  EXPECT_EQ(RunStore(database).require(run).corpus, "old");
  // The other way round, beside what the bin still has of that name.
  corpora.move_to_bin("c");
  corpora.move_to_bin("old");
  corpora.restore("old", "c");
  EXPECT_EQ(corpora.require("c").id, corpus_id);
}

TEST(CorpusNameTest, IsNoNumberAndNoPath) {
  for (const auto* name : {"", "12", "a/b", "-a", "a\nb"})
    EXPECT_THROW(require_corpus_name(name), UserError) << name;
  for (const auto* name : {"photos", "a1", "été 2", "a-b.c"})
    EXPECT_NO_THROW(require_corpus_name(name)) << name;
}

TEST_F(StoreTest, PausingARunLeavesItsOtherWorkInTheQueue) {
  JobStore jobs(database);
  const auto evaluation = jobs.submit("evaluate", run, "{}");
  jobs.control(run, RunCommand::kPause);
  EXPECT_EQ(jobs.find(evaluation)->status, "queued");
  RunStore(database).move_to_bin(run);
  EXPECT_EQ(jobs.find(evaluation)->status, "stopped");
}

TEST_F(StoreTest, ARunningRunDoesNotGoIntoTheBin) {
  ASSERT_TRUE(EngineQueue(database, kEngine).claim());
  EXPECT_THROW(RunStore(database).move_to_bin(run), UserError);
  EXPECT_EQ(RunStore(database).require(run).status, RunStatus::kRunning);
}

TEST_F(StoreTest, WithoutLabelsTheCheckpointOfTheLowestValidationLossIsKept) {
  begin_attempt(0);
  MetricWriter writer(database, run, attempt);
  RunStore runs(database);
  std::map<std::int64_t, std::int64_t> checkpoints;
  for (const auto& [step, loss] : {std::pair{1, 5.0}, {2, 3.0}, {3, 4.0}}) {
    writer.add("val/mlm_loss", step, loss);
    WriteTransaction transaction(database);
    writer.write_pending();
    checkpoints[step] = runs.add_checkpoint({.run_id = run, .step = step}, attempt);
    transaction.commit();
  }
  EXPECT_EQ(runs.protected_checkpoints(run), std::vector{checkpoints[2]});
  writer.add("eval/knn_accuracy", 3, 0.9);  // Accuracy says more where there is one.
  WriteTransaction transaction(database);
  writer.write_pending();
  transaction.commit();
  EXPECT_EQ(runs.protected_checkpoints(run), std::vector{checkpoints[3]});
}

TEST(MacroF1Test, IsTheMeanOfTheClasses) {
  // scikit-learn's f1_score(average="macro") of these counts.
  EXPECT_NEAR(macro_f1({{8, 2}, {3, 7}}), (2 * 8.0 / 21 + 2 * 7.0 / 19) / 2, 1e-12);
  EXPECT_EQ(macro_f1({{5, 0, 0}, {0, 5, 0}, {0, 0, 0}}), 1.0);  // The last never occurs.
  EXPECT_EQ(macro_f1({}), 0.0);
}

}  // namespace
}  // namespace pretext
