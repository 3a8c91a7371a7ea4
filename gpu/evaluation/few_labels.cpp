#include "gpu/evaluation/few_labels.h"

#include "gpu/evaluation/logistic_regression.h"

#include <torch/torch.h>

#include <algorithm>
#include <iterator>

namespace pretext {
namespace {

constexpr std::int64_t kMostFolds = 5;
constexpr double kUsualC = 0.1;
constexpr double kPenalties[] = {1e-3, 1e-2, 1e-1, 1.0};  // Inverse strengths.

/// Deals the labels of each class out to folds in turn: the fold of each, (labels).
torch::Tensor fold_of_each(const std::vector<std::int64_t>& labels, std::int64_t num_classes,
                           std::int64_t folds) {
  std::vector<std::int64_t> seen(static_cast<std::size_t>(num_classes), 0);
  std::vector<std::int64_t> fold;
  for (const auto label : labels) fold.push_back(seen[static_cast<std::size_t>(label)]++ % folds);
  return torch::tensor(fold, torch::kInt64);
}

/// Share of labels that a model fitted on the other folds gets right.
double cross_validated(const torch::Tensor& rows, const torch::Tensor& labels,
                       const torch::Tensor& fold, std::int64_t folds, std::int64_t num_classes,
                       double c, const std::function<void()>& before_fit) {
  std::int64_t hits = 0;
  for (std::int64_t held_out = 0; held_out < folds; ++held_out) {
    before_fit();
    const auto fitted = torch::nonzero(fold != held_out).flatten();
    const auto asked = torch::nonzero(fold == held_out).flatten();
    const auto model = fit_logistic_regression(rows.index_select(0, fitted),
                                               labels.index_select(0, fitted), num_classes, c);
    hits += (model.predict(rows.index_select(0, asked)).argmax(1) == labels.index_select(0, asked))
                .sum()
                .item<std::int64_t>();
  }
  return static_cast<double>(hits) / static_cast<double>(labels.size(0));
}

}  // namespace

FewLabelProbe probe_few_labels(const torch::Tensor& features,
                               const std::vector<std::int64_t>& labelled,
                               const std::vector<std::int64_t>& labels, std::int64_t num_classes,
                               const std::function<void(double)>& report) {
  const auto all = (features - features.mean(0)) / features.std(0, false).clamp_min(1e-6);
  const auto rows = all.index_select(0, torch::tensor(labelled, torch::kInt64));
  const auto targets = torch::tensor(labels, torch::kInt64);
  std::int64_t fewest = kMostFolds;
  for (std::int64_t label = 0; label < num_classes; ++label)
    fewest = std::min<std::int64_t>(fewest, std::ranges::count(labels, label));
  FewLabelProbe probe{.probabilities = {}, .c = kUsualC, .folds = 0, .accuracy = {}};
  if (fewest >= 2) {
    probe.folds = fewest;
    const auto fold = fold_of_each(labels, num_classes, fewest);
    std::int64_t num_fits = 0;
    const auto before_fit = [&] {
      const auto all_fits = std::ssize(kPenalties) * fewest + 1;
      if (report) report(static_cast<double>(num_fits++) / static_cast<double>(all_fits));
    };
    for (const double c : kPenalties) {
      const double accuracy =
          cross_validated(rows, targets, fold, fewest, num_classes, c, before_fit);
      if (probe.accuracy && accuracy <= *probe.accuracy) continue;
      probe.accuracy = accuracy;
      probe.c = c;
    }
  }
  const auto model = fit_logistic_regression(rows, targets, num_classes, probe.c);
  const torch::NoGradGuard no_grad;
  probe.probabilities = model.predict(all).softmax(1);
  return probe;
}

}  // namespace pretext
