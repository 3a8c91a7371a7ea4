// What must hold when a program is killed, the disk fails, or somebody else holds the database.
#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/new_file.h"
#include "core/corpus/unfinished_corpus.h"
#include "core/store/bin.h"
#include "core/store/corpus_store.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/labelling_store.h"
#include "core/store/lock_holder.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/whole_checkpoint.h"
#include "core/store/workspace_files.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST(NewFileTest, NothingStandsThereUntilItIsWhole) {
  const TemporaryFolder folder;
  const auto file = folder / "a.txt";
  std::ofstream(file) << "before";
  {
    NewFile unfinished(file);
    unfinished.write("half");
    EXPECT_EQ(text_of(file), "before");
  }
  EXPECT_EQ(text_of(file), "before");
  EXPECT_FALSE(fs::exists(folder / "a.txt.unfinished"));
  NewFile whole(file);
  whole.write("after");
  whole.finish();
  EXPECT_EQ(text_of(file), "after");
  EXPECT_FALSE(fs::exists(folder / "a.txt.unfinished"));
}

TEST(NewFileTest, LinksAreWrittenThroughAndWhatIsNoFileIsLeftAlone) {
  const TemporaryFolder folder;
  std::ofstream(folder / "target.txt") << "before";
  fs::create_symlink(folder / "target.txt", folder / "link.txt");
  NewFile through(folder / "link.txt");
  through.write("after");
  through.finish();
  EXPECT_TRUE(fs::is_symlink(folder / "link.txt"));
  EXPECT_EQ(text_of(folder / "target.txt"), "after");
  EXPECT_THROW(NewFile(folder.path()), UserError);
  EXPECT_THROW(NewFile("/dev/null"), UserError);
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THROW(NewFile(folder / "pipe"), UserError);
  EXPECT_THROW(NewFile(folder / "missing/a.txt"), UserError);
}

/// A workspace, and a corpus that is ingested or not.
class TrustTest : public ::testing::Test {
 protected:
  TrustTest() : database(folder.path()) {}

  SampleRows samples(std::int64_t count) const {
    return {count, [](std::int64_t position) {
              return SampleRecord{.key = static_cast<std::uint64_t>(position),
                                  .split = "train",
                                  .source = std::to_string(position) + ".png"};
            }};
  }
  std::int64_t count(const std::string& sql) {
    return database.connection().execAndGet(sql).getInt64();
  }
  std::int64_t submit_run() {
    std::vector<SampleRecord> listed;
    for (std::int64_t i = 0; i < 4; ++i) listed.push_back(samples(4).at(i));
    return submit_bare_run(database, insert_bare_corpus(database, {.samples = listed}));
  }

  TemporaryFolder folder;
  Database database;
};

TEST_F(TrustTest, AKilledIngestIsSeenByNobodyAndSweptByTheNext) {
  const pid_t child = ::fork();
  if (child == 0) {  // Dies with its samples inserted and its files written, but for the last step.
    Database own(folder.path());
    UnfinishedCorpus corpus(own, {.name = "c"}, "images");
    std::ofstream(corpus.folder() / "images.ptx") << "x";
    CorpusStore(own).insert_ahead(1, samples(50'000), {{"a.png", "is damaged"}});
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(count("SELECT count(*) FROM samples"), 50'000);
  EXPECT_TRUE(CorpusStore(database).list().empty());
  constexpr int kMostOpenings = 50;  // Each goes on for a moment.
  for (int i = 0; i < kMostOpenings && fs::exists(folder / "corpora/1"); ++i)
    sweep_unfinished(database);
  EXPECT_EQ(count("SELECT count(*) FROM samples"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM skipped"), 0);
  EXPECT_FALSE(fs::exists(folder / "corpora/1"));
}

TEST_F(TrustTest, AnIngestUnderWayIsNotSweptByAnother) {
  UnfinishedCorpus unfinished(database, {.name = "c"}, "images");
  std::ofstream(unfinished.folder() / "images.ptx") << "x";
  CorpusStore(database).insert_ahead(1, samples(10), {});
  Database other(folder.path());
  sweep_unfinished(other);
  EXPECT_EQ(count("SELECT count(*) FROM samples"), 10);
  CorpusRecord record;
  unfinished.commit(record, samples(0), {});
  sweep_unfinished(other);
  EXPECT_EQ(count("SELECT count(*) FROM samples"), 10);
  EXPECT_TRUE(fs::exists(folder / "corpora/1/images.ptx"));
  EXPECT_FALSE(fs::exists(folder / "corpora/1/.unfinished"));
}

/// The longest that another writer waits for the database, in seconds.
double longest_wait(const fs::path& workspace, const std::function<void()>& work) {
  std::atomic<bool> ends{false};
  double longest = 0.0;
  std::thread other([&] {
    Database second(workspace);
    while (!ends) {
      const Stopwatch watch;
      WriteTransaction transaction(second, false);
      longest = std::max(longest, watch.seconds());
      transaction.commit();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  work();
  ends = true;
  other.join();
  return longest;
}

TEST_F(TrustTest, IngestAndPurgeHoldTheDatabaseForNoLongerThanATenthOfASecond) {
  const auto ingest = longest_wait(folder.path(), [&] {
    UnfinishedCorpus unfinished(database, {.name = "c"}, "images");
    CorpusRecord record;
    unfinished.commit(record, samples(300'000), {{"a.png", "is damaged"}});
  });
  EXPECT_EQ(count("SELECT count(*) FROM samples"), 300'000);
  EXPECT_LT(ingest, 1.0);  // 0.05 s a slice; the rest is a busy machine's.
  CorpusStore(database).move_to_bin("c");
  const auto purge = longest_wait(folder.path(), [&] { CorpusStore(database).purge("c"); });
  EXPECT_LT(purge, 1.0);
  EXPECT_EQ(count("SELECT (SELECT count(*) FROM samples) + (SELECT count(*) FROM skipped)"), 0);
}

TEST_F(TrustTest, APurgeLeavesNoRowBehind) {
  const auto run = submit_run();
  MetricWriter writer(database, run, 1);
  writer.add("train/loss", 1, 0.5);
  writer.flush();
  JobStore(database).control(run, RunCommand::kStop);
  const auto corpus = RunStore(database).require(run).corpus_id;
  LabellingStore labellings(database);
  labellings.give(labellings.find_or_create(corpus, "mine").id, {0, 1}, "cat");
  const auto name = CorpusStore(database).get(corpus).name;
  RunStore(database).move_to_bin(run);
  purge_run(database, run);
  CorpusStore(database).move_to_bin(name);
  CorpusStore(database).purge(name);
  for (const auto* table : {"metrics", "metric_latest", "runs", "samples", "labellings",
                            "label_acts", "label_act_samples", "corpora"})
    EXPECT_EQ(count(std::string("SELECT count(*) FROM ") + table), 0) << table;
  EXPECT_EQ(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_F(TrustTest, APurgeThatWasKilledIsFinishedOrTakenBack) {
  fs::create_directories(folder / "runs/1");
  std::ofstream(folder / "runs/1/.unfinished") << "";
  std::ofstream(folder / "runs/1/step-000000001.safetensors") << "x";
  fs::create_directories(folder / "runs/99");
  std::ofstream(folder / "runs/99/.unfinished") << "";
  database.connection().exec("INSERT INTO metrics VALUES (99, 1, 1, 1, 0, 0.5)");
  fs::create_directories(folder / "runs/98");
  std::ofstream(folder / "runs/98/notes.txt") << "x";  // Not marked: nobody knows what it is.
  fs::create_directories(folder / "corpora/97");       // Made, and not marked yet.
  ASSERT_EQ(submit_run(), 1);
  sweep_unfinished(database);
  EXPECT_TRUE(fs::exists(folder / "runs/1/step-000000001.safetensors"));
  EXPECT_FALSE(fs::exists(folder / "runs/1/.unfinished"));
  EXPECT_FALSE(fs::exists(folder / "runs/99"));
  EXPECT_EQ(count("SELECT count(*) FROM metrics"), 0);
  EXPECT_TRUE(fs::exists(folder / "runs/98"));
  EXPECT_FALSE(fs::exists(folder / "corpora/97"));
}

TEST_F(TrustTest, ReadingsOutliveATransactionThatFails) {
  const auto run = submit_run();
  MetricWriter writer(database, run, 1);
  writer.add("train/loss", 1, 0.5);
  {
    WriteTransaction transaction(database);
    writer.write_pending();
  }  // Rolled back.
  EXPECT_EQ(count("SELECT count(*) FROM metrics"), 0);
  writer.add("train/loss", 2, 0.25);
  writer.flush();
  EXPECT_EQ(count("SELECT count(*) FROM metrics"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM metrics m JOIN metric_keys k ON k.id = m.key_id WHERE "
                  "k.key = 'train/loss'"),
            2);
  writer.flush();
  EXPECT_EQ(count("SELECT count(*) FROM metrics"), 2);
}

TEST_F(TrustTest, WhoHoldsTheDatabaseIsSaid) {
  int ready[2], done[2];
  ASSERT_TRUE(::pipe(ready) == 0 && ::pipe(done) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Database own(folder.path());
    WriteTransaction transaction(own);
    char byte = 1;
    if (::write(ready[1], &byte, 1) != 1 || ::read(done[0], &byte, 1) != 1) ::_exit(1);
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_NE(lock_holder(folder / "workspace.db").find("process " + std::to_string(child)),
            std::string::npos);
  database.set_patience(50);
  const auto message = message_of<DatabaseBusy>([&] { WriteTransaction transaction(database); });
  EXPECT_NE(message.find("process " + std::to_string(child)), std::string::npos) << message;
  ASSERT_EQ(::write(done[1], &byte, 1), 1);
  ::waitpid(child, nullptr, 0);
}

TEST_F(TrustTest, TheNewestWholeCheckpointIsTakenAndTheOthersAreNamed) {
  const auto run = submit_run();
  RunStore runs(database);
  fs::create_directories(folder / "runs/1");
  WriteTransaction transaction(database);
  for (const std::int64_t step : {10, 20, 30}) {
    const auto file = folder / checkpoint_path(run, step, false);
    std::ofstream(file) << "step " << step;
    runs.add_checkpoint({.run_id = run, .step = step, .sha256 = sha256_of_file(file)}, 1);
  }
  transaction.commit();
  EXPECT_EQ(newest_whole_checkpoint(database, run)->step, 30);
  std::ofstream(folder / checkpoint_path(run, 30, false)) << "damaged";
  fs::remove(folder / checkpoint_path(run, 20, false));
  for (int look = 0; look < 2; ++look) EXPECT_EQ(newest_whole_checkpoint(database, run)->step, 10);
  ASSERT_EQ(runs.messages(run).size(), 1u);
  EXPECT_NE(runs.messages(run)[0].find("step-000000030"), std::string::npos);
  EXPECT_EQ(newest_whole_checkpoint(database, run, 5), std::nullopt);
  fs::remove(folder / checkpoint_path(run, 10, false));
  EXPECT_THROW(newest_whole_checkpoint(database, run), UserError);
}

TEST_F(TrustTest, AMigrationKeepsACopyOfTheDatabase) {
  const TemporaryFolder old;
  {
    SQLite::Database first((old / "workspace.db").string(),
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    first.exec(text_of(fs::path(PRETEXT_REFERENCE) / "schema_001.sql"));
  }
  Database migrated(old.path());
  const auto copy = old / "workspace.before-002.db";
  ASSERT_TRUE(fs::exists(copy));
  SQLite::Database kept(copy.string());
  EXPECT_EQ(kept.execAndGet("PRAGMA user_version").getInt(), 1);
  EXPECT_FALSE(fs::exists(folder / "workspace.before-002.db"));
}

TEST_F(TrustTest, AWorkspaceIsForItsOwnerAlone) {
  const TemporaryFolder parent;
  Database made(parent / "new");
  struct stat status {};
  ASSERT_EQ(::stat((parent / "new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat((parent / "new/workspace.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

}  // namespace
}  // namespace pretext
