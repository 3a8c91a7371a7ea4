#include "gpu/loss/nt_xent_loss.h"

#include "gpu/training/autocast.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "tests/unit/gpu/goldens.h"

namespace pretext {
namespace {

using torch::Tensor;

class NtXentLossTest : public ::testing::Test {
 protected:
  void SetUp() override { torch::manual_seed(0); }
};

Tensor loss(const Tensor& first, const Tensor& second, double temperature,
            std::int64_t block_rows = 512) {
  return nt_xent_loss(first, second, {temperature, block_rows}).loss;
}

// The definition, term by term: slow, and plain enough to check by eye.
double loss_by_definition(const Tensor& first, const Tensor& second, double temperature) {
  const auto rows = torch::cat({first, second}).to(torch::kFloat64);
  const auto n = first.size(0);
  const auto similarity = [&](std::int64_t i, std::int64_t k) {
    return (rows[i].dot(rows[k]) / (rows[i].norm() * rows[k].norm())).item<double>();
  };
  double sum = 0.0;
  for (std::int64_t i = 0; i < 2 * n; ++i) {
    double denominator = 0.0;
    for (std::int64_t k = 0; k < 2 * n; ++k) {
      if (k != i) denominator += std::exp(similarity(i, k) / temperature);
    }
    sum -= similarity(i, (i + n) % (2 * n)) / temperature - std::log(denominator);
  }
  return sum / static_cast<double>(2 * n);
}

TEST_F(NtXentLossTest, MatchesDefinitionWhateverTheBlocks) {
  const auto first = torch::randn({5, 8}, torch::kFloat64);
  const auto second = torch::randn({5, 8}, torch::kFloat64);
  for (const double temperature : {0.07, 0.5, 2.0}) {
    for (const std::int64_t block : {1, 3, 512}) {
      EXPECT_NEAR(loss(first, second, temperature, block).item<double>(),
                  loss_by_definition(first, second, temperature), 1e-12);
    }
  }
}

TEST_F(NtXentLossTest, ValueAndGradientsAreLightlys) {
  const auto expected = goldens("losses");
  for (const auto* temperature : {"0.07", "0.5"}) {
    auto first = expected.at("first").clone().set_requires_grad(true);
    auto second = expected.at("second").clone().set_requires_grad(true);
    const auto value = loss(first, second, std::stod(temperature), 7);
    value.backward();
    const std::string suffix = temperature;
    EXPECT_NEAR(value.item<double>(), expected.at("loss_" + suffix).item<double>(), 1e-5);
    EXPECT_LT(largest_difference(first.grad(), expected.at("gradient_first_" + suffix)), 1e-5);
    EXPECT_LT(largest_difference(second.grad(), expected.at("gradient_second_" + suffix)), 1e-5);
  }
}

TEST_F(NtXentLossTest, GradientMatchesCentralDifferences) {
  auto first = torch::randn({3, 4}, torch::kFloat64).set_requires_grad(true);
  const auto second = torch::randn({3, 4}, torch::kFloat64);
  loss(first, second, 0.2, 2).backward();
  const torch::NoGradGuard no_grad;
  constexpr double kStep = 1e-6;
  for (std::int64_t i = 0; i < first.numel(); ++i) {
    auto nudge = torch::zeros_like(first);
    nudge.view(-1)[i] = kStep;
    const auto slope =
        (loss(first + nudge, second, 0.2) - loss(first - nudge, second, 0.2)).item<double>() /
        (2 * kStep);
    EXPECT_NEAR(first.grad().view(-1)[i].item<double>(), slope, 1e-7) << "element " << i;
  }
}

TEST_F(NtXentLossTest, ReadingsAreWhatTheySay) {
  const auto views = torch::eye(4, torch::kFloat64);
  const auto readings = nt_xent_loss(views, views, {.temperature = 0.5});
  EXPECT_NEAR(readings.loss.item<double>(), std::log1p(6.0 * std::exp(-2.0)), 1e-12);
  EXPECT_EQ(readings.top1, 1.0);
  EXPECT_NEAR(readings.positive_cosine, 1.0, 1e-12);
  EXPECT_NEAR(readings.negative_cosine, 0.0, 1e-12);
}

TEST_F(NtXentLossTest, EqualRowsGiveChance) {
  const auto same = torch::ones({8, 3});
  EXPECT_NEAR(loss(same, same, 0.1).item<double>(), std::log(15.0), 1e-5);
}

TEST_F(NtXentLossTest, LowPrecisionStaysFiniteAtLowTemperature) {
  const auto views = torch::randn({4, 16}).to(torch::kBFloat16);
  const auto value = loss(views, views, 0.01);
  EXPECT_EQ(value.scalar_type(), torch::kFloat32);
  EXPECT_TRUE(std::isfinite(value.item<float>()));
}

TEST_F(NtXentLossTest, AutocastLeavesItInFullPrecision) {
  auto first = torch::randn({4, 16}).requires_grad_();
  const auto second = torch::randn({4, 16});
  const auto gradient = [&] {
    first.mutable_grad().reset();
    nt_xent_loss(first, second).loss.backward();
    return first.grad().clone();
  };
  const auto plain = gradient();
  const AutocastGuard autocast(torch::kCPU, true);
  EXPECT_TRUE(plain.equal(gradient()));
}

TEST_F(NtXentLossTest, RefusesWhatItCannotCompare) {
  const auto good = torch::randn({4, 8});
  EXPECT_THROW(nt_xent_loss(good, torch::randn({4, 9})), c10::Error);
  EXPECT_THROW(nt_xent_loss(good, good.to(torch::kFloat64)), c10::Error);
  EXPECT_THROW(nt_xent_loss(torch::randn({1, 8}), torch::randn({1, 8})), c10::Error);
  for (const double bad : {0.0, -0.5, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(loss(good, good, bad), c10::Error);
  }
}

TEST_F(NtXentLossTest, OfSingleImagesIsThatOfTheBatchOnAverage) {
  torch::manual_seed(3);
  const auto first = torch::randn({7, 5});
  const auto second = torch::randn({7, 5});
  const auto losses = nt_xent_losses(first, second, 0.2);
  ASSERT_EQ(losses.sizes(), torch::IntArrayRef({7}));
  EXPECT_NEAR(losses.mean().item<double>(),
              nt_xent_loss(first, second, {.temperature = 0.2}).loss.item<double>(), 1e-5);
  // By the formula, of one image.
  const auto unit = torch::nn::functional::normalize(torch::cat({first, second}));
  double sum = 0.0;
  for (const auto& [row, partner] : {std::pair(2, 9), std::pair(9, 2)}) {
    const auto similarities = unit.mv(unit[row]) / 0.2;
    double others = 0.0;
    for (int k = 0; k < 14; ++k)
      if (k != row) others += std::exp(similarities[k].item<double>());
    sum += std::log(others) - similarities[partner].item<double>();
  }
  EXPECT_NEAR(losses[2].item<double>(), sum / 2, 1e-5);
}

}  // namespace
}  // namespace pretext
