#include "core/store/run_filter.h"

#include "core/base/error.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"

#include <gtest/gtest.h>

#include "tests/unit/bare_corpus.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

RunRow sample_row() {
  RunRow row;
  row.run.id = 12;
  row.run.name = "Low temperature";
  row.run.status = RunStatus::kFinished;
  row.run.objective = "simclr";
  row.run.corpus = "my photos";
  row.run.tags = {"baseline", "paper"};
  row.run.step = 3;
  row.run.total_steps = 4;
  row.run.seconds = 900.0;
  row.metrics = {{"train/loss", 4.5}, {"accuracy/linear", 0.82}};
  Experiment experiment;
  experiment.set("training.learning_rate", 0.03);
  row.settings = std::make_shared<const Experiment>(experiment);
  return row;
}

TEST(RunFilterTest, EachTermHasToHold) {
  const auto row = sample_row();
  for (const auto* yes : {"",
                          "  ",
                          "low",
                          "LOW temp",
                          "baseline",
                          "photos simclr",
                          "status:finished",
                          "status:FIN",
                          "tag:paper",
                          "tags:base",
                          "name:\"low temperature\"",
                          "\"my photos\"",
                          "loss<5",
                          "loss<=4.5",
                          "loss>=4.5",
                          "train/loss=4.5",
                          "linear>80%",
                          "linear>0.8",
                          "run=12",
                          "time<=15min",
                          "time>0.2h",
                          "done=75%",
                          "training.learning_rate=0.03",
                          "training.learning_rate<0.1",
                          "objective.kind=simclr",
                          "-failed",
                          "-status:failed",
                          "-loss>5",
                          "-star:★",
                          "note="})
    EXPECT_TRUE(RunFilter::parse(yes).matches(row)) << yes;
  for (const auto* no : {"bert", "low bert", "status:failed", "status=fin", "tag:old", "loss<4.5",
                         "val/mlm_loss<9", "linear>90%", "run=1", "-low",
                         "training.learning_rate=0.3", "time>1h", "sweep:1", "loss:abc"})
    EXPECT_FALSE(RunFilter::parse(no).matches(row)) << no;
}

TEST(RunFilterTest, WhatMakesNoSenseIsExplained) {
  const auto complaint = [](const std::string& text) {
    return message_of<UserError>([&] { RunFilter::parse(text); });
  };
  EXPECT_NE(complaint("statis:done").find("did you mean \"status\""), std::string::npos);
  EXPECT_NE(complaint("training.learning_rat<1").find("training.learning_rate"), std::string::npos);
  EXPECT_NE(complaint("loss<low").find("wants a number, got \"low\""), std::string::npos);
  EXPECT_NE(complaint("loss<").find("wants a number"), std::string::npos);
  for (const auto* half : {"-", ":", "\"", "loss:", "a:b:c"})  // While it is typed.
    EXPECT_TRUE(complaint(half).empty() || complaint(half).find("column") != std::string::npos);
}

TEST(RunFilterTest, RowsAreReadWithWhatTheirColumnsShow) {
  const TemporaryFolder folder;
  Database database(folder.path());
  insert_bare_corpus(database);
  Experiment experiment;
  experiment.set("training.learning_rate", 0.25);
  const auto run = JobStore(database).submit_run(experiment, 1);
  MetricWriter writer(database, run, 1);
  writer.add("train/loss", 1, 3.5);
  writer.flush();
  ResultStore results(database);
  EvaluationRecord evaluation{.kind = "linear", .baseline = "trained", .split = "test"};
  evaluation.corpus_id = 1;
  for (const auto& [baseline, accuracy] :
       {std::pair{"trained", 0.5}, {"trained", 0.75}, {"untrained", 0.25}, {"raw", 0.1}}) {
    evaluation.baseline = baseline;
    evaluation.accuracy = accuracy;
    results.add_evaluation(run, evaluation);
  }
  RunReader reader(database);
  const auto bare = reader.read({"name"});
  ASSERT_EQ(bare.size(), 1u);
  EXPECT_EQ(bare[0].settings, nullptr);
  EXPECT_TRUE(bare[0].metrics.empty());
  const auto full = reader.read({"loss", "linear", "knn", "training.learning_rate"});
  EXPECT_EQ(std::get<double>(value_of(full[0], "loss")), 3.5);
  EXPECT_EQ(std::get<double>(value_of(full[0], "linear")),
            0.75);  // The newest of what was trained.
  EXPECT_EQ(value_of(full[0], "knn"), RunValue());
  EXPECT_EQ(std::get<double>(value_of(full[0], "training.learning_rate")), 0.25);
  EXPECT_EQ(reader.read({"seed"})[0].settings, full[0].settings);  // Kept.
}

}  // namespace
}  // namespace pretext
