#include "core/base/error.h"
#include "core/store/bin.h"
#include "core/store/corpus_store.h"
#include "core/store/engine_log.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/run_row.h"
#include "core/store/run_store.h"
#include "core/store/workspace_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

namespace fs = std::filesystem;

/// A workspace whose database somebody else has written to, and may have meant ill.
class StrangerTest : public ::testing::Test {
 protected:
  StrangerTest() : database(folder / "w") {
    corpus_id = insert_bare_corpus(database,
                                   {.samples = {{.key = 1, .split = "train", .source = "a.png"},
                                                {.key = 2, .split = "train", .source = "b.png"}}});
    fs::create_directories(folder / "w/corpora/1");
    fs::create_directories(folder / "thesis");
    std::ofstream(folder / "thesis/t.txt") << "x";
  }

  void write(const std::string& sql) {
    SQLite::Database((folder / "w/workspace.db").string(), SQLite::OPEN_READWRITE).exec(sql);
  }

  TemporaryFolder folder;
  Database database;
  std::int64_t corpus_id = 0;
};

TEST_F(StrangerTest, PathsInTheDatabaseAreNotBelieved) {
  write("UPDATE corpora SET path = '../thesis'");
  CorpusStore store(database);
  EXPECT_EQ(store.get(corpus_id).path, "corpora/1");
  store.move_to_bin("c");
  store.purge("c");
  EXPECT_TRUE(fs::exists(folder / "thesis/t.txt"));
  EXPECT_FALSE(fs::exists(folder / "w/corpora/1"));
}

TEST_F(StrangerTest, WhatALinkInTheWorkspacePointsAtIsNotDeleted) {
  fs::remove(folder / "w/corpora/1");
  fs::create_directory_symlink(folder / "thesis", folder / "w/corpora/1");
  CorpusStore store(database);
  store.move_to_bin("c");
  EXPECT_THROW(store.purge("c"), UserError);
  EXPECT_TRUE(fs::exists(folder / "thesis/t.txt"));
  fs::remove_all(folder / "w/corpora");
  fs::create_directories(folder / "thesis/1");
  fs::create_directory_symlink(folder / "thesis", folder / "w/corpora");
  EXPECT_THROW(store.purge("c"), UserError);
  EXPECT_TRUE(fs::exists(folder / "thesis/1"));
}

TEST_F(StrangerTest, NothingIsWrittenOrDeletedThroughALink) {
  std::ofstream(folder / "thesis/step-000000001.safetensors") << "mine";
  fs::create_directories(folder / "w/runs");
  fs::create_directory_symlink(folder / "thesis", folder / "w/runs/1");
  sweep_checkpoints(database, 1);
  EXPECT_TRUE(fs::exists(folder / "thesis/step-000000001.safetensors"));
  EXPECT_THROW(refuse_links(folder / "w", checkpoint_path(1, 1, false)), UserError);
  EXPECT_THROW(UnfinishedFolder(folder / "w", "runs/1"), UserError);
  EXPECT_TRUE(fs::exists(folder / "thesis/t.txt"));

  fs::create_symlink(folder / "thesis/t.txt", folder / "w/engine.log");
  EXPECT_LT(open_engine_log(folder / "w"), 0);
  EXPECT_EQ(last_words(folder / "w", 0), "");
  fs::remove(folder / "w/engine.log");
  ASSERT_EQ(::mkfifo((folder / "w/engine.log").c_str(), 0600), 0);
  EXPECT_LT(open_engine_log(folder / "w"), 0);
  EXPECT_EQ(last_words(folder / "w", 0), "") << "and it does not wait for a writer";

  fs::create_directories(folder / "other");
  fs::create_symlink(folder / "w/workspace.db", folder / "other/workspace.db");
  EXPECT_THROW(Database(folder / "other"), UserError);
}

TEST_F(StrangerTest, TriggersDoNotRunAndViewsOfOthersAreNotRead) {
  write(
      "CREATE TABLE loot (x); CREATE TRIGGER t AFTER UPDATE ON corpora BEGIN INSERT INTO loot "
      "VALUES (1); END; DROP VIEW curve; CREATE VIEW curve AS SELECT 1 AS run_id, 'k' AS key, 2 "
      "AS step, 3 AS value, 4 AS wall_ms, 5 AS attempt; CREATE VIEW other AS SELECT 1");
  Database opened(folder / "w");
  CorpusStore(opened).move_to_bin("c");
  EXPECT_EQ(opened.connection().execAndGet("SELECT count(*) FROM loot").getInt(), 0);
  EXPECT_EQ(opened.connection().execAndGet("SELECT count(*) FROM curve").getInt(), 0);
  EXPECT_THROW(opened.connection().exec("SELECT * FROM other"), SQLite::Exception);
  EXPECT_EQ(opened.foreign_objects(),
            (std::vector<std::string>{"trigger t", "view curve", "view other"}));
  EXPECT_TRUE(database.foreign_objects().size() == 3u);
}

TEST_F(StrangerTest, AWorkspaceOfOursHasNoForeignObjects) {
  EXPECT_TRUE(Database(folder / "own").foreign_objects().empty());
}

TEST_F(StrangerTest, OneOddRowKeepsNoListFromOpening) {
  Experiment experiment;
  experiment.set("corpus", std::string("c"));
  experiment.set("training.batch_size", std::int64_t{2});
  JobStore(database).submit_run(experiment, corpus_id);
  JobStore(database).submit_run(experiment, corpus_id);
  write(
      "UPDATE runs SET tags = '{', spec = 'no json', status = 'dancing' WHERE id = 1; "
      "UPDATE corpora SET classes = '7', mean = '[\"a\"]', details = '[[['");
  EXPECT_EQ(RunStore(database).list().size(), 2u);
  EXPECT_EQ(RunReader(database).read({"training.epochs", "status"}).size(), 2u);
  EXPECT_EQ(CorpusStore(database).list().size(), 1u);
}

TEST_F(StrangerTest, LabelsBeyondTheClassesAndShortMeansAreRefusedOrLeftOut) {
  write("UPDATE samples SET label = 99; UPDATE corpora SET mean = '[]'");
  EXPECT_EQ(CorpusStore(database).samples(corpus_id)[0].label, 99);
  EXPECT_TRUE(CorpusStore(database).get(corpus_id).mean.empty());
}

}  // namespace
}  // namespace pretext
