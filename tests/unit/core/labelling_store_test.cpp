#include "core/store/labelling_store.h"

#include "core/base/error.h"
#include "core/store/corpus_store.h"

#include <gtest/gtest.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

using Labels = std::map<std::int64_t, std::string>;

class LabellingStoreTest : public ::testing::Test {
 protected:
  LabellingStoreTest() : database(folder.path()), store(database) {
    insert_bare_corpus(database, {.num_samples = 10});
    labelling = store.find_or_create(1, " mine ").id;
  }

  TemporaryFolder folder;
  Database database;
  LabellingStore store;
  std::int64_t labelling = 0;
};

TEST_F(LabellingStoreTest, TheNewestActOnASampleHolds) {
  store.give(labelling, {1, 2, 3}, "cat");
  store.give(labelling, {3, 4}, "dog");
  store.give(labelling, {1}, "");
  EXPECT_EQ(store.labels(labelling), (Labels{{2, "cat"}, {3, "dog"}, {4, "dog"}}));
}

TEST_F(LabellingStoreTest, ActsAreTakenBackAndDoneAgainInTurn) {
  EXPECT_FALSE(store.undo(labelling).has_value());
  store.give(labelling, {1, 2}, "cat");
  store.give(labelling, {2}, "dog");
  EXPECT_EQ(store.undo(labelling)->label, "dog");
  EXPECT_EQ(store.labels(labelling), (Labels{{1, "cat"}, {2, "cat"}}));
  EXPECT_EQ(store.undo(labelling)->label, "cat");
  EXPECT_EQ(store.labels(labelling), Labels());
  EXPECT_EQ(store.redo(labelling)->label, "cat");
  EXPECT_EQ(store.redo(labelling)->label, "dog");
  EXPECT_FALSE(store.redo(labelling).has_value());
  EXPECT_EQ(store.labels(labelling), (Labels{{1, "cat"}, {2, "dog"}}));
}

TEST_F(LabellingStoreTest, WhatWasTakenBackIsGoneWithTheNextAct) {
  store.give(labelling, {1}, "cat");
  store.give(labelling, {1}, "dog");
  store.undo(labelling);
  store.give(labelling, {1}, "cow");
  EXPECT_FALSE(store.next_redo(labelling).has_value());
  store.undo(labelling);
  EXPECT_EQ(store.next_redo(labelling)->label, "cow");
  store.redo(labelling);
  EXPECT_EQ(store.labels(labelling), (Labels{{1, "cow"}}));
  // History keeps all of it, with who did it.
  const auto history = store.history(labelling);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_TRUE(history[1].is_undone);
  EXPECT_EQ(history[1].label, "dog");
  EXPECT_EQ(history[1].num_samples, 1);
  EXPECT_FALSE(history[1].author.empty());
}

TEST_F(LabellingStoreTest, LabellingsAreFoundByNameAndKeptApart) {
  EXPECT_EQ(store.find_or_create(1, "mine").id, labelling);
  const auto other = store.find_or_create(1, "other").id;
  store.give(other, {1}, "cat");
  EXPECT_EQ(store.labels(labelling), Labels());
  EXPECT_EQ(store.list(1).size(), 2u);
  const auto message = message_of<UserError>([&] { store.require(1, "mien"); });
  EXPECT_NE(message.find("it has mine, other"), std::string::npos) << message;
  EXPECT_THROW(store.find_or_create(1, "  "), UserError);
  EXPECT_THROW(store.give(labelling, {}, "cat"), UserError);
}

TEST_F(LabellingStoreTest, TheNextVersionOfACorpusTakesThemOver) {
  CorpusRecord corpus;
  corpus.name = "photos";
  corpus.mean = corpus.deviation = {0.5};
  CorpusStore corpora(database);
  // Two folders have a picture "1.png" each; then "a.png" is edited, "b.png" is gone.
  WriteTransaction transaction(database);
  const auto before = corpora.insert(corpus,
                                     sample_rows({{.key = 7, .split = "train", .source = "a.png"},
                                                  {.key = 8, .split = "train", .source = "1.png"},
                                                  {.key = 9, .split = "test", .source = "1.png"},
                                                  {.key = 5, .split = "train", .source = "b.png"}}),
                                     {});
  corpus.version = 2;
  const auto after = corpora.insert(corpus,
                                    sample_rows({{.key = 9, .split = "test", .source = "1.png"},
                                                 {.key = 8, .split = "train", .source = "1.png"},
                                                 {.key = 77, .split = "train", .source = "a.png"}}),
                                    {});
  transaction.commit();
  const auto own = store.find_or_create(before, "mine").id;
  store.give(own, {0, 1, 3}, "cat");
  store.give(own, {2}, "dog");
  store.give(own, {0}, "cow");
  store.undo(own);
  WriteTransaction second(database);
  store.take_over(before, after);
  second.commit();
  const auto taken = store.require(after, "mine").id;
  EXPECT_EQ(store.labels(taken), (Labels{{0, "dog"}, {1, "cat"}, {2, "cat"}}));
  EXPECT_EQ(store.history(taken).size(), 3u);
  EXPECT_EQ(store.redo(taken)->label, "cow");
  EXPECT_EQ(store.labels(own).size(), 4u) << "the version before keeps its own";
}

TEST_F(LabellingStoreTest, AProbeComesBackAsItWas) {
  database.connection().exec(
      "INSERT INTO runs (name, status, objective, corpus_id, spec, seed, created_ms) "
      "VALUES ('r', 'finished', 'simclr', 1, '{}', 0, 0)");
  EXPECT_FALSE(store.newest_probe(labelling, 1).has_value());
  LabelProbe probe{.step = 7, .num_labels = 3, .last_act = 2, .classes = {"a", "b"}};
  probe.positions = {5, 9};
  probe.predicted = {1, 0};
  probe.certainty = {0.75f, 0.5f};
  store.add_probe(labelling, 1, probe);
  probe.accuracy = 0.25;
  store.add_probe(labelling, 1, probe);
  const auto newest = store.newest_probe(labelling, 1);
  ASSERT_TRUE(newest.has_value());
  EXPECT_EQ(newest->accuracy, 0.25);
  EXPECT_EQ(newest->classes, probe.classes);
  EXPECT_EQ(newest->positions, probe.positions);
  EXPECT_EQ(newest->predicted, probe.predicted);
  EXPECT_EQ(newest->certainty, probe.certainty);
  EXPECT_EQ(store.newest_probe_id(labelling, 1), newest->id);
}

}  // namespace
}  // namespace pretext
