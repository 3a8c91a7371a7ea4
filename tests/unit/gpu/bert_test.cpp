#include "core/base/error.h"
#include "gpu/encoder/text_encoder.h"
#include "gpu/loss/linear_cross_entropy.h"
#include "gpu/objective/masked_lm.h"
#include "gpu/training/autocast.h"
#include "gpu/training/state.h"
#include "gpu/training/text_input.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace pretext {
namespace {

TensorMap goldens() {
  return to_tensors(read_safetensors(PRETEXT_REFERENCE "/bert.safetensors"));
}

/// Those under a prefix of the goldens, by the names that our modules have.
TensorMap under(const TensorMap& all, const std::string& prefix) {
  TensorMap part;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) part[name.substr(prefix.size())] = tensor;
  }
  return part;
}

constexpr TextEncoderShape kShape = {.layers = 2,
                                     .width = 16,
                                     .heads = 2,
                                     .inner = 64,
                                     .vocabulary = 50,
                                     .positions = 24,
                                     .dropout = 0.0};

/// The model that made the goldens.
struct Model {
  std::shared_ptr<TextEncoder> encoder = make_text_encoder(kShape);
  std::shared_ptr<Objective> heads;

  Model() {
    Experiment experiment("bert");
    experiment.set("encoder.vocabulary", std::int64_t{50});
    heads = make_mlm_with_pairs(experiment, 16);
    load_module_state(*encoder, under(goldens(), "weight.bert."), "");
    load_module_state(*heads, under(goldens(), "weight.cls."), "");
  }
};

/// The golden sequences, one a row or all in one.
Batch golden_batch(bool in_one_row) {
  const auto all = goldens();
  std::vector<std::vector<ReadySequence>> rows(in_one_row ? 1 : 3);
  for (std::int64_t row = 0; row < 3; ++row) {
    ReadySequence sequence;
    const auto length = all.at("mask")[row].sum().item<std::int64_t>();
    for (std::int64_t i = 0; i < length; ++i) {
      sequence.pieces.ids.push_back(all.at("ids")[row][i].item<int>());
      sequence.pieces.segments.push_back(all.at("segments")[row][i].item<std::uint8_t>());
      const auto label = all.at("labels")[row][i].item<int>();
      if (label >= 0) sequence.masked.push_back({static_cast<std::int32_t>(i), label});
    }
    sequence.label = all.at("pairs")[row].item<int>();
    rows[in_one_row ? 0 : static_cast<std::size_t>(row)].push_back(std::move(sequence));
  }
  return {.tokens = lay_out_rows(rows, in_one_row ? 44 : 20, 0)};
}

void expect_near(const torch::Tensor& got, const torch::Tensor& expected, double tolerance,
                 const std::string& what) {
  ASSERT_EQ(got.sizes(), expected.sizes()) << what;
  EXPECT_LE((got - expected).abs().max().item<double>(), tolerance) << what;
}

TEST(BertTest, StatesAreThoseOfHuggingFace) {
  Model model;
  const torch::NoGradGuard no_grad;
  const auto batch = golden_batch(false);
  const auto states = model.encoder->states(batch.tokens);
  expect_near(states * goldens().at("mask").unsqueeze(2), goldens().at("states"), 1e-4, "states");
}

class BertLayout : public testing::TestWithParam<bool> {};

TEST_P(BertLayout, LossAndEveryGradientAreThoseOfHuggingFace) {
  Model model;
  const auto output = model.heads->forward(*model.encoder, golden_batch(GetParam()));
  expect_near(output.loss.detach().reshape(1), goldens().at("loss"), 1e-5, "loss");
  EXPECT_NEAR(output.readings.at("train/mlm_loss") + output.readings.at("train/pair_loss"),
              output.loss.item<double>(), 1e-5);
  output.loss.backward();
  std::size_t num_compared = 0;
  for (const auto& [prefix, module] :
       {std::pair<std::string, torch::nn::Module*>("gradient.bert.", model.encoder.get()),
        std::pair<std::string, torch::nn::Module*>("gradient.cls.", model.heads.get())}) {
    for (const auto& item : module->named_parameters()) {
      expect_near(item.value().grad(), goldens().at(prefix + item.key()), 1e-4, item.key());
      ++num_compared;
    }
  }
  EXPECT_EQ(num_compared, under(goldens(), "gradient.").size());
}

INSTANTIATE_TEST_SUITE_P(Rows, BertLayout, testing::Values(false, true),
                         [](const auto& info) { return info.param ? "Packed" : "Padded"; });

TEST(BertTest, FeaturesAreMeansOverEachSequenceHoweverItLies) {
  Model model;
  const torch::NoGradGuard no_grad;
  const auto packed = model.encoder->forward(golden_batch(true));
  const auto mask = goldens().at("mask").unsqueeze(2);
  const auto expected = goldens().at("states").sum(1) / mask.sum(1);
  expect_near(packed, expected, 1e-4, "packed");
  expect_near(model.encoder->forward(golden_batch(false)), expected, 1e-4, "padded");
}

TEST(BertTest, AMicroBatchIsItsRowsCountedAnew) {
  const auto batch = golden_batch(false);
  const auto part = batch.part(1, 3);
  EXPECT_TRUE(torch::equal(part.tokens.ids, batch.tokens.ids.narrow(0, 1, 1)));
  EXPECT_EQ(part.tokens.starts.size(0), 1);
  EXPECT_EQ(part.tokens.starts[0].item<int>(), 0);
  EXPECT_EQ(part.tokens.sequences.max().item<int>(), 0);
  EXPECT_EQ(part.tokens.pair_labels[0].item<int>(), 1);
  EXPECT_EQ(part.tokens.num_pieces, 13);
  const auto hidden = part.tokens.ids.flatten().index_select(0, part.tokens.predicted);
  EXPECT_EQ(hidden.size(0), 3);
  EXPECT_LT(part.tokens.predicted.max().item<int>(), 20);
}

TEST(BertTest, ARowThatDoesNotFitIsRefused) {
  ReadySequence sequence;
  sequence.pieces = {{2, 7, 8, 3}, {0, 0, 0, 0}};
  EXPECT_THROW(lay_out_rows({{sequence, sequence}}, 7, 0), c10::Error);
}

struct CrossEntropyCase {
  torch::Tensor hidden, weight, bias, targets;
};

CrossEntropyCase cross_entropy_case(std::int64_t rows, std::int64_t classes) {
  torch::manual_seed(3);
  return {torch::randn({rows, 12}).requires_grad_(), torch::randn({classes, 12}).requires_grad_(),
          torch::randn({classes}).requires_grad_(), torch::randint(classes, {rows})};
}

TEST(LinearCrossEntropyTest, IsTheCrossEntropyOfTheWholeScores) {
  struct Case {
    std::int64_t rows, classes;
    double tolerance;
  };
  // Of the second, blocks are of 4 rows, and float32 sums a million scores.
  for (const auto& [rows, classes, tolerance] : {Case{40, 30, 1e-6}, Case{10, 1 << 20, 1e-3}}) {
    auto own = cross_entropy_case(rows, classes);
    const auto exact = [](const torch::Tensor& tensor) {
      return tensor.detach().to(torch::kFloat64).requires_grad_();
    };
    const CrossEntropyCase plain = {exact(own.hidden), exact(own.weight), exact(own.bias),
                                    own.targets};
    const auto readings = linear_cross_entropy(own.hidden, own.weight, own.bias, own.targets);
    const auto scores = torch::addmm(plain.bias, plain.hidden, plain.weight.t());
    const auto loss = torch::cross_entropy_loss(scores, plain.targets);
    EXPECT_NEAR(readings.loss.item<double>(), loss.item<double>(), 3 * tolerance);
    EXPECT_NEAR(readings.accuracy,
                (scores.argmax(1) == plain.targets).to(torch::kFloat32).mean().item<double>(),
                1e-6);
    (2.0 * readings.loss).backward();
    (2.0 * loss).backward();
    expect_near(own.hidden.grad(), plain.hidden.grad(), tolerance, "hidden");
    expect_near(own.weight.grad(), plain.weight.grad(), tolerance, "weight");
    expect_near(own.bias.grad(), plain.bias.grad(), tolerance, "bias");
  }
}

TEST(LinearCrossEntropyTest, AutocastLeavesItInFullPrecision) {
  auto own = cross_entropy_case(40, 30);
  const auto gradients = [&] {
    own.hidden.mutable_grad().reset();
    auto loss = linear_cross_entropy(own.hidden, own.weight, own.bias, own.targets).loss;
    loss.backward();
    return torch::cat({own.hidden.grad().flatten(), loss.detach().reshape({1})});
  };
  const auto plain = gradients();
  const AutocastGuard autocast(torch::kCPU, true);
  EXPECT_TRUE(plain.equal(gradients()));
}

TEST(LinearCrossEntropyTest, NoRowsCostNothingAndOtherShapesAreRefused) {
  auto own = cross_entropy_case(4, 9);
  const auto none = linear_cross_entropy(own.hidden.narrow(0, 0, 0), own.weight, own.bias,
                                         own.targets.narrow(0, 0, 0));
  EXPECT_EQ(none.loss.item<double>(), 0.0);
  none.loss.backward();
  EXPECT_EQ(own.weight.grad().abs().max().item<double>(), 0.0);
  EXPECT_THROW(linear_cross_entropy(own.hidden, own.weight.narrow(1, 0, 5), own.bias, own.targets),
               c10::Error);
  EXPECT_THROW(linear_cross_entropy(own.hidden, own.weight, own.bias, own.targets.narrow(0, 0, 3)),
               c10::Error);
}

}  // namespace
}  // namespace pretext
