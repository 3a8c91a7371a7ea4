#include "core/base/error.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/language.h"
#include "gpu/training/resolve.h"
#include "gpu/training/sample_reader.h"
#include "gpu/training/trainer.h"
#include "gpu/training/training_data.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "tests/unit/gpu/tiny_corpora.h"
#include "tests/unit/temporary_folder.h"

namespace pretext {
namespace {

class TextTrainingTest : public ::testing::Test {
 protected:
  TemporaryFolder folder;
  Database database{folder / "w"};
  CorpusRecord record = ingest_grammar(database, folder.path());
};

TEST_F(TextTrainingTest, AResumedRunIsTheUnbrokenOneBitForBit) {
  const Corpus corpus(database, record);
  const auto resolved = resolve(tiny_text_experiment("bert"), corpus);
  Trainer unbroken(resolved, corpus);
  TensorMap middle;
  const auto stop = unbroken.steps_per_epoch() + 1;  // In the second epoch.
  while (unbroken.num_steps_done() < unbroken.total_steps()) {
    unbroken.step();
    if (unbroken.num_steps_done() != stop) continue;
    for (const auto& [name, tensor] : unbroken.state()) middle[name] = tensor.clone();
  }
  Trainer resumed(resolved, corpus);
  resumed.step();  // What it did before must not matter.
  resumed.load_state(middle);
  while (resumed.num_steps_done() < resumed.total_steps()) resumed.step();
  for (const auto& [name, tensor] : unbroken.state())
    EXPECT_TRUE(torch::equal(tensor, resumed.state().at(name))) << name;
}

TEST_F(TextTrainingTest, TheLossOfATextIsTheMeanOverItsQuestions) {
  const Corpus corpus(database, record);
  for (const std::string kind : {"mlm", "gpt"}) {
    auto experiment = tiny_text_experiment(kind);
    if (kind == "gpt") experiment.set_text("encoder.kind", "gpt-tiny");
    const auto resolved = resolve(experiment, corpus);
    Trainer trainer(resolved, corpus);
    const auto reader = make_reader(resolved, corpus, corpus);
    const torch::NoGradGuard no_grad;
    trainer.encoder().eval();
    trainer.objective().eval();
    const auto losses_of = [&](const std::vector<std::int64_t>& positions) {
      return trainer.objective().sample_losses(trainer.encoder(), *reader->questions(positions));
    };
    const std::vector<std::int64_t> positions = {3, 0, 5, 7};
    const auto batch = *reader->questions(positions);
    const auto losses = losses_of(positions);
    ASSERT_EQ(losses.size(0), 4) << kind;
    const auto owners = batch.tokens.sequences.flatten().index_select(0, batch.tokens.predicted);
    const auto counts = torch::bincount(owners, {}, 4).to(torch::kFloat32);
    const double mean = ((losses * counts).sum() / counts.sum()).item<double>();
    EXPECT_NEAR(mean, trainer.objective().forward(trainer.encoder(), batch).loss.item<double>(),
                1e-4)
        << kind;
    // The same text loses as much alone as in company.
    EXPECT_NEAR(losses_of({5})[0].item<double>(), losses[2].item<double>(), 1e-4) << kind;
  }
}

TEST_F(TextTrainingTest, ARunOfABudgetEndsByItsClockAndResumesBitForBit) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment("mlm");
  experiment.set("training.budget", std::string("15 s"));
  experiment.set("training.batch_warmup_steps", std::int64_t{4});
  experiment.set("training.warmup_epochs", 0.1);
  experiment.set("views.long_length", std::int64_t{64});
  experiment.set("views.long_share", 0.4);
  const auto resolved = resolve(experiment, corpus);
  // A step takes a quarter of a second more each time: as if the machine became slower.
  const auto clock = [now = 0.0, ticks = 0]() mutable {
    if (++ticks % 2 == 0) now += 0.25 * (ticks / 2);
    return now;
  };
  Trainer unbroken(resolved, corpus, clock);
  TensorMap middle;
  std::vector<double> rates, spent;
  while (!unbroken.is_done()) {
    const auto readings = unbroken.step();
    rates.push_back(readings.at("train/learning_rate"));
    spent.push_back(readings.at("time/spent"));
    if (unbroken.num_steps_done() != 6) continue;
    for (const auto& [name, tensor] : unbroken.state()) middle[name] = tensor.clone();
    EXPECT_EQ(unbroken.total_steps(), 17);  // 6 steps in 5.25 s, 15 s in all.
  }
  EXPECT_EQ(unbroken.num_steps_done(), 11);  // 0.25 * 11 * 12 / 2 = 16.5 s, 10 steps 13.75 s.
  EXPECT_EQ(unbroken.total_steps(), 11);
  EXPECT_DOUBLE_EQ(spent.back(), 16.5);
  EXPECT_NEAR(rates[8], 1e-3 * (1.0 - 9.0 / 15.0), 1e-9);  // Linear; 8 steps took 9 s.

  const auto resumed_clock = [now = 0.0, ticks = 0]() mutable {
    if (++ticks % 2 == 0) now += 0.25 * (6 + ticks / 2);
    return now;
  };
  Trainer resumed(resolved, corpus, resumed_clock);
  resumed.load_state(middle);
  while (!resumed.is_done()) resumed.step();
  for (const auto& [name, tensor] : unbroken.state())
    EXPECT_TRUE(torch::equal(tensor, resumed.state().at(name))) << name;
}

TEST_F(TextTrainingTest, ABatchGrowsAndRowsBecomeLonger) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment("mlm");
  experiment.set("training.batch_warmup_steps", std::int64_t{3});
  experiment.set("views.length", std::int64_t{16});
  experiment.set("views.long_length", std::int64_t{64});
  const auto data = make_training_data(resolve(experiment, corpus), corpus);
  const auto sizes = [&](bool is_long) {
    const auto source =
        data->source({.first_step = 0, .step_bound = 5, .has_long_rows = is_long}, torch::kCPU);
    std::vector<std::vector<std::int64_t>> all;
    for (int step = 0; step < 5; ++step) all.push_back(source->next().tokens.ids.sizes().vec());
    return all;
  };
  using Sizes = std::vector<std::vector<std::int64_t>>;
  EXPECT_EQ(sizes(false), (Sizes{{2, 16}, {4, 16}, {6, 16}, {8, 16}, {8, 16}}));
  EXPECT_EQ(sizes(true), (Sizes{{2, 64}, {2, 64}, {2, 64}, {2, 64}, {2, 64}}));
}

TEST_F(TextTrainingTest, TokensBoundARun) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment("mlm");
  const Trainer whole(resolve(experiment, corpus), corpus);
  experiment.set("training.tokens", std::int64_t{4000});
  const Trainer bounded(resolve(experiment, corpus), corpus);
  EXPECT_GT(bounded.total_steps(), 4000 / (8 * 48) - 1);
  EXPECT_LT(bounded.total_steps(), 2 * 4000 / (8 * 48));
  EXPECT_LT(bounded.total_steps(), whole.total_steps());
}

class TextObjectives : public TextTrainingTest,
                       public ::testing::WithParamInterface<const char*> {};

TEST_P(TextObjectives, FallBelowWhatFrequenciesAloneTell) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment(GetParam());
  experiment.set("training.steps", std::int64_t{300});
  experiment.set("training.learning_rate", 4e-3);
  experiment.set("encoder.dropout", 0.0);
  const auto resolved = resolve(experiment, corpus);
  const auto unigram = resolved.real("objective.unigram_nats");
  EXPECT_GT(unigram, 1.5);
  EXPECT_LT(unigram, std::log(80.0));
  Trainer trainer(resolved, corpus);
  const auto read = [&] {
    return validation_readings(trainer.encoder(), trainer.objective(), resolved, corpus,
                               trainer.device());
  };
  const auto before = read();
  EXPECT_NEAR(before.at("val/mlm_loss"),
              std::log(static_cast<double>(resolved.integer("encoder.vocabulary"))), 0.2);
  EXPECT_EQ(read(), before);  // The same rows whenever it is called.
  while (trainer.num_steps_done() < trainer.total_steps()) trainer.step();
  const auto after = read();
  EXPECT_LT(after.at("val/mlm_loss"), unigram - 0.3);
  EXPECT_NEAR(after.at("val/perplexity"), std::exp(after.at("val/mlm_loss")), 1e-9);
  EXPECT_EQ(after.contains("val/pair_accuracy"), std::string(GetParam()) != "mlm");
}

INSTANTIATE_TEST_SUITE_P(Kinds, TextObjectives, ::testing::Values("mlm", "bert", "sop"));

TEST_F(TextTrainingTest, DenoisingLearnsFromTheVectorOfTheDamagedCopy) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment("denoise");
  experiment.set("training.steps", std::int64_t{150});
  experiment.set("training.learning_rate", 4e-3);
  experiment.set("encoder.dropout", 0.0);
  experiment.set("views.deletion_share", 0.3);
  const auto resolved = resolve(experiment, corpus);
  Trainer trainer(resolved, corpus);
  auto readings = trainer.step();
  EXPECT_NEAR(readings.at("train/denoise_loss"),
              std::log(static_cast<double>(resolved.integer("encoder.vocabulary"))), 0.4);
  while (!trainer.is_done()) readings = trainer.step();
  EXPECT_LT(readings.at("train/denoise_loss"), resolved.real("objective.unigram_nats") - 0.5);

  // Other vectors for the same originals tell less: they are what is read.
  const auto data = make_training_data(resolved, corpus);
  const auto source = data->source({.step_bound = 1}, torch::kCPU);
  const auto batch = source->next();
  const auto loss_of = [&](const Batch& one) {
    const torch::NoGradGuard no_grad;
    trainer.encoder().eval();
    trainer.objective().eval();
    return trainer.objective().forward(trainer.encoder(), one).loss.item<double>();
  };
  auto other = batch;
  const auto turned = torch::where(batch.tokens.sequences < 0, batch.tokens.sequences,
                                   (batch.tokens.sequences + 1) % batch.tokens.starts.size(0));
  other.tokens.sequences = turned;
  EXPECT_LT(loss_of(batch), loss_of(other) - 0.2);
  EXPECT_EQ(batch.originals.starts.size(0), batch.tokens.starts.size(0));
  EXPECT_LT(batch.tokens.num_pieces, batch.originals.num_pieces);
}

TEST_F(TextTrainingTest, AccumulatedMicroBatchesLearnToo) {
  const Corpus corpus(database, record);
  auto experiment = tiny_text_experiment("mlm");
  experiment.set("training.accumulation", std::int64_t{4});
  Trainer trainer(resolve(experiment, corpus), corpus);
  const auto readings = trainer.step();
  EXPECT_GT(readings.at("train/mlm_loss"), 3.0);
  EXPECT_GT(readings.at("train/packing_efficiency"), 0.7);
}

TEST_F(TextTrainingTest, FeaturesDoNotDependOnWhatLiesBesideThem) {
  const Corpus corpus(database, record);
  const auto resolved = resolve(tiny_text_experiment("mlm"), corpus);
  const auto encoder = make_initial_encoder(resolved, record);
  const auto reader = make_reader(resolved, corpus, corpus);
  const auto all = extract_features(*encoder, torch::kCPU, *reader, {0, 1, 2, 3, 4});
  const auto one = extract_features(*encoder, torch::kCPU, *reader, {3});
  EXPECT_LE((all[3] - one[0]).abs().max().item<double>(), 1e-5);
}

TEST_F(TextTrainingTest, WhatCannotBeTrainedIsRefusedInWords) {
  const Corpus corpus(database, record);
  const auto complaint = [&](const std::string& key, const std::string& value) {
    return message_of<UserError>([&] {
      auto experiment = tiny_text_experiment("bert");
      experiment.set_text(key, value);
      Trainer(resolve(experiment, corpus), corpus);
    });
  };
  EXPECT_NE(complaint("views.length", "100").find("encoder.positions"), std::string::npos);
  EXPECT_NE(complaint("encoder.heads", "3").find("must divide"), std::string::npos);
  EXPECT_NE(complaint("encoder.vocabulary", "10").find("another vocabulary"), std::string::npos);
  EXPECT_NE(complaint("training.batch_size", "4096").find("smaller batch"), std::string::npos);
}

TEST_F(TextTrainingTest, ACorpusOfAnotherVocabularyIsRefused) {
  const auto again = retokenize(database, "t", {.vocabulary_size = 60});
  const Corpus own(database, record);
  const Corpus other(database, again);
  const auto resolved = resolve(tiny_text_experiment("mlm"), own);
  const auto message = message_of<UserError>([&] { make_reader(resolved, own, other); });
  EXPECT_NE(message.find("retokenize"), std::string::npos) << message;
}

}  // namespace
}  // namespace pretext
