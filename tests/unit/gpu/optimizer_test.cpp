#include "gpu/optimizer/optimizer.h"

#include "gpu/optimizer/schedule.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace pretext {
namespace {

/// Ten steps on a quadratic, ours beside LibTorch's.
template <typename Theirs, typename Options>
void expect_same(const OptimizerOptions& options, const Options& their_options) {
  torch::manual_seed(0);
  auto ours = torch::randn({4, 3}).set_requires_grad(true);
  auto theirs = ours.detach().clone().set_requires_grad(true);
  const auto target = torch::randn({4, 3});
  Optimizer optimizer({{"w", ours}}, options);
  Theirs reference({theirs}, their_options);
  for (int step = 0; step < 10; ++step) {
    optimizer.clear_gradients();
    (ours - target).square().sum().backward();
    optimizer.step(0.05);
    reference.zero_grad();
    (theirs - target).square().sum().backward();
    reference.step();
  }
  EXPECT_LT((ours - theirs).abs().max().item<float>(), 1e-6f);
}

TEST(OptimizerTest, SgdIsLibTorchs) {
  expect_same<torch::optim::SGD>(
      {.kind = "sgd", .weight_decay = 0.01},
      torch::optim::SGDOptions(0.05).momentum(0.9).nesterov(true).weight_decay(0.01));
}

TEST(OptimizerTest, AdamIsLibTorchs) {
  expect_same<torch::optim::Adam>({.kind = "adam", .weight_decay = 0.01},
                                  torch::optim::AdamOptions(0.05).weight_decay(0.01));
}

TEST(OptimizerTest, AdamWIsLibTorchs) {
  expect_same<torch::optim::AdamW>({.kind = "adamw", .weight_decay = 0.01},
                                   torch::optim::AdamWOptions(0.05).weight_decay(0.01));
}

TEST(OptimizerTest, WhatHasNoGradientStays) {
  for (const char* kind : {"sgd", "adam", "adamw", "lars"}) {
    auto used = torch::full({2, 2}, 3.0).set_requires_grad(true);
    auto unused = torch::full({2, 2}, 3.0).set_requires_grad(true);
    Optimizer optimizer({{"used", used}, {"unused", unused}}, {.kind = kind, .weight_decay = 0.1});
    used.sum().backward();
    optimizer.step(0.1);
    EXPECT_TRUE(unused.equal(torch::full({2, 2}, 3.0))) << kind;
    EXPECT_FALSE(used.equal(torch::full({2, 2}, 3.0))) << kind;
  }
}

TEST(OptimizerTest, LarsScalesByTrustAndSparesBiases) {
  auto weight = torch::full({2, 2}, 3.0).set_requires_grad(true);
  auto bias = torch::full({2}, 3.0).set_requires_grad(true);
  Optimizer optimizer({{"weight", weight}, {"bias", bias}},
                      {.kind = "lars", .momentum = 0.0, .weight_decay = 0.1, .trust = 0.01});
  (weight.sum() * 2 + bias.sum() * 2).backward();
  optimizer.step(1.0);
  // |w| = 6, gradient 2 + 0.1 * 3 = 2.3 each, so that its norm is 4.6: 3 - 0.01 * 6 / 4.6 * 2.3.
  EXPECT_NEAR(weight[0][0].item<float>(), 3.0 - 0.03, 1e-6);
  EXPECT_NEAR(bias[0].item<float>(), 3.0 - 2.0, 1e-6);
}

TEST(OptimizerTest, LarsMovesWhatStandsAtZero) {
  auto weight = torch::zeros({2, 2}).set_requires_grad(true);
  Optimizer optimizer({{"weight", weight}}, {.kind = "lars", .weight_decay = 0.0});
  weight.sum().backward();
  optimizer.step(0.5);
  EXPECT_NEAR(weight[0][0].item<float>(), -0.5, 1e-6);
}

TEST(OptimizerTest, ClippingBoundsTheNorm) {
  auto weight = torch::zeros({4}).set_requires_grad(true);
  Optimizer optimizer({{"w", weight}}, {});
  (weight.sum() * 3).backward();
  EXPECT_NEAR(optimizer.clip_gradients(1.0), 6.0, 1e-5);
  EXPECT_NEAR(weight.grad().norm().item<float>(), 1.0, 1e-5);
}

TEST(ScheduleTest, WarmsUpPeaksAndEndsAtZero) {
  const ScheduleOptions options{
      .kind = "cosine", .peak = 2.0, .warmup_steps = 4, .total_steps = 24};
  EXPECT_NEAR(learning_rate_at(options, 0), 0.4, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 4), 2.0, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 14), 1.0, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 24), 0.0, 1e-12);
  EXPECT_NEAR(scaled_learning_rate(0.3, "linear", 512), 0.6, 1e-12);
  EXPECT_NEAR(scaled_learning_rate(1.2, "sqrt", 1024), 2.4, 1e-12);
}

TEST(ScheduleTest, AShortRunReachesItsPeak) {
  const ScheduleOptions options{
      .kind = "constant", .peak = 2.0, .warmup_steps = 500, .total_steps = 20};
  EXPECT_NEAR(learning_rate_at(options, 0), 0.4, 1e-12);
  EXPECT_EQ(learning_rate_at(options, 4), 2.0);
  EXPECT_NEAR(timed_learning_rate_at(options, 10, 0.1), 1.0, 1e-12);
  EXPECT_EQ(timed_learning_rate_at(options, 25, 0.25), 2.0);
  // Where steps come first they decide.
  EXPECT_NEAR(timed_learning_rate_at(options, 249, 0.01), 2.0 * 250 / 501, 1e-12);
}

TEST(ScheduleTest, WarmUpStableDecayFallsOverTheLastFifth) {
  const ScheduleOptions options{.kind = "wsd", .peak = 2.0, .warmup_steps = 10, .total_steps = 110};
  EXPECT_LT(learning_rate_at(options, 0), 0.5);
  EXPECT_EQ(learning_rate_at(options, 10), 2.0);
  EXPECT_NEAR(learning_rate_at(options, 90), 2.0, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 100), 1.0, 1e-12);
  EXPECT_NEAR(learning_rate_at(options, 110), 0.0, 1e-12);
}

}  // namespace
}  // namespace pretext
