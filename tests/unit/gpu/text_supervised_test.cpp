#include "core/base/error.h"
#include "core/corpus/text_ingest.h"
#include "core/objective/supervised.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/language_job.h"
#include "gpu/engine/training_job.h"
#include "gpu/training/resolve.h"
#include "gpu/training/trainer.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

constexpr const char* kSubjects[] = {"dog", "cat", "bird", "river", "wind", "stone"};
constexpr const char* kPlaces[] = {"in the garden", "near the old house", "by the sea", "at night"};

std::string sentence(int seed) {
  return std::string("The ") + kSubjects[seed % 6] + " was seen " + kPlaces[(seed / 7) % 4] + ".";
}

/// A corpus without labels, one with, cut with the same vocabulary, and a masked LM on the first.
class TextSupervisedTest : public testing::Test {
 protected:
  TextSupervisedTest() : database(folder / "w"), jobs(database), runs(database) {
    std::ofstream text(folder / "in.txt");
    for (int d = 0; d < 60; ++d) {
      for (int s = 0; s < 6; ++s) text << sentence(31 * d + 17 * s) << " ";
      text << "\n\n";
    }
    text.close();
    const auto source = open_text_source(folder / "in.txt", {});
    reading = ingest_text(database, *source, nullptr, {.name = "reading"}, {.vocabulary_size = 90});
    labelled = ingest_labelled("labelled", 0, 240, {});
    Experiment experiment("mlm");
    experiment.set_all({"corpus=reading", "device=cpu", "encoder.kind=bert-tiny",
                        "encoder.width=32", "encoder.positions=64", "views.length=48",
                        "training.epochs=1", "training.batch_size=4"});
    parent = jobs.submit_run(experiment, reading.id);
    work();
  }

  /// Rows whose class is whether the subject lives; `vocabulary`: that of `reading` by default.
  CorpusRecord ingest_labelled(const std::string& name, int first, int count,
                               const TextIngestOptions& options) {
    std::ofstream rows(folder / (name + ".jsonl"));
    for (int i = first; i < first + count; ++i) {
      rows << R"({"text": ")" << sentence(i) << R"( It is )" << i << R"(.", "kind": ")"
           << (i % 6 < 3 ? "lives" : "does not") << "\"}\n";
    }
    rows.close();
    const auto source = open_text_source(folder / (name + ".jsonl"), {.label_column = "kind"});
    auto own = options;
    if (own.vocabulary_file.empty() && own.vocabulary_size == TextIngestOptions{}.vocabulary_size)
      own.vocabulary_file = database.workspace() / reading.path / "tokenizer.json";
    return ingest_text(database, *source, nullptr, {.name = name}, own);
  }

  void work() {
    EngineQueue queue(database, {"cpu", "train"});
    while (const auto job = queue.claim()) {
      const auto outcome = run_training(database, queue, *job, [] { return false; });
      queue.end(*job, outcome.status, outcome.reason);
    }
  }

  TemporaryFolder folder;
  Database database;
  JobStore jobs;
  RunStore runs;
  CorpusRecord reading, labelled;
  std::int64_t parent = 0;
};

TEST_F(TextSupervisedTest, AChildLearnsOnAnotherCorpusAndReportsBesideTfIdf) {
  const auto test = ingest_labelled("test", 1001, 60, {});
  const auto child =
      jobs.submit_child(parent, {.epochs = 8, .corpus = "labelled", .test_corpus = "test"},
                        {"training.batch_size=16", "training.learning_rate=0.003"});
  work();
  ASSERT_EQ(runs.require(child).status, RunStatus::kFinished) << runs.require(child).reason;
  EXPECT_EQ(MetricStore(database).curve(child, "eval/accuracy").size(), 8u);
  const auto newest = ResultStore(database).newest_evaluations(parent).at("finetune on test");
  EXPECT_GT(newest.at("trained").accuracy, 0.95);
  EXPECT_GT(newest.at("raw").accuracy, 0.95);
  EXPECT_EQ(newest.at("trained").corpus_id, test.id);
  EXPECT_NE(newest.at("raw").protocol.find("TF-IDF"), std::string::npos);
  EXPECT_EQ(newest.at("trained").confusion[0][0] + newest.at("trained").confusion[0][1], 30);

  const auto answer = nlohmann::json::parse(predict_corpus(database, child, test.id));
  EXPECT_EQ(answer["predictions"].size(), 60u);
}

TEST_F(TextSupervisedTest, KnnAndLinearReadAnotherCorpus) {
  evaluate_checkpoint(database, parent, {.corpus = labelled.id}, [](double) {});
  const auto newest = ResultStore(database).newest_evaluations(parent);
  EXPECT_GT(newest.at("linear on labelled").at("raw").accuracy, 0.9);
  EXPECT_GT(newest.at("linear on labelled").at("trained").accuracy, 0.6);
  EXPECT_EQ(newest.at("knn on labelled").size(), 3u);
}

TEST_F(TextSupervisedTest, AccumulationChangesNoGradientButByRounding) {
  const Corpus corpus(database, labelled);
  std::vector<double> losses;
  for (const auto* accumulation : {"1", "2"}) {
    auto experiment = supervised_experiment(Experiment::from_json(runs.require(parent).resolved),
                                            {.corpus = "labelled"});
    experiment.set_all({"training.batch_size=16", "encoder.dropout=0",
                        std::string("training.accumulation=") + accumulation});
    Trainer trainer(resolve(experiment, corpus), corpus);
    trainer.step();
    losses.push_back(trainer.step().at("train/loss"));
  }
  EXPECT_NEAR(losses[0], losses[1], 1e-4);
}

TEST_F(TextSupervisedTest, AnotherVocabularyOrOtherClassesAreRefused) {
  ingest_labelled("foreign", 0, 60, {.vocabulary_size = 60});
  EXPECT_THROW(jobs.submit_child(parent, {.corpus = "foreign"}), UserError);
  EXPECT_THROW(jobs.submit_child(parent, {}), UserError);  // Its own corpus has no labels.
}

TEST_F(TextSupervisedTest, TellsWhatItThinksAtEachCheckpoint) {
  const auto thoughts = ResultStore(database).newest_thoughts(parent);
  ASSERT_TRUE(thoughts.has_value());
  EXPECT_EQ(thoughts->step, runs.require(parent).step);
  const auto answers = nlohmann::json::parse(thoughts->answers);
  ASSERT_FALSE(answers["blanks"].empty());
  const auto& blank = answers["blanks"][0];
  EXPECT_NE(blank["text"].get<std::string>().find("[MASK]"), std::string::npos);
  EXPECT_EQ(blank["candidates"].size(), 5u);
}

TEST_F(TextSupervisedTest, AGptGoesOnWithATextAndFillsNoBlanks) {
  Experiment experiment("gpt");
  experiment.set_all({"corpus=reading", "device=cpu", "encoder.kind=gpt-tiny", "encoder.width=32",
                      "encoder.positions=64", "views.length=48", "training.epochs=1",
                      "training.batch_size=4"});
  const auto gpt = jobs.submit_run(experiment, reading.id);
  work();
  ASSERT_EQ(runs.require(gpt).status, RunStatus::kFinished) << runs.require(gpt).reason;
  const auto latest = MetricStore(database).latest(gpt);
  EXPECT_LT(latest.at("val/lm_loss").value, std::log(90.0));
  const auto answer =
      nlohmann::json::parse(continue_text(database, gpt, {.text = "The dog", .length = 5}));
  EXPECT_TRUE(answer["text"].get<std::string>().starts_with("the dog"));
  EXPECT_THROW(fill_blanks(database, gpt, "the [MASK]"), UserError);
  EXPECT_THROW(continue_text(database, parent, {}), UserError);
  const auto answers = ResultStore(database).newest_thoughts(gpt)->answers;
  EXPECT_FALSE(nlohmann::json::parse(answers)["samples"].empty());
}

TEST_F(TextSupervisedTest, AnswersWithinFewPositions) {
  for (const auto* kind : {"mlm", "gpt"}) {
    Experiment experiment(kind);
    experiment.set_all({"corpus=reading", "device=cpu", "encoder.width=32", "encoder.layers=1",
                        "encoder.positions=12", "views.length=12", "training.steps=2",
                        "training.batch_size=4"});
    const auto run = jobs.submit_run(experiment, reading.id);
    work();
    EXPECT_EQ(runs.require(run).status, RunStatus::kFinished) << runs.require(run).reason;
    EXPECT_TRUE(ResultStore(database).newest_thoughts(run).has_value());
  }
}

}  // namespace
}  // namespace pretext
