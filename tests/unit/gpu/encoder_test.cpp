#include "gpu/encoder/encoder.h"

#include "core/objective/objective_registry.h"
#include "gpu/objective/objective.h"

#include <gtest/gtest.h>

#include "tests/unit/gpu/goldens.h"

namespace pretext {
namespace {

/// Weights by formula, as tests/reference/make_goldens.py fills torchvision's network.
void fill(torch::nn::Module& module) {
  const torch::NoGradGuard no_grad;
  std::int64_t n = -1;
  for (auto& [name, tensor] : module_state(module, "")) {  // Sorted by name.
    ++n;
    if (name.ends_with("num_batches_tracked")) continue;
    const auto has = [&name = name](const char* part) {
      return name.find(part) != std::string::npos;
    };
    const auto i = torch::arange(tensor.numel(), torch::kFloat64);
    const auto wave = torch::cos(0.37 * i + static_cast<double>(n));
    const bool is_scale = has("running_var") || ((has("bn") || has("downsample.1") || has("ln")) &&
                                                 name.ends_with("weight"));
    const auto values = is_scale ? 1 + 0.25 * wave : 0.05 * wave;
    tensor.copy_(values.to(torch::kFloat32).view_as(tensor));
  }
}

class EncoderTest : public ::testing::TestWithParam<const char*> {};

TEST_P(EncoderTest, ValuesAreTorchvisions) {
  Experiment experiment;
  experiment.set("encoder.kind", std::string(GetParam()));
  experiment.set("encoder.stem", std::string("imagenet"));
  auto encoder = make_encoder(encoder_shape(experiment, 3, 64));
  fill(*encoder);
  encoder->eval();
  const torch::NoGradGuard no_grad;
  const auto images = torch::sin(0.013 * torch::arange(2 * 3 * 64 * 64, torch::kFloat64))
                          .to(torch::kFloat32)
                          .view({2, 3, 64, 64});
  const auto expected = goldens("encoders").at(GetParam());
  const auto features = encoder->forward({.images = images});
  ASSERT_EQ(features.sizes(), expected.sizes());
  EXPECT_LT(largest_difference(features, expected),
            1e-5 * std::max(1.0, expected.abs().max().item<double>()));
}

INSTANTIATE_TEST_SUITE_P(Kinds, EncoderTest, ::testing::Values("resnet18", "resnet50", "vit-tiny"));

TEST(EncoderShapeTest, CountsAreThoseOfTheModule) {
  for (const auto& kind : encoder_kinds()) {
    if (kind.name == "vit-base" || kind.name == "resnet101")
      continue;  // Large, and of the same code.
    Experiment experiment;
    experiment.set("encoder.kind", kind.name);
    experiment.set("encoder.width", std::int64_t{16});
    const auto shape = encoder_shape(experiment, 1, 32);
    const auto encoder = make_encoder(shape);
    std::int64_t count = 0;
    for (const auto& parameter : encoder->parameters()) count += parameter.numel();
    EXPECT_EQ(count, shape.num_parameters()) << kind.name;
    const torch::NoGradGuard no_grad;
    EXPECT_EQ(encoder->forward({.images = torch::zeros({2, 1, 32, 32})}).size(1),
              shape.num_features())
        << kind.name;
  }
}

// Run with other capabilities and a guarded allocator by tests/faults/run.py (`encoder_kernels`).
TEST(EncoderGridTest, EachWidthTrainsAStepOfAnOddBatch) {
  torch::manual_seed(1);
  for (const auto* kind : {"resnet18", "resnet50"}) {
    for (std::int64_t width = 4; width <= 24; width += 2) {
      for (const auto* stem : {"small", "small-stride2", "imagenet"}) {
        Experiment experiment;
        experiment.set("encoder.kind", std::string(kind));
        experiment.set("encoder.width", width);
        experiment.set("encoder.blocks", std::int64_t{1});
        experiment.set("encoder.stem", std::string(stem));
        SCOPED_TRACE(std::string(kind) + ", width " + std::to_string(width) + ", stem " + stem);
        auto encoder = make_encoder(encoder_shape(experiment, 3, 32));
        encoder->lay_out();
        encoder->train();
        encoder->forward({.images = torch::randn({5, 3, 32, 32})}).square().sum().backward();
        for (const auto& parameter : encoder->parameters())
          EXPECT_TRUE(parameter.grad().isfinite().all().item<bool>());
      }
    }
  }
}

TEST(ObjectiveRegistryTest, BothSidesHaveTheSameNames) {
  ASSERT_EQ(objective_kinds().size(), objective_makers().size());
  for (const auto& kind : objective_kinds()) {
    const Experiment experiment(kind.name);
    const auto objective = make_objective(experiment, 24);
    std::int64_t count = 0;
    for (const auto& parameter : objective->parameters()) count += parameter.numel();
    EXPECT_EQ(count, kind.num_head_parameters(experiment, 24)) << kind.name;
  }
}

}  // namespace
}  // namespace pretext
