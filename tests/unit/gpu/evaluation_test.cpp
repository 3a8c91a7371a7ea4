#include "gpu/evaluation/clusters.h"
#include "gpu/evaluation/diagnostics.h"
#include "gpu/evaluation/few_labels.h"
#include "gpu/evaluation/knn.h"
#include "gpu/evaluation/linear_probe.h"
#include "gpu/evaluation/logistic_regression.h"
#include "gpu/evaluation/pca.h"
#include "gpu/evaluation/tf_idf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/unit/gpu/goldens.h"

namespace pretext {
namespace {

TEST(KnnTest, PredictsWhatScikitLearnPredicts) {
  const auto golden = goldens("evaluation");
  const auto rows = golden.at("rows");
  const auto labels = golden.at("labels");
  const auto predicted =
      knn_predict(rows.slice(0, 0, 110), labels.slice(0, 0, 110), rows.slice(0, 110), 4, {20, 0.1});
  EXPECT_TRUE(predicted.equal(golden.at("predicted")));
}

TEST(KnnTest, AsksNoMoreNeighboursThanThereAre) {
  const auto predicted = knn_predict(torch::eye(3), torch::arange(3), torch::eye(3), 3, {200, 0.1});
  EXPECT_TRUE(predicted.equal(torch::arange(3)));
}

TEST(ClusterTest, LieAsCloseAsScikitLearns) {
  const auto golden = goldens("evaluation");
  const auto rows = golden.at("rows");
  for (const auto& [k, place] : {std::pair(4, 0), std::pair(9, 1)}) {
    SCOPED_TRACE(k);
    const auto clusters = k_means(rows, k);
    const auto counts = torch::bincount(clusters);
    ASSERT_EQ(counts.size(0), k);
    for (int i = 1; i < k; ++i)
      EXPECT_GE(counts[i - 1].item<std::int64_t>(), counts[i].item<std::int64_t>());
    double sum = 0.0;
    for (int i = 0; i < k; ++i) {
      const auto own = rows.index({clusters == i});
      sum += (own - own.mean(0)).square().sum().item<double>();
    }
    EXPECT_LT(sum, 1.02 * golden.at("inertia")[place].item<double>());
  }
  EXPECT_TRUE(k_means(rows, 4, 1).equal(k_means(rows, 4, 1)));
}

TEST(ClusterTest, AreNoMoreThanThereAreDifferentRows) {
  const auto rows = torch::tensor({{0.f, 0.f}, {1.f, 0.f}, {0.f, 0.f}, {0.f, 0.f}});
  EXPECT_TRUE(k_means(rows, 3).equal(torch::tensor({0, 1, 0, 0}, torch::kInt64)));
  EXPECT_THROW(k_means(rows, 2, 0, [](double) { throw std::runtime_error("stop"); }),
               std::runtime_error);
}

TEST(PcaTest, IsNumpys) {
  const auto golden = goldens("evaluation");
  EXPECT_LT(largest_difference(pca_project(golden.at("rows")), golden.at("pca")), 1e-4);
}

TEST(PcaTest, FewDimensionsLeaveAxesAtZero) {
  const auto projected = pca_project(torch::arange(4, torch::kFloat32).view({4, 1}));
  EXPECT_EQ(projected.size(1), 2);
  EXPECT_EQ(projected.select(1, 1).abs().max().item<float>(), 0.f);
}

TEST(DiagnosticsTest, AreTheFormulas) {
  const auto golden = goldens("evaluation");
  const auto rows = golden.at("rows");
  const auto expected = golden.at("monitors");
  const auto monitors = representation_monitors(rows.slice(0, 0, 80), rows.slice(0, 80));
  EXPECT_NEAR(monitors.at("val/std_ratio"), expected[0].item<double>(), 1e-5);
  EXPECT_NEAR(monitors.at("val/rankme"), expected[1].item<double>(), 1e-4);
  EXPECT_NEAR(monitors.at("val/alignment"), expected[2].item<double>(), 1e-5);
  EXPECT_NEAR(monitors.at("val/uniformity"), expected[3].item<double>(), 1e-5);
}

TEST(DiagnosticsTest, ACollapsedRepresentationShows) {
  const auto same = torch::ones({20, 8});
  EXPECT_LT(representation_monitors(same, same).at("val/std_ratio"), 1e-3);
  EXPECT_LT(representation_monitors(same, same).at("val/rankme"), 1.01);
}

TEST(DiagnosticsTest, RowsThatAreNoNumbersHaveNoReadings) {
  auto rows = torch::ones({20, 8});
  rows[3][2] = std::numeric_limits<float>::infinity();
  for (const auto& [key, value] : representation_monitors(rows, torch::ones({20, 8})))
    EXPECT_TRUE(std::isnan(value)) << key;
  for (const auto& [key, value] : representation_monitors(torch::ones({20, 8}), rows))
    EXPECT_TRUE(std::isnan(value)) << key;
  const auto nothing = torch::zeros({20, 8});
  for (const auto& [key, value] : representation_monitors(nothing, nothing))
    EXPECT_TRUE(std::isfinite(value)) << key;
}

TEST(LinearProbeTest, SeparatesWhatIsSeparable) {
  torch::manual_seed(0);
  const auto labels = torch::arange(300).remainder(3);
  const auto rows =
      torch::randn({300, 10}) * 0.3 + torch::one_hot(labels, 10).to(torch::kFloat32) * 4;
  const auto probe =
      train_linear_probe(rows.slice(0, 0, 200), labels.slice(0, 0, 200), rows.slice(0, 200, 250),
                         labels.slice(0, 200, 250), 3, {.epochs = 20});
  const auto predicted = probe.predict(rows.slice(0, 250)).argmax(1);
  EXPECT_EQ((predicted == labels.slice(0, 250)).sum().item<std::int64_t>(), 50);
}

TEST(TfIdfTest, IsScikitLearns) {
  const auto golden = goldens("tf_idf");
  const auto counts = golden.at("counts");
  const TfIdf weights(counts.slice(0, 0, 60).to_sparse());
  EXPECT_LT(largest_difference(weights.weigh(counts.to_sparse()).to_dense(), golden.at("rows")),
            1e-6);
}

TEST(LogisticRegressionTest, IsScikitLearns) {
  const auto golden = goldens("tf_idf");
  const auto train = golden.at("rows").slice(0, 0, 60).to_sparse();
  const auto model = fit_logistic_regression(train, golden.at("labels").slice(0, 0, 60), 3, 10.0);
  EXPECT_LT(largest_difference(model.weight, golden.at("weight")), 2e-3);
  const auto scores = model.predict(golden.at("rows").slice(0, 60).to_sparse());
  EXPECT_LT(largest_difference(scores - scores.mean(1, true),
                               golden.at("scores") - golden.at("scores").mean(1, true)),
            5e-3);
}

TEST(LogisticRegressionTest, ChoosesOnValidation) {
  const auto golden = goldens("tf_idf");
  const auto rows = golden.at("rows");
  const auto labels = golden.at("labels");
  const auto chosen = choose_logistic_regression(
      rows.slice(0, 0, 60).to_sparse(), labels.slice(0, 0, 60), rows.slice(0, 60).to_sparse(),
      labels.slice(0, 60), 3, {1e-6, 10.0});
  EXPECT_EQ(chosen.c, 10.0);
}

TEST(FewLabelsTest, TellHeapsApartAndSayHowWell) {
  torch::manual_seed(0);
  const auto own = torch::arange(200).remainder(2);
  const auto rows = torch::randn({200, 16}) + 5.0 * torch::one_hot(own, 16).to(torch::kFloat32);
  const auto probe = probe_few_labels(rows, {0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 0, 1, 0, 1, 0, 1}, 2);
  EXPECT_EQ(probe.folds, 4);
  ASSERT_TRUE(probe.accuracy.has_value());
  EXPECT_GT(*probe.accuracy, 0.7);
  const auto hits = (probe.probabilities.argmax(1) == own).to(torch::kFloat64).mean();
  EXPECT_GT(hits.item<double>(), 0.9);
  EXPECT_LT(largest_difference(probe.probabilities.sum(1), torch::ones(200)), 1e-5);
}

TEST(FewLabelsTest, SaysHowFarItIsAndStopsWhereItIsTold) {
  const auto rows = torch::eye(8);
  std::vector<double> told;
  probe_few_labels(rows, {0, 1, 2, 3}, {0, 1, 0, 1}, 2, [&](double done) { told.push_back(done); });
  EXPECT_EQ(told.size(), 8u) << "two folds of four penalties";
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_LT(told.back(), 1.0);
  EXPECT_THROW(probe_few_labels(rows, {0, 1, 2, 3}, {0, 1, 0, 1}, 2,
                                [](double) { throw std::runtime_error("stop"); }),
               std::runtime_error);
}

TEST(FewLabelsTest, CrossValidationOfLabelsThatMeanNothingIsChance) {
  torch::manual_seed(1);
  const auto rows = torch::randn({300, 4});
  std::vector<std::int64_t> labelled, labels;
  for (std::int64_t i = 0; i < 200; ++i) {
    labelled.push_back(i);
    labels.push_back(torch::randint(2, {1}).item<std::int64_t>());
  }
  EXPECT_NEAR(*probe_few_labels(rows, labelled, labels, 2).accuracy, 0.5, 0.12);
}

TEST(FewLabelsTest, OneLabelAClassIsNotCrossValidated) {
  const auto probe = probe_few_labels(torch::eye(6), {0, 1}, {0, 1}, 2);
  EXPECT_FALSE(probe.accuracy.has_value());
  EXPECT_EQ(probe.probabilities.slice(0, 0, 2).argmax(1)[1].item<std::int64_t>(), 1);
}

TEST(KnnTest, ReadsSparseRowsAsDenseOnes) {
  const auto golden = goldens("tf_idf");
  const auto rows = golden.at("rows");
  const auto labels = golden.at("labels").slice(0, 0, 60);
  EXPECT_TRUE(
      knn_predict(rows.slice(0, 0, 60).to_sparse(), labels, rows.slice(0, 60).to_sparse(), 3, {10})
          .equal(knn_predict(rows.slice(0, 0, 60), labels, rows.slice(0, 60), 3, {10})));
}

}  // namespace
}  // namespace pretext
