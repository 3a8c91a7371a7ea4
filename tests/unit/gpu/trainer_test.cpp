#include "gpu/training/trainer.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/corpus/batch_plan.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/weights/averaged.h"
#include "gpu/engine/training_job.h"
#include "gpu/training/checkpoint.h"
#include "gpu/training/resolve.h"
#include "gpu/training/sample_reader.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/unit/gpu/tiny_corpora.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// A small corpus and a tiny run on it.
class TrainerTest : public ::testing::Test {
 protected:
  TensorMap copy(const TensorMap& state) {
    TensorMap result;
    for (const auto& [name, tensor] : state) result[name] = tensor.clone();
    return result;
  }

  TemporaryFolder folder;
  Database database{folder.path()};
  CorpusRecord record = ingest_drawn_pictures(database);
  Experiment experiment = tiny_image_experiment();
};

class ResumeTest : public TrainerTest, public ::testing::WithParamInterface<std::int64_t> {};

TEST_P(ResumeTest, AResumedRunIsTheUnbrokenOneBitForBit) {
  const Corpus corpus(database, record);
  experiment.set("encoder.width", GetParam());
  const auto resolved = resolve(experiment, corpus);
  Trainer unbroken(resolved, corpus);
  TensorMap middle;
  while (unbroken.num_steps_done() < unbroken.total_steps()) {
    unbroken.step();
    if (unbroken.num_steps_done() == 5) middle = copy(unbroken.state());
  }
  Trainer resumed(resolved, corpus);
  resumed.step();  // What it did before must not matter.
  resumed.load_state(middle);
  while (resumed.num_steps_done() < resumed.total_steps()) resumed.step();
  for (const auto& [name, tensor] : unbroken.state()) {
    EXPECT_TRUE(torch::equal(tensor, resumed.state().at(name))) << name;
  }
}

// Both memory formats.
INSTANTIATE_TEST_SUITE_P(Widths, ResumeTest, ::testing::Values(4, 16));

TEST_F(TrainerTest, LearnsToFindPartners) {
  const Corpus corpus(database, record);
  experiment.set("training.epochs", std::int64_t{16});
  experiment.set("training.learning_rate", 0.3);
  experiment.set("objective.temperature", 0.5);
  Trainer trainer(resolve(experiment, corpus), corpus);
  const double first = trainer.step().at("train/loss");
  double last = 0.0;
  while (trainer.num_steps_done() < trainer.total_steps()) last = trainer.step().at("train/loss");
  EXPECT_NEAR(first, std::log(127.0), 0.6);
  EXPECT_LT(last, first - 0.5);
}

TEST_F(TrainerTest, ADivergedLossNamesTheStepAndWhatToTry) {
  const Corpus corpus(database, record);
  experiment.set("training.learning_rate", 100.0);
  experiment.set("training.warmup_epochs", 0.0);
  experiment.set("training.weight_decay", 1.0);
  experiment.set("training.epochs", std::int64_t{200});
  const auto message = message_of<UserError>([&] {
    Trainer trainer(resolve(experiment, corpus), corpus);
    while (trainer.num_steps_done() < trainer.total_steps()) trainer.step();
  });
  EXPECT_NE(message.find("try a smaller training.learning_rate"), std::string::npos) << message;
}

TEST_F(TrainerTest, RefusesABatchLargerThanTheCorpus) {
  const Corpus corpus(database, record);
  experiment.set("training.batch_size", std::int64_t{4096});
  EXPECT_THROW(Trainer(resolve(experiment, corpus), corpus), UserError);
  experiment.set("device", std::string("cuda:0"));
  if (!torch::cuda::is_available()) {
    EXPECT_THROW(resolve(experiment, corpus), UserError);
  }
}

TEST_F(TrainerTest, EachEpochSeesEachSampleOnce) {
  std::vector<std::int64_t> samples(100);
  std::iota(samples.begin(), samples.end(), 0);
  BatchPlan plan(samples, 20, 7);
  std::set<std::int64_t> seen;
  for (int step = 0; step < 5; ++step) {
    for (const auto position : plan.batch(step)) seen.insert(position);
  }
  EXPECT_EQ(seen.size(), 100u);
  const auto later = plan.batch(7);
  EXPECT_EQ(BatchPlan(samples, 20, 7).batch(7), later);
  EXPECT_NE(plan.batch(2), later);
}

/// A run killed at several moments and resumed leaves the very checkpoint of an unbroken one.
TEST_F(TrainerTest, RunsEndWithTheSameCheckpointHoweverOftenTheyWereStopped) {
  JobStore jobs(database);
  EngineQueue queue(database, {"cpu", "train"});
  RunStore runs(database);
  const auto never = [] { return false; };
  const auto whole = jobs.submit_run(experiment, record.id);
  auto job = queue.claim();
  EXPECT_EQ(run_training(database, queue, *job, never).status, "finished");
  queue.end(*job, "finished", "");

  const auto broken = jobs.submit_run(experiment, record.id);
  for (const int steps : {2, 3, 1, 1'000'000}) {
    job = queue.claim();
    int left = steps;
    const auto outcome = run_training(database, queue, *job, [&] { return --left == 0; });
    queue.end(*job, outcome.status, outcome.reason);
    if (outcome.status == "stopped") jobs.resume(broken);
  }
  EXPECT_EQ(runs.require(broken).status, RunStatus::kFinished);
  EXPECT_EQ(runs.require(broken).num_attempts, 4);
  EXPECT_EQ(runs.newest_checkpoint(broken)->sha256, runs.newest_checkpoint(whole)->sha256);
  EXPECT_EQ(MetricStore(database).curve(broken, "train/loss").size(),
            MetricStore(database).curve(whole, "train/loss").size());
  // Accuracies of trained, untrained and raw for kNN and linear; an embedding and its projection.
  EXPECT_EQ(ResultStore(database).evaluations(whole).size(), 6u);
  EXPECT_TRUE(ProjectionStore(database).newest(whole).has_value());
}

TEST_F(TrainerTest, TheAverageIsWhatIsJudgedAndTheWeightsWhatIsTrained) {
  const Corpus corpus(database, record);
  Trainer trainer(resolve(experiment, corpus), corpus);
  for (int i = 0; i < 3; ++i) trainer.step();
  const auto state = copy(trainer.state());
  const auto& trained = state.at("encoder.conv1.weight");
  const auto& average = state.at("ema.encoder.conv1.weight");
  ASSERT_FALSE(torch::equal(trained, average));
  EXPECT_TRUE(torch::equal(averaged(state).at("encoder.conv1.weight"), average));
  const auto now = [&] { return trainer.encoder().named_parameters()["conv1.weight"].clone(); };
  {
    const AverageInUse in_use(trainer);
    EXPECT_TRUE(torch::equal(now(), average));
  }
  EXPECT_TRUE(torch::equal(now(), trained));
}

TEST_F(TrainerTest, TheAverageBeginsAtTheWeightsThatARunStartsFrom) {
  const Corpus corpus(database, record);
  const auto resolved = resolve(experiment, corpus);
  auto weights = copy(module_state(*make_initial_encoder(resolved, record), ""));
  for (auto& [name, tensor] : weights) {
    if (tensor.is_floating_point()) tensor.add_(1.0);
  }
  Trainer trainer(resolved, corpus);
  trainer.load_encoder(weights);
  EXPECT_TRUE(
      torch::equal(trainer.state().at("ema.encoder.conv1.weight"), weights["conv1.weight"]));
}

/// The control word that comes while a trained run is being evaluated.
TEST_F(TrainerTest, RawPixelsOfLargeImagesAreAveragedDownToThirtyTwoASide) {
  experiment.set("views.size", std::int64_t{64});
  const Corpus corpus(database, record);
  const auto resolved = resolve(experiment, corpus);
  const auto reader = make_reader(resolved, corpus, corpus);
  const auto raw = reader->raw({0, 5});
  const auto images = reader->plain({0, 5}).images;  // (2, C, 64, 64)
  ASSERT_EQ(images.size(2), 64);
  const auto blocks = images.view({2, images.size(1), 32, 2, 32, 2}).mean(torch::IntArrayRef{3, 5});
  EXPECT_TRUE(torch::allclose(raw, blocks.flatten(1), 1e-5, 1e-6));
}

TEST_F(TrainerTest, AnEvaluationAtTheEndCanBeLeftOff) {
  JobStore jobs(database);
  EngineQueue queue(database, {"cpu", "train"});
  const auto run = jobs.submit_run(experiment, record.id);
  const auto job = queue.claim();
  const auto steps = [&] { return RunStore(database).require(run).step; };
  const auto outcome = run_training(database, queue, *job, [&] {
    return RunStore(database).require(run).total_steps > 0 &&
           steps() == RunStore(database).require(run).total_steps &&
           !ResultStore(database).evaluations(run).empty();
  });
  EXPECT_EQ(outcome.status, "finished");
  EXPECT_NE(outcome.reason.find("left off"), std::string::npos) << outcome.reason;
  EXPECT_EQ(ResultStore(database).evaluations(run).size(), 1u);
}

TEST_F(TrainerTest, ADamagedCheckpointIsNotLoaded) {
  const Corpus corpus(database, record);
  Trainer trainer(resolve(experiment, corpus), corpus);
  auto checkpoint = write_checkpoint(folder.path(), 1, 0, 0.0, trainer.state());
  EXPECT_NO_THROW(read_checkpoint(folder.path(), checkpoint));
  std::filesystem::resize_file(folder.path() / checkpoint.path, 1000);
  EXPECT_THROW(read_checkpoint(folder.path(), checkpoint), UserError);
}

}  // namespace
}  // namespace pretext
