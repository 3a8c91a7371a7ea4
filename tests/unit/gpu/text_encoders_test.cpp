#include "core/base/error.h"
#include "gpu/encoder/text_encoder.h"
#include "gpu/evaluation/sampling.h"
#include "gpu/objective/causal_lm.h"
#include "gpu/training/state.h"
#include "gpu/training/text_input.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/unit/gpu/goldens.h"

namespace pretext {
namespace {

TextEncoderShape shape_of(TextFamily family) {
  return {.layers = 2,
          .width = 16,
          .heads = 2,
          .inner = 64,
          .vocabulary = 50,
          .positions = 24,
          .dropout = 0.0,
          .family = family};
}

TensorMap under(const TensorMap& all, const std::string& prefix) {
  TensorMap part;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) part[name.substr(prefix.size())] = tensor;
  }
  return part;
}

/// The golden sequences (20, 13 and 7 pieces), one a row or all in one.
TokenBatch golden_tokens(const TensorMap& golden, bool in_one_row, bool is_causal) {
  std::vector<std::vector<ReadySequence>> rows(in_one_row ? 1 : 3);
  for (std::int64_t row = 0; row < 3; ++row) {
    ReadySequence sequence;
    const auto length = golden.at("mask")[row].sum().item<std::int64_t>();
    for (std::int64_t i = 0; i < length; ++i)
      sequence.pieces.ids.push_back(golden.at("ids")[row][i].item<int>());
    sequence.pieces.segments.resize(sequence.pieces.ids.size(), 0);
    rows[in_one_row ? 0 : static_cast<std::size_t>(row)].push_back(std::move(sequence));
  }
  return lay_out_rows(rows, in_one_row ? 44 : 20, 0, is_causal);
}

/// What a golden (3, 20, D) has at real pieces, one sequence after the other: (40, D).
torch::Tensor real(const TensorMap& golden, const torch::Tensor& values) {
  return values.flatten(0, 1).index({golden.at("mask").flatten() > 0});
}

/// The same of our states.
torch::Tensor real(const TokenBatch& tokens, const torch::Tensor& states) {
  return states.flatten(0, 1).index({tokens.sequences.flatten() >= 0});
}

void expect_gradients(const torch::nn::Module& module, const TensorMap& expected) {
  std::size_t count = 0;
  for (const auto& item : module.named_parameters()) {
    ++count;
    const auto& gradient = expected.at(item.key());
    EXPECT_LE((item.value().grad() - gradient).abs().max().item<double>(),
              1e-4 * std::max(1.0, gradient.abs().max().item<double>()))
        << item.key();
  }
  EXPECT_EQ(count, expected.size());
}

class GptTest : public testing::TestWithParam<bool> {};

TEST_P(GptTest, LogitsLossAndGradientsAreThoseOfHuggingFace) {
  const auto golden = goldens("gpt");
  const auto gpt = make_text_encoder(shape_of(TextFamily::kGpt));
  load_module_state(*gpt, under(golden, "weight.transformer."), "");
  const auto tokens = golden_tokens(golden, GetParam(), true);
  const auto logits = torch::matmul(gpt->states(tokens), gpt->word_embeddings().t());
  EXPECT_LT(largest_difference(real(tokens, logits.detach()), real(golden, golden.at("logits"))),
            1e-4);
  const auto objective = make_gpt(Experiment("gpt"), 16);
  const auto output = objective->forward(*gpt, {.tokens = tokens});
  EXPECT_NEAR(output.loss.item<double>(), golden.at("loss")[0].item<double>(), 1e-5);
  output.loss.backward();
  expect_gradients(*gpt, under(golden, "gradient.transformer."));
}

class ModernBertTest : public testing::TestWithParam<bool> {};

TEST_P(ModernBertTest, StatesAndGradientsAreThoseOfHuggingFace) {
  const auto golden = goldens("modern_bert");
  const auto encoder = make_text_encoder(shape_of(TextFamily::kModernBert));
  load_module_state(*encoder, under(golden, "weight."), "");
  const auto tokens = golden_tokens(golden, GetParam(), false);
  const auto states = real(tokens, encoder->states(tokens));
  EXPECT_LT(largest_difference(states.detach(), real(golden, golden.at("states"))), 1e-4);
  (states * real(golden, golden.at("weighing"))).sum().backward();
  expect_gradients(*encoder, under(golden, "gradient."));
}

const auto kLayout = [](const testing::TestParamInfo<bool>& info) {
  return info.param ? "Packed" : "Padded";
};
INSTANTIATE_TEST_SUITE_P(Text, GptTest, testing::Bool(), kLayout);
INSTANTIATE_TEST_SUITE_P(Text, ModernBertTest, testing::Bool(), kLayout);

TEST(TextEncoderShapeTest, CountsTheParametersThatAreBuilt) {
  for (const auto family : {TextFamily::kBert, TextFamily::kGpt, TextFamily::kModernBert}) {
    const auto shape = shape_of(family);
    std::int64_t count = 0;
    for (const auto& parameter : make_text_encoder(shape)->parameters()) count += parameter.numel();
    EXPECT_EQ(count, shape.num_parameters()) << static_cast<int>(family);
  }
}

/// A model that has learned a cycle of letters by heart says how it goes on.
TEST(SamplingTest, GoesOnAsTheModelKnows) {
  const Vocabulary vocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d"},
                              true);
  torch::manual_seed(0);
  auto shape = shape_of(TextFamily::kGpt);
  shape.vocabulary = vocabulary.size();
  const auto gpt = make_text_encoder(shape);
  const auto objective = make_gpt(Experiment("gpt"), 16);
  ReadySequence cycle;
  for (int i = 0; i < 20; ++i) cycle.pieces.ids.push_back(5 + i % 4);
  cycle.pieces.segments.resize(20, 0);
  const Batch batch{.tokens = lay_out_rows({{cycle}}, 20, 0, true)};
  torch::optim::Adam optimizer(gpt->parameters(), 1e-2);
  for (int step = 0; step < 60; ++step) {
    optimizer.zero_grad();
    objective->forward(*gpt, batch).loss.backward();
    optimizer.step();
  }
  auto& language = dynamic_cast<LanguageObjective&>(*objective);
  const std::vector<std::int32_t> start = {5, 6};
  const std::vector<std::int32_t> expected = {7, 8, 5, 6, 7, 8};
  EXPECT_EQ(sample_pieces(*gpt, language, vocabulary, start, {.length = 6, .temperature = 0.0},
                          torch::kCPU),
            expected);
  // Drawn by (seed, place): the same again; and never a special piece, however flat the scores.
  const SamplingOptions hot{.length = 15, .temperature = 50.0, .top_k = 0, .seed = 3};
  const auto drawn = sample_pieces(*gpt, language, vocabulary, start, hot, torch::kCPU);
  EXPECT_EQ(sample_pieces(*gpt, language, vocabulary, start, hot, torch::kCPU), drawn);
  for (const auto id : drawn) EXPECT_GE(id, 5);
}

TEST(TextEncoderShapeTest, AnObjectiveRefusesAnEncoderOfTheWrongFamily) {
  Experiment gpt("gpt");
  EXPECT_EQ(gpt.text("encoder.kind"), "gpt-mini");
  gpt.set("encoder.kind", std::string("bert-tiny"));
  EXPECT_THROW(text_encoder_shape(gpt, 100), UserError);
  Experiment mlm("mlm");
  mlm.set("encoder.kind", std::string("gpt-tiny"));
  EXPECT_THROW(text_encoder_shape(mlm, 100), UserError);
}

}  // namespace
}  // namespace pretext
