#include "gpu/encoder/dropout.h"

#include "gpu/encoder/text_layers.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

namespace pretext {
namespace {

/// Odd, so that the last group of draws is cut.
torch::Tensor ones() {
  return torch::ones({3, 33'337});
}

torch::Tensor dropped(std::uint64_t seed, int num_threads) {
  at::set_num_threads(num_threads);
  torch::manual_seed(seed);
  return apply_dropout(ones(), 0.1, true);
}

TEST(Dropout, ClearsTheShareAskedForAndKeepsTheMean) {
  torch::manual_seed(1);
  for (const double probability : {0.1, 0.5, 0.9}) {
    const auto y = apply_dropout(ones(), probability, true);
    const auto count = static_cast<double>(y.numel());
    const double cleared = (y == 0).sum().item<double>();
    const double deviation = std::sqrt(count * probability * (1 - probability));
    EXPECT_NEAR(cleared, count * probability, 4 * deviation);
    EXPECT_NEAR(y.max().item<double>(), 1 / (1 - probability), 1e-3);
  }
}

TEST(Dropout, FollowsFromTheGeneratorAndNotFromTheNumberOfThreads) {
  const auto y = dropped(1, 1);
  EXPECT_TRUE(y.equal(dropped(1, 2)));
  EXPECT_FALSE(y.equal(dropped(2, 2)));
  torch::manual_seed(1);
  const auto first = apply_dropout(ones(), 0.1, true);
  EXPECT_FALSE(first.equal(apply_dropout(ones(), 0.1, true))) << "every call has draws of its own";
}

TEST(Dropout, NeighboursFallIndependently) {
  torch::manual_seed(3);
  const auto fell = (apply_dropout(torch::ones({200'000}), 0.1, true) == 0).to(torch::kFloat32);
  for (const std::int64_t apart : {1, 2, 7, 8, 16}) {
    const auto both = fell.narrow(0, 0, 200'000 - apart) * fell.narrow(0, apart, 200'000 - apart);
    EXPECT_NEAR(both.mean().item<double>(), 0.01, 0.001) << apart << " apart";
  }
}

TEST(Dropout, ScalesTheGradientAsTheValue) {
  torch::manual_seed(1);
  const auto x = torch::randn({7, 11}, torch::requires_grad());
  const auto y = apply_dropout(x, 0.4, true);
  y.sum().backward();
  EXPECT_TRUE(torch::allclose(x.grad() * x.detach(), y.detach()));
}

TEST(Dropout, LeavesEvaluationAlone) {
  const auto x = torch::randn({7, 11});
  EXPECT_TRUE(apply_dropout(x, 0.4, false).equal(x));
  EXPECT_TRUE(apply_dropout(x, 0.0, true).equal(x));
}

TEST(Dropout, AttentionWithItIsOnAverageAttentionWithoutIt) {
  torch::manual_seed(1);
  const auto queries = torch::randn({1, 2, 5, 4});
  const auto keys = torch::randn({1, 2, 5, 4});
  const auto values = torch::randn({1, 2, 5, 4});
  auto mask = torch::zeros({1, 1, 5, 5});
  mask.narrow(2, 0, 3).narrow(3, 3, 2).fill_(-std::numeric_limits<float>::infinity());
  const auto expected = attend(queries, keys, values, mask, false, 0.0);
  auto sum = torch::zeros_like(expected);
  constexpr int kRepeats = 4'000;
  for (int i = 0; i < kRepeats; ++i) sum += attend(queries, keys, values, mask, false, 0.2);
  EXPECT_TRUE(torch::allclose(sum / kRepeats, expected, 0.0, 0.05));
}

}  // namespace
}  // namespace pretext
