#include "core/store/run_warnings.h"

#include "core/objective/simclr.h"
#include "core/store/corpus_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

constexpr std::int64_t kBatch = 32;

/// A finished SimCLR run on a corpus of 50 labelled training samples.
class RunWarningsTest : public ::testing::Test {
 protected:
  RunWarningsTest() : database(folder.path()) {
    std::vector<SampleRecord> samples;
    for (std::uint64_t i = 0; i < 60; ++i)
      samples.push_back({.key = i + 1,
                         .split = i < 50 ? "train" : "validation",
                         .label = static_cast<std::int64_t>(i % 2),
                         .source = std::to_string(i)});
    Experiment experiment;
    experiment.set("corpus", std::string("c"));
    experiment.set("training.batch_size", kBatch);
    experiment.set("evaluation.knn_k", std::int64_t{20});
    corpus_id = insert_bare_corpus(database, {.classes = {"cat", "dog"}, .samples = samples});
    run = RunStore(database).insert(experiment, corpus_id);
    RunStore(database).set_status(run, "finished", "");
  }

  void log(const std::string& key, double value, std::int64_t step = 300) {
    MetricWriter writer(database, run, 1);
    writer.add(key, step, value);
    writer.flush();
  }
  void evaluate(const std::string& kind, std::vector<std::vector<std::int64_t>> confusion) {
    ResultStore(database).add_evaluation(run, {.kind = kind,
                                               .baseline = "trained",
                                               .split = "validation",
                                               .protocol = "p",
                                               .confusion = std::move(confusion),
                                               .corpus_id = corpus_id});
  }
  std::string said() {
    std::string all;
    for (const auto& warning : run_warnings(database, RunStore(database).require(run)))
      all += warning.in_words() + '\n';
    return all;
  }
  bool says(const char* words) { return said().find(words) != std::string::npos; }

  TemporaryFolder folder;
  Database database;
  std::int64_t corpus_id = 0;
  std::int64_t run = 0;
};

TEST_F(RunWarningsTest, AHealthyRunHasNone) {
  log("train/loss", 0.5 * nt_xent_chance(kBatch));
  log("val/std_ratio", 0.9);
  evaluate("knn", {{4, 1}, {2, 3}});
  EXPECT_EQ(said(), "");
}

TEST_F(RunWarningsTest, ACollapseIsSaidWithItsSpread) {
  log("train/loss", nt_xent_chance(kBatch));
  log("val/std_ratio", 1.6e-5);
  EXPECT_TRUE(says("has collapsed")) << said();
  EXPECT_TRUE(says("spread 1.6e-05")) << said();
  EXPECT_FALSE(says("at chance")) << "the collapse is why";
}

TEST_F(RunWarningsTest, ALossAtChanceIsSaidOfWhatIsFinishedOrLong) {
  log("train/loss", nt_xent_chance(kBatch), 10);
  EXPECT_TRUE(says("The loss is at chance"));
  RunStore(database).set_status(run, "running", "");
  EXPECT_EQ(said(), "") << "ten steps say nothing yet";
  log("train/loss", 1.5 * nt_xent_chance(kBatch), 300);
  EXPECT_TRUE(says("The loss is above chance"));
}

TEST_F(RunWarningsTest, ALossThatIsNoNumberIsSaid) {
  log("train/loss", std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(says("has diverged"));
}

TEST_F(RunWarningsTest, OneClassIsNoAccuracy) {
  evaluate("linear", {{5, 1}, {0, 0}});
  EXPECT_TRUE(says("The accuracy of linear tells nothing: all of its 6 samples are of one class"));
}

TEST_F(RunWarningsTest, OneGuessForAllIsNoAccuracy) {
  evaluate("knn", {{5, 0}, {4, 0}});
  EXPECT_TRUE(says("it names one class for all of its 9 samples"));
}

TEST_F(RunWarningsTest, MoreNeighboursThanSamplesAreSaid) {
  const auto turn_to = [&](std::int64_t k, std::int64_t limit) {
    auto experiment = Experiment::from_json(RunStore(database).require(run).settings());
    experiment.set("evaluation.knn_k", k);
    experiment.set("corpus_limit", limit);
    RunStore(database).set_resolved(run, experiment.to_json(), 300, "cpu", "{}");
  };
  turn_to(200, 0);
  EXPECT_EQ(said(), "") << "without a kNN evaluation";
  evaluate("knn", {{4, 1}, {2, 3}});
  EXPECT_TRUE(says("kNN asks 200 neighbours and there are only 50")) << said();
  turn_to(26, 0);
  EXPECT_TRUE(says("so that most of them vote")) << said();
  turn_to(25, 0);
  EXPECT_EQ(said(), "");
  turn_to(20, 10);
  EXPECT_TRUE(says("only 10 labelled")) << said();
}

TEST_F(RunWarningsTest, CopiesOfTrainingSamplesAndUnseenClassesAreSaidBesideTheAccuracy) {
  // 60 samples more: the first ten are the first ten of training; "bird" was never learned.
  std::vector<SampleRecord> samples;
  for (std::uint64_t i = 0; i < 60; ++i)
    samples.push_back({.key = i < 10 ? i + 1 : i + 1000,
                       .split = "test",
                       .label = i < 15 ? 0 : 1,
                       .source = std::to_string(i)});
  CorpusRecord other;
  other.name = "others";
  other.mean = other.deviation = {0.5};
  other.classes = {"dog", "bird"};
  WriteTransaction transaction(database);
  const auto judged = CorpusStore(database).insert(other, sample_rows(samples), {});
  transaction.commit();
  EXPECT_EQ(count_doubts(database, corpus_id, judged, "test"),
            (Doubts{.num_copies = 10, .num_unseen = 45}));
  EXPECT_EQ(count_doubts(database, corpus_id, corpus_id, "validation"), Doubts{});

  ResultStore results(database);
  results.add_evaluation(run, {.kind = "linear",
                               .baseline = "trained",
                               .split = "test",
                               .protocol = "p",
                               .confusion = {{10, 5}, {20, 25}},
                               .corpus_id = corpus_id,
                               .doubts = {.num_copies = 10, .num_unseen = 45}});
  EXPECT_TRUE(says("10 of the 60 samples used to measure accuracy are exact copies")) << said();
  EXPECT_TRUE(says("45 of the 60 samples used to measure accuracy belong to classes")) << said();
}

TEST(RunWarningTest, ValuesTakeTheirPlaces) {
  EXPECT_EQ((RunWarning{"a %1 b %2", {"x", "y"}}.in_words()), "a x b y");
  const auto texts = run_warning_texts();
  EXPECT_TRUE(std::ranges::none_of(texts, &std::string::empty));
}

}  // namespace
}  // namespace pretext
