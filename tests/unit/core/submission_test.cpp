#include "core/store/submission.h"

#include "core/base/error.h"
#include "core/corpus/text_ingest.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

/// A workspace with a corpus of documents of three sentences, and one of a sentence each.
class SubmissionTest : public ::testing::Test {
 protected:
  SubmissionTest() : database(folder / "w") {
    std::ofstream prose(folder / "prose.txt");
    for (int i = 0; i < 30; ++i) prose << "Story " << i << " begins. It goes on. It ends.\n\n";
    prose.close();
    std::ofstream lines(folder / "lines.txt");
    for (int i = 0; i < 30; ++i) lines << "One sentence " << i << "\n\n";
    lines.close();
    for (const auto* name : {"prose", "lines"}) {
      const auto source = open_text_source(folder / (std::string(name) + ".txt"), {});
      ingest_text(database, *source, nullptr, {.name = name}, {.vocabulary_size = 120});
    }
  }

  std::string refusal(const std::string& corpus, const std::vector<std::string>& settings,
                      std::optional<CheckpointRecord> parent = {}) {
    Experiment experiment("bert");
    experiment.set_all(settings);
    const auto record = CorpusStore(database).require(corpus);
    return message_of<UserError>([&] { check_submission(database, experiment, record, parent); });
  }

  /// A run with a checkpoint after `step` steps and `epoch` epochs, which took `seconds`.
  CheckpointRecord trained(std::int64_t step, double epoch, double seconds) {
    Experiment experiment("bert");
    const auto corpus = CorpusStore(database).require("prose").id;
    WriteTransaction transaction(database);
    RunStore runs(database);
    CheckpointRecord checkpoint{.run_id = runs.insert(experiment, corpus)};
    database.connection().exec("UPDATE runs SET resolved = spec");
    checkpoint.step = step;
    checkpoint.epoch = epoch;
    MetricWriter writer(database, checkpoint.run_id, 1);
    writer.add("time/spent", step, seconds);
    writer.add("time/spent", step + 10, seconds + 100);  // Past the checkpoint.
    writer.write_pending();
    checkpoint.id = runs.add_checkpoint(checkpoint, 1);
    transaction.commit();
    return checkpoint;
  }

  TemporaryFolder folder;
  Database database;
};

TEST_F(SubmissionTest, WhatCannotBeBuiltIsNotQueued) {
  EXPECT_EQ(refusal("prose", {}), "");
  EXPECT_NE(refusal("prose", {"encoder.heads=3"}).find("must divide encoder.width"),
            std::string::npos);
  EXPECT_NE(refusal("prose", {"views.length=600"}).find("more than encoder.positions"),
            std::string::npos);
  EXPECT_NE(refusal("lines", {}).find("choose objective.kind = mlm"), std::string::npos);
  EXPECT_EQ(refusal("lines", {"objective.kind=mlm"}), "");
  EXPECT_NE(refusal("prose", {"objective.kind=finetune-text"}).find("has no labels"),
            std::string::npos);
}

TEST_F(SubmissionTest, AContinuationHasSomethingToDo) {
  const auto parent = trained(100, 2.0, 60.0);
  EXPECT_NE(refusal("prose", {"training.epochs=2"}, parent).find("has trained 2 epochs"),
            std::string::npos);
  EXPECT_EQ(refusal("prose", {"training.epochs=3"}, parent), "");
  EXPECT_EQ(refusal("prose", {"training.epochs=2", "training.batch_size=16"}, parent), "");
  EXPECT_NE(refusal("prose", {"training.steps=50"}, parent).find("has trained 100 steps"),
            std::string::npos);
  EXPECT_EQ(refusal("prose", {"training.steps=101"}, parent), "");
  EXPECT_NE(refusal("prose", {"training.budget=30s"}, parent).find("has trained 1 min 00 s"),
            std::string::npos);
  EXPECT_EQ(refusal("prose", {"training.budget=61s"}, parent), "");
  // Another objective takes the encoder alone and counts from 0.
  EXPECT_EQ(refusal("prose", {"objective.kind=mlm", "training.epochs=2"}, parent), "");
}

TEST(ExtensionTest, AddsToWhatWasTrained) {
  Experiment experiment("bert");
  experiment.set("training.steps", std::int64_t{7});
  experiment.extend(200, 4.0, 3);
  EXPECT_EQ(experiment.integer("training.epochs"), 7);
  EXPECT_EQ(experiment.integer("training.steps"), 0);
  experiment.set("training.budget", std::string("1 min"));
  experiment.extend(25, 0.5, 2);  // 50 steps an epoch.
  EXPECT_EQ(experiment.text("training.budget"), "");
  EXPECT_EQ(experiment.integer("training.steps"), 125);
  experiment.extend(61.2, "2 min");
  EXPECT_EQ(experiment.text("training.budget"), "182 s");
  EXPECT_THROW(experiment.extend(1.0, "soon"), UserError);
  EXPECT_THROW(experiment.extend(1.0, "0 s"), UserError);
}

}  // namespace
}  // namespace pretext
