#include "gpu/projection/projection.h"

#include "core/base/error.h"
#include "gpu/evaluation/pca.h"
#include "gpu/projection/affinities.h"
#include "gpu/projection/tsne.h"
#include "gpu/projection/umap.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <numbers>

#include "tests/unit/gpu/goldens.h"

namespace pretext {
namespace {

constexpr std::int64_t kNeighbours = 15;  // As in the goldens.

void silent(double) {}

/// Four round heaps of 60 in 20 dimensions, and which each row is of.
std::pair<torch::Tensor, torch::Tensor> heaps() {
  torch::manual_seed(0);
  const auto labels = torch::arange(240).remainder(4);
  const auto centres = torch::randn({4, 20}) * 2;
  return {centres.index_select(0, labels) + torch::randn({240, 20}) * 0.5, labels};
}

torch::Tensor dense(const Affinities& graph) {
  auto matrix = torch::zeros({graph.num_points(), graph.num_points()});
  for (std::int64_t i = 0; i < graph.num_points(); ++i) {
    for (auto edge = graph.offsets[i]; edge < graph.offsets[i + 1]; ++edge)
      matrix[i][graph.targets[edge]] = graph.weights[edge];
  }
  return matrix;
}

Neighbours golden_neighbours() {
  return nearest_neighbours(goldens("projection").at("rows"), kNeighbours, torch::kCPU, silent);
}

/// Share of points whose nearest other in the layout is of their heap.
double purity(const torch::Tensor& layout, const torch::Tensor& labels) {
  const auto nearest = nearest_neighbours(layout, 1, torch::kCPU, silent).positions.flatten();
  return (labels.index_select(0, nearest) == labels).to(torch::kFloat64).mean().item<double>();
}

TEST(NeighboursTest, AreThoseOfAllDistances) {
  const auto rows = std::get<0>(heaps());
  const auto found = nearest_neighbours(rows, 5, torch::kCPU, silent);
  auto distances = torch::cdist(rows.to(torch::kFloat64), rows.to(torch::kFloat64));
  distances.fill_diagonal_(1e9);
  const auto [expected, positions] = distances.topk(5, 1, /*largest=*/false);
  EXPECT_TRUE(found.positions.equal(positions));
  EXPECT_LT(largest_difference(found.distances, expected), 1e-5);
}

TEST(NeighboursTest, LeaveThePointItselfOutAmongDuplicates) {
  const auto found = nearest_neighbours(torch::ones({5, 3}), 9, torch::kCPU, silent);
  ASSERT_EQ(found.positions.size(1), 4);
  for (std::int64_t i = 0; i < 5; ++i) {
    EXPECT_FALSE((found.positions[i] == i).any().item<bool>());
    EXPECT_EQ(found.distances[i].max().item<float>(), 0.f);
  }
}

TEST(TrustworthinessTest, IsScikitLearns) {
  const auto golden = goldens("projection");
  const auto rows = golden.at("rows");
  EXPECT_NEAR(trustworthiness(rows, rows.slice(1, 0, 2), 15),
              golden.at("trustworthiness").item<double>(), 1e-6);
  EXPECT_EQ(trustworthiness(rows.slice(0, 0, 5), rows.slice(0, 0, 5).slice(1, 0, 2), 15), 1.0);
}

TEST(AffinitiesTest, OfTsneAreScikitLearns) {
  const auto joint = tsne_affinities(golden_neighbours(), 5.0);
  EXPECT_LT(largest_difference(dense(joint), goldens("projection").at("joint")), 2e-6);
}

TEST(AffinitiesTest, OfUmapAreUmapLearns) {
  const auto memberships = umap_memberships(golden_neighbours());
  EXPECT_LT(largest_difference(dense(memberships), goldens("projection").at("memberships")), 1e-4);
}

TEST(UmapTest, CurveIsUmapLearns) {
  for (const auto& row : goldens("projection").at("curves").unbind()) {
    const auto curve = fit_umap_curve(row[0].item<double>());
    EXPECT_NEAR(curve.a, row[1].item<double>(), 1e-3);
    EXPECT_NEAR(curve.b, row[2].item<double>(), 1e-3);
  }
}

TEST(TsneTest, RepulsionIsThatOfAllPairs) {
  torch::manual_seed(1);
  for (const auto& [deviation, tolerance] :
       {std::pair{1e-4, 1e-3}, {1.0, 0.01}, {3.0, 0.02}, {10.0, 0.12}}) {
    const auto places = torch::randn({2000, 2}, torch::kFloat64) * deviation;
    const auto offsets = places.unsqueeze(1) - places.unsqueeze(0);    // (N, N, 2)
    const auto kernel = (1.0 + offsets.square().sum(2)).reciprocal();  // (N, N)
    const auto forces = (kernel.square().unsqueeze(2) * offsets).sum(1);
    const auto found = interpolated_repulsion(places);
    const double size = forces.abs().max().item<double>();
    EXPECT_LT(largest_difference(found.forces, forces) / size, tolerance) << deviation;
    const double normaliser = kernel.sum().item<double>() - 2000.0;
    EXPECT_NEAR(found.normaliser / normaliser, 1.0, 0.2 * tolerance) << deviation;
  }
}

class ProjectionTest : public testing::TestWithParam<const char*> {};

TEST_P(ProjectionTest, KeepsHeapsApart) {
  const auto [rows, labels] = heaps();
  const auto layout =
      project_features(rows, {.method = GetParam(), .perplexity = 20}, torch::kCPU, silent);
  ASSERT_EQ(layout.sizes(), torch::IntArrayRef({240, 2}));
  EXPECT_EQ(purity(layout, labels), 1.0);
  const auto unit = torch::nn::functional::normalize(rows);
  EXPECT_GT(trustworthiness(unit, layout), trustworthiness(unit, pca_project(unit)));
}

TEST_P(ProjectionTest, IsTheSameWhateverTheThreads) {
  torch::manual_seed(7);
  const auto rows = torch::randn({1'300, 12});  // Enough for several threads to have work.
  const int threads = at::get_num_threads();
  const ProjectionOptions options{.method = GetParam(), .perplexity = 20};
  const auto layout = project_features(rows, options, torch::kCPU, silent);
  at::set_num_threads(1);
  const auto alone = project_features(rows, options, torch::kCPU, silent);
  at::set_num_threads(threads);
  if (options.method == "umap") {
    EXPECT_TRUE(torch::equal(layout, alone));
  } else {
    EXPECT_LT(largest_difference(layout, alone), 1e-2 * layout.abs().max().item<double>());
  }
}

TEST_P(ProjectionTest, TakesWhatIsDegenerate) {
  for (const std::int64_t count : {1, 3, 5, 40}) {
    const auto same =
        project_features(torch::ones({count, 8}), {.method = GetParam()}, torch::kCPU, silent);
    EXPECT_EQ(same.size(0), count);
    EXPECT_TRUE(torch::isfinite(same).all().item<bool>()) << count;
  }
  const auto infinite = torch::full({9, 2}, std::numeric_limits<float>::infinity());
  EXPECT_THROW(project_features(infinite, {.method = GetParam()}, torch::kCPU, silent), UserError);
}

TEST_P(ProjectionTest, SaysHowFarItIsAndEndsWhenToldTo) {
  const auto rows = std::get<0>(heaps());
  double last = 0.0;
  project_features(rows, {.method = GetParam()}, torch::kCPU, [&](double done) {
    EXPECT_GE(done, last);
    last = done;
  });
  EXPECT_GT(last, 0.9);
  const auto stop = [](double) { throw UserError("enough"); };
  EXPECT_THROW(project_features(rows, {.method = GetParam()}, torch::kCPU, stop), UserError);
}

INSTANTIATE_TEST_SUITE_P(Methods, ProjectionTest, testing::Values("tsne", "umap"));

TEST(AlignedTest, UndoesATurnAMirrorAScaleAndAShift) {
  torch::manual_seed(2);
  const auto fixed = torch::randn({30, 2});
  const auto turn =
      torch::tensor({{std::cos(0.7f), std::sin(0.7f)}, {std::sin(0.7f), -std::cos(0.7f)}});
  const auto moving = 3.f * fixed.matmul(turn) + torch::tensor({5.f, -2.f});
  EXPECT_LT(largest_difference(aligned(moving, fixed), fixed), 1e-5);
}

TEST(AlignedTest, WhatAgreesLittleKeepsItsSpread) {
  torch::manual_seed(2);
  const auto first = torch::randn({200, 2});
  auto frame = first;
  for (int i = 0; i < 20; ++i) frame = aligned(frame + torch::randn({200, 2}), frame);
  const auto spread = [](const torch::Tensor& x) { return (x - x.mean(0)).norm().item<double>(); };
  EXPECT_NEAR(spread(frame), spread(first), 1e-3 * spread(first));
}

}  // namespace
}  // namespace pretext
