#include "core/spec/sweep.h"

#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/engine_queue.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/sweep_store.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

std::string complaint(const SweepOptions& options) {
  return message_of<UserError>([&] { plan_sweep(Experiment(), options); });
}

std::vector<std::string> names(const SweepPlan& plan) {
  std::vector<std::string> names;
  for (const auto& experiment : plan.experiments) names.push_back(experiment.text("name"));
  return names;
}

TEST(SweepTest, AGridHasEveryCombinationWithItsSeedsBesideEachOther) {
  Experiment base;
  base.set("name", std::string("try"));
  base.set("seed", std::int64_t{5});
  const auto plan =
      plan_sweep(base, {.settings = {"training.learning_rate=0.03,0.1",
                                     "training.optimizer=sgd, adamw", "training.epochs=7"},
                        .num_seeds = 2});
  EXPECT_EQ(plan.varied,
            (std::vector<std::string>{"training.learning_rate", "training.optimizer", "seed"}));
  EXPECT_EQ(names(plan),
            (std::vector<std::string>{"try, learning_rate 0.03, optimizer sgd, seed 5",
                                      "try, learning_rate 0.03, optimizer sgd, seed 6",
                                      "try, learning_rate 0.03, optimizer adamw, seed 5",
                                      "try, learning_rate 0.03, optimizer adamw, seed 6",
                                      "try, learning_rate 0.1, optimizer sgd, seed 5",
                                      "try, learning_rate 0.1, optimizer sgd, seed 6",
                                      "try, learning_rate 0.1, optimizer adamw, seed 5",
                                      "try, learning_rate 0.1, optimizer adamw, seed 6"}));
  const auto& last = plan.experiments.back();
  EXPECT_EQ(last.real("training.learning_rate"), 0.1);
  EXPECT_EQ(last.text("training.optimizer"), "adamw");
  EXPECT_EQ(last.integer("training.epochs"), 7);
  EXPECT_EQ(last.integer("seed"), 6);
}

TEST(SweepTest, ListsInBracketsAndTextsInQuotesAreOneValueEach) {
  const auto plan = plan_sweep(Experiment(), {.settings = {"views.crop_scale=[0.1,1],[0.2, 1]",
                                                           "corpus=\"a, b\",c", "name=x, y"}});
  ASSERT_EQ(plan.experiments.size(), 4u);
  EXPECT_EQ(plan.experiments[0].reals("views.crop_scale"), (std::vector<double>{0.1, 1.0}));
  EXPECT_EQ(plan.experiments[2].reals("views.crop_scale"), (std::vector<double>{0.2, 1.0}));
  EXPECT_EQ(plan.experiments[0].text("corpus"), "a, b");
  EXPECT_EQ(plan.experiments[1].text("corpus"), "c");
  EXPECT_TRUE(plan.experiments[0].text("name").starts_with("x, y, ")) << names(plan)[0];
  // Without brackets a list is what it is for "train": one value.
  EXPECT_NE(complaint({.settings = {"views.crop_scale=0.1,1"}}).find("Nothing varies"),
            std::string::npos);
}

TEST(SweepTest, WhatDecidesOtherSettingsComesFirst) {
  const auto plan = plan_sweep(
      Experiment(), {.settings = {"views.mask_probability=0.15,0.4", "objective.kind=mlm"}});
  ASSERT_EQ(plan.experiments.size(), 2u);
  EXPECT_EQ(plan.experiments[1].text("objective.kind"), "mlm");
  EXPECT_EQ(plan.experiments[1].real("views.mask_probability"), 0.4);
}

TEST(SweepTest, DrawsFillTheirRangesAndAreTheSameAgain) {
  const SweepOptions options = {
      .settings = {"training.learning_rate=0.001..1:log", "objective.temperature=0.1..0.5",
                   "training.epochs=1..4", "training.optimizer=sgd,adamw"},
      .num_random = 400};
  const auto plan = plan_sweep(Experiment(), options);
  ASSERT_EQ(plan.experiments.size(), 400u);
  int below = 0;
  double sum = 0.0;
  std::set<std::int64_t> epochs;
  std::set<std::string> optimizers;
  for (const auto& experiment : plan.experiments) {
    const double rate = experiment.real("training.learning_rate");
    EXPECT_TRUE(rate >= 0.001 && rate <= 1.0) << rate;
    EXPECT_LE(shortest(rate).size(), 8u) << "three digits say enough";
    below += rate < std::sqrt(0.001);  // The middle of the logarithms.
    const double temperature = experiment.real("objective.temperature");
    EXPECT_TRUE(temperature >= 0.1 && temperature <= 0.5) << temperature;
    sum += temperature;
    epochs.insert(experiment.integer("training.epochs"));
    optimizers.insert(experiment.text("training.optimizer"));
  }
  EXPECT_NEAR(below, 200, 40);  // Four standard deviations of a fair coin.
  EXPECT_NEAR(sum / 400.0, 0.3, 0.025);
  EXPECT_EQ(epochs, (std::set<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(optimizers.size(), 2u);
  EXPECT_EQ(plan_sweep(Experiment(), options).experiments, plan.experiments);
  Experiment other;
  other.set("seed", std::int64_t{1});
  EXPECT_NE(names(plan_sweep(other, options)), names(plan));
}

TEST(SweepTest, WhatCannotBeIsRefusedInWords) {
  const auto says = [](const SweepOptions& options, const std::string& words) {
    const auto text = complaint(options);
    EXPECT_NE(text.find(words), std::string::npos) << text;
  };
  says({.settings = {"training.epochs=3"}}, "Nothing varies");
  says({.settings = {"training.epochs=1,two"}}, "takes a whole number");
  says({.settings = {"training.epochs=1,,2"}}, "takes a whole number");
  says({.settings = {"training.epoch=1,2"}}, "did you mean \"training.epochs\"");
  says({.settings = {"objective.temperature=0.1,0"}}, "must be > 0");
  says({.settings = {"training.learning_rate=0.1,0.2,0.10"}}, "twice");
  says({.settings = {"training.epochs=1,2", "training.epochs=3,4"}}, "varies twice");
  says({.settings = {"seed=1,2"}, .num_seeds = 2}, "seed varies twice");
  says({.settings = {"training.epochs"}}, "key=value");
  says({.settings = {"training.learning_rate=0.1..1"}}, "--random");
  says({.settings = {"training.learning_rate=1..0.1"}, .num_random = 3}, "smaller number first");
  says({.settings = {"training.weight_decay=0..1:log"}, .num_random = 3}, "no logarithm");
  says({.settings = {"training.epochs=1,2"}, .num_random = 3}, "only 2 combinations");
  says({.settings = {"training.epochs=1..2"}, .num_random = 3}, "Only 2 different combinations");
  says({.num_seeds = 1001}, "more than 1,000");
  says({.settings = {"training.epochs=1,2"}, .num_seeds = 501}, "more than 1,000");
  says({.settings = {"training.epochs=1,2"}, .num_seeds = std::int64_t{1} << 62},
       "more than 1,000");
}

/// A workspace with a corpus.
class SweepStoreTest : public ::testing::Test {
 protected:
  SweepStoreTest() : database(folder.path()) {
    insert_bare_corpus(database);
    base.set("corpus", std::string("c"));
  }

  std::int64_t submit(const std::vector<std::string>& settings, std::int64_t num_seeds = 1) {
    return JobStore(database).submit_sweep(
        plan_sweep(base, {.settings = settings, .num_seeds = num_seeds}));
  }
  void finish(std::int64_t run) {
    WriteTransaction transaction(database);
    RunStore(database).set_status(run, "finished", "");
    transaction.commit();
  }
  void measure(std::int64_t run, double accuracy) {
    finish(run);
    ResultStore(database).add_evaluation(run, {.kind = "linear",
                                               .baseline = "trained",
                                               .split = "test",
                                               .protocol = "p",
                                               .accuracy = accuracy,
                                               .corpus_id = 1});
  }
  void log(std::int64_t run, double loss) {
    MetricWriter writer(database, run, 1);
    writer.add("train/loss", 1, loss);
    writer.flush();
  }

  TemporaryFolder folder;
  Database database;
  Experiment base;
};

TEST_F(SweepStoreTest, TheBestGroupStandsFirstWithMeanAndDeviationOverSeeds) {
  const auto sweep = submit({"training.learning_rate=0.03,0.1,0.3"}, 2);
  const double accuracies[] = {0.5, 0.6, 0.8, 0.9, 0.0};
  for (std::int64_t run = 1; run <= 5; ++run) measure(run, accuracies[run - 1]);
  const auto summary = SweepStore(database).summarize(sweep);
  EXPECT_EQ(summary.sweep.num_runs, 6);
  EXPECT_EQ(summary.sweep.num_finished, 5);
  EXPECT_EQ(summary.measure, "linear");
  EXPECT_TRUE(summary.has_best());
  EXPECT_EQ(summary.keys, std::vector<std::string>{"training.learning_rate"});
  ASSERT_EQ(summary.groups.size(), 3u);
  EXPECT_EQ(summary.groups[0].values, std::vector<FieldValue>{0.1});
  EXPECT_EQ(summary.groups[0].runs, (std::vector<std::int64_t>{3, 4}));
  EXPECT_NEAR(summary.groups[0].mean, 0.85, 1e-12);
  EXPECT_NEAR(summary.groups[0].deviation, 0.1 / std::sqrt(2.0), 1e-12);
  EXPECT_EQ(summary.groups[2].num_measured, 1);  // The sixth goes on.
  EXPECT_EQ(summary.groups[2].deviation, 0.0);
}

TEST_F(SweepStoreTest, WithoutLabelsTheLossRanksUnlessItsMeaningDiffers) {
  const auto rates = submit({"training.learning_rate=0.03,0.1"});
  for (const std::int64_t run : {1, 2}) log(run, run == 1 ? 5.0 : 4.0);
  EXPECT_FALSE(SweepStore(database).summarize(rates).has_best());  // None is finished.
  finish(1);
  finish(2);
  const auto ranked = SweepStore(database).summarize(rates);
  EXPECT_EQ(ranked.measure, "train/loss");
  EXPECT_TRUE(ranked.is_loss);
  ASSERT_TRUE(ranked.has_best());
  EXPECT_EQ(ranked.groups[0].runs, std::vector<std::int64_t>{2});
  // NT-Xent of other batches, or at another temperature, is another loss.
  for (const auto* setting : {"training.batch_size=128,256", "objective.temperature=0.1,0.5"}) {
    const auto sweep = submit({setting});
    for (const auto& run : RunStore(database).of_sweep(sweep)) {
      log(run.id, static_cast<double>(-run.id));
      finish(run.id);
    }
    const auto summary = SweepStore(database).summarize(sweep);
    EXPECT_FALSE(summary.has_best()) << setting;
    EXPECT_EQ(summary.incomparable.size(), 1u);
    EXPECT_LT(summary.groups[0].runs, summary.groups[1].runs);
  }
}

TEST_F(SweepStoreTest, AllRunsOfASweepAreQueuedOrNone) {
  EXPECT_THROW(submit({"corpus=c,none"}), UserError);
  EXPECT_THROW(submit({"objective.kind=simclr,finetune"}), UserError);
  EXPECT_TRUE(RunStore(database).list().empty());
  EXPECT_TRUE(SweepStore(database).list().empty());
}

TEST(SweepSummaryTest, GroupsWithinADeviationOfTheBestAreTies) {
  SweepSummary summary;
  const auto add = [&](std::int64_t measured, double mean, double deviation) {
    summary.groups.push_back({.num_measured = measured, .mean = mean, .deviation = deviation});
  };
  EXPECT_EQ(summary.num_ties(), 0u);
  add(3, 0.59, 0.034);
  add(3, 0.58, 0.01);
  add(3, 0.53, 0.015);
  add(1, 0.589, 0.0);  // Of one seed nothing is known.
  EXPECT_EQ(summary.num_ties(), 1u);
  summary.incomparable = {"objective.temperature"};
  EXPECT_EQ(summary.num_ties(), 0u);
}

TEST(SweepSummaryTest, WhatASettingDoesIsAveragedOverTheOthers) {
  SweepSummary summary;
  summary.keys = {"a", "b", "c"};
  const auto add = [&](double a, bool b, std::int64_t c, double mean) {
    summary.groups.push_back({.values = {a, b, c}, .num_measured = mean > 0 ? 1 : 0, .mean = mean});
  };
  EXPECT_TRUE(summary.effects().empty());
  add(0.1, true, 1, 0.9);
  add(0.1, false, 2, 0.7);
  add(0.2, true, 3, 0.6);
  add(0.2, false, 4, 0.2);
  add(0.3, true, 5, 0.0);  // Without a figure yet.
  const auto effects = summary.effects();
  ASSERT_EQ(effects.size(), 2u) << "each value of c stands once";
  EXPECT_EQ(effects[0].key, "a");
  ASSERT_EQ(effects[0].means.size(), 2u);
  EXPECT_EQ(effects[0].means[0].first, FieldValue(0.1));
  EXPECT_NEAR(effects[0].means[0].second, 0.8, 1e-12);
  EXPECT_NEAR(effects[0].means[1].second, 0.4, 1e-12);
  EXPECT_EQ(effects[1].means[0].first, FieldValue(true));
  EXPECT_NEAR(effects[1].means[0].second, 0.75, 1e-12);
  summary.is_loss = true;
  EXPECT_EQ(summary.effects()[0].means[0].first, FieldValue(0.2)) << "lower is better";
}

TEST_F(SweepStoreTest, StoppingItStopsWhatWaitsAndWhatGoesOn) {
  const auto sweep = submit({"training.epochs=1,2,3"});
  JobStore jobs(database);
  const auto alone = jobs.submit_run(base, 1);
  finish(1);
  {
    WriteTransaction transaction(database);
    RunStore(database).set_status(2, "running", "");
    database.connection().exec("UPDATE jobs SET status = 'running' WHERE run_id = 2");
    transaction.commit();
  }
  EXPECT_EQ(jobs.stop_sweep(sweep), 2);
  RunStore runs(database);
  EXPECT_EQ(runs.require(1).status, RunStatus::kFinished);
  EXPECT_EQ(runs.require(2).status, RunStatus::kRunning);
  EXPECT_EQ(
      database.connection().execAndGet("SELECT control FROM jobs WHERE run_id = 2").getString(),
      "stop");
  EXPECT_EQ(runs.require(3).status, RunStatus::kStopped);
  EXPECT_EQ(runs.require(alone).status, RunStatus::kQueued);
  // A sweep whose runs are all in the bin is none; one that is left is all of it.
  runs.move_to_bin(1);
  EXPECT_EQ(SweepStore(database).require(sweep).num_runs, 2);
  runs.move_to_bin(3);
  finish(2);
  runs.move_to_bin(2);
  EXPECT_THROW(SweepStore(database).require(sweep), UserError);
  runs.restore(3);
  EXPECT_EQ(SweepStore(database).summarize(sweep).groups.size(), 1u);
}

TEST_F(SweepStoreTest, TheQueueIsWorkedOffAsOrdered) {
  submit({"training.epochs=1,2,3"});
  JobStore jobs(database);
  jobs.order_queue({3, 1});
  EXPECT_EQ(jobs.training_queue(), (std::vector<std::int64_t>{3, 1, 2}));
  EngineQueue queue(database, {"cpu", "train"});
  EXPECT_EQ(queue.claim()->run_id, 3);
  EXPECT_EQ(queue.claim()->run_id, 1);
}

}  // namespace
}  // namespace pretext
