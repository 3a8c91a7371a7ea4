#include "core/objective/supervised.h"

#include "core/base/error.h"
#include "core/corpus/ingest.h"
#include "core/corpus/sample_drawing.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/training_job.h"
#include "gpu/evaluation/protocol.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// A corpus of drawn pictures and a pretraining run of one epoch on it.
class SupervisedTest : public ::testing::Test {
 protected:
  SupervisedTest() : database(folder.path()), jobs(database), runs(database) {
    const auto source = draw_sample_images(300, 1);
    record = ingest_images(database, {source.get()}, {.name = "drawn"});
    Experiment experiment;
    experiment.set_all({"corpus=drawn", "device=cpu", "encoder.width=8", "encoder.blocks=1",
                        "encoder.stem=small-stride2", "objective.projection=16,8",
                        "training.epochs=1", "training.batch_size=64",
                        "evaluation.linear_probe=false"});
    parent = jobs.submit_run(experiment, record.id);
    work();
  }

  void work() {
    EngineQueue queue(database, {"cpu", "train"});
    while (const auto job = queue.claim()) {
      const auto outcome = run_training(database, queue, *job, [] { return false; });
      queue.end(*job, outcome.status, outcome.reason);
    }
  }

  Experiment resolved_child(const SupervisedOptions& options, const Corpus& corpus) {
    return resolve(
        supervised_experiment(Experiment::from_json(runs.require(parent).resolved), options),
        corpus);
  }

  TemporaryFolder folder;
  Database database;
  JobStore jobs;
  RunStore runs;
  CorpusRecord record;
  std::int64_t parent = 0;
};

TEST_F(SupervisedTest, AProbeLeavesTheEncoderUntouchedAndFineTuningDoesNot) {
  const Corpus corpus(database, record);
  for (const bool head_only : {true, false}) {
    Trainer trainer(resolved_child({.head_only = head_only, .epochs = 2}, corpus), corpus);
    const auto before = weights_digest(trainer.encoder());
    while (trainer.num_steps_done() < trainer.total_steps()) trainer.step();
    EXPECT_EQ(weights_digest(trainer.encoder()) == before, head_only);
  }
}

TEST_F(SupervisedTest, LearnsTheLabelsItSees) {
  const Corpus corpus(database, record);
  Trainer trainer(resolved_child({.labels_per_class = 2, .epochs = 120}, corpus), corpus);
  const auto first = trainer.step();
  std::map<std::string, double> last;
  while (trainer.num_steps_done() < trainer.total_steps()) last = trainer.step();
  EXPECT_NEAR(first.at("train/loss"), std::log(12.0), 0.8);
  EXPECT_LT(last.at("train/loss"), first.at("train/loss") / 2);
  EXPECT_GT(last.at("train/accuracy"), 0.6);
}

TEST_F(SupervisedTest, FewLabelsAreThatManyOfEachClass) {
  const Corpus corpus(database, record);
  const auto chosen = training_samples(resolved_child({.labels_per_class = 3}, corpus), corpus);
  std::map<std::int64_t, int> counts;
  for (const auto position : chosen) ++counts[corpus.label(position)];
  EXPECT_EQ(counts.size(), 12u);
  for (const auto& [label, count] : counts) EXPECT_EQ(count, 3) << label;
  // More labels contain the fewer ones.
  const auto more = training_samples(resolved_child({.labels_per_class = 5}, corpus), corpus);
  EXPECT_TRUE(std::ranges::includes(more, chosen));
}

TEST_F(SupervisedTest, AChildStartsFromItsParentAndReportsToIt) {
  const auto child = jobs.submit_child(parent, {.epochs = 2});
  const auto baseline = jobs.submit_child(parent, {.from_untrained = true, .epochs = 2});
  work();
  ASSERT_EQ(runs.require(child).status, RunStatus::kFinished);
  EXPECT_EQ(runs.require(child).parent_run, parent);
  std::map<std::string, std::int64_t> rows;
  for (const auto& evaluation : ResultStore(database).evaluations(parent)) {
    if (evaluation.kind == "finetune") rows[evaluation.baseline] = *evaluation.child_run;
  }
  EXPECT_EQ(rows, (std::map<std::string, std::int64_t>{
                      {"trained", child}, {"untrained", baseline}, {"raw", child}}));
  EXPECT_EQ(MetricStore(database).curve(child, "eval/accuracy").size(), 2u);

  const auto answer = nlohmann::json::parse(predict_corpus(database, child, record.id));
  ASSERT_EQ(answer["predictions"].size(), 300u);
  const double probability = answer["predictions"][0][1];
  EXPECT_GE(probability, 1.0 / 12.0);
  EXPECT_LE(probability, 1.0);
  EXPECT_THROW(predict_corpus(database, parent, record.id), UserError);
}

TEST_F(SupervisedTest, WithoutAParentItIsRefused) {
  Experiment experiment("finetune");
  EXPECT_THROW(jobs.submit_run(experiment, record.id), UserError);
  experiment.set("objective.start", std::string("untrained"));
  EXPECT_NO_THROW(jobs.submit_run(experiment, record.id));
}

TEST_F(SupervisedTest, PruningKeepsTheNewestTheBestAndSpacedWeights) {
  Experiment experiment;
  experiment.set_all({"corpus=drawn", "device=cpu", "encoder.width=4", "encoder.blocks=1",
                      "encoder.stem=small-stride2", "objective.projection=16,8",
                      "training.epochs=45", "training.batch_size=128"});
  const auto run = jobs.submit_run(experiment, record.id);
  work();
  const auto kept = runs.checkpoints(run);
  const auto whole = std::ranges::count(kept, false, &CheckpointRecord::weights_only);
  EXPECT_LE(kept.size(), 23u);
  EXPECT_GE(kept.size(), 20u);
  EXPECT_LE(whole, 3);
  EXPECT_GE(whole, 2);
  for (const auto& checkpoint : kept) EXPECT_NO_THROW(read_checkpoint(folder.path(), checkpoint));
  std::int64_t num_files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder.path() / "runs" / std::to_string(run))) {
    static_cast<void>(entry);
    ++num_files;
  }
  EXPECT_EQ(num_files, static_cast<std::int64_t>(kept.size()));
}

TEST_F(SupervisedTest, AnotherCorpusIsEvaluatedAsTheOwnOneIsSeen) {
  const auto source = draw_sample_images(120, 9);
  const auto other = ingest_images(database, {source.get()}, {.name = "other"});
  evaluate_checkpoint(database, parent, {.kinds = {"knn"}, .corpus = other.id}, [](double) {});
  const auto newest = ResultStore(database).evaluations(parent).back();
  EXPECT_EQ(newest.corpus_id, other.id);
  embed_run(database, parent, {.corpus = other.id, .split = "all"});
  EXPECT_EQ(ResultStore(database).embeddings(parent, other.id).positions.size(), 120u);
  EXPECT_GT(ResultStore(database).embeddings(parent, record.id).positions.size(), 0u);
}

}  // namespace
}  // namespace pretext
