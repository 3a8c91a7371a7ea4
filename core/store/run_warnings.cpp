#include "core/store/run_warnings.h"

#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace pretext {
namespace {

using Confusion = std::vector<std::vector<std::int64_t>>;

constexpr std::int64_t kFewSteps = 200;  // Before which a loss says little of a run that goes on.
constexpr double kCollapsed = 0.05;      // Spread of features; 1 fills the sphere evenly.
constexpr double kAtChance = 0.02;       // Share by which a loss may miss chance.

constexpr const char* kNoNumbers =
    "The run has diverged: its features or its loss are no numbers any more. Try a lower learning "
    "rate.";
constexpr const char* kHasCollapsed =
    "The representation has collapsed: all samples get nearly the same vector (spread %1, where 1 "
    "is even). Try a lower learning rate, a higher temperature or a larger batch.";
constexpr const char* kAboveChance =
    "The loss is above chance: a guess would do better. Try a smaller learning rate, or more "
    "steps.";
constexpr const char* kLossAtChance =
    "The loss is at chance: nothing is learned yet. Try another learning rate or easier views.";
constexpr const char* kOneTrueClass =
    "The accuracy of %1 tells nothing: all of its %2 samples are of one class. Attach labels of at "
    "least two.";
constexpr const char* kOneGuess =
    "The accuracy of %1 tells nothing of what was learned: it names one class for all of its %2 "
    "samples.";
constexpr const char* kFewNeighbours =
    "kNN asks %1 neighbours and there are only %2 labelled training samples, so that most of them "
    "vote each time. Set evaluation.knn_k well below that.";
constexpr const char* kCopies =
    "%1 of the %2 samples used to measure accuracy are exact copies of training samples, so the "
    "accuracy says little about new data. Exclude the copies and evaluate again.";
constexpr const char* kUnseen =
    "%1 of the %2 samples used to measure accuracy belong to classes missing from the training "
    "part, so they always count as wrong.";

/// How many classes occur among the true ones, and among those that were named.
std::pair<std::int64_t, std::int64_t> classes_in(const Confusion& confusion) {
  std::int64_t num_true = 0;
  std::vector<std::int64_t> named;
  for (const auto& row : confusion) {
    num_true += std::ranges::any_of(row, [](auto count) { return count > 0; });
    named.resize(std::max(named.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) named[i] += row[i];
  }
  return {num_true, std::ranges::count_if(named, [](auto count) { return count > 0; })};
}

std::int64_t labelled_training_samples(Database& database, const RunRecord& run) {
  auto query = database.prepare(
      "SELECT count(*) FROM samples WHERE corpus_id = ? AND split = 'train' AND label IS NOT NULL");
  query.bind(1, run.corpus_id);
  query.executeStep();
  return query.getColumn(0).getInt64();
}

std::optional<RunWarning> of_neighbours(Database& database, const RunRecord& run) {
  const auto experiment = Experiment::from_json(run.settings());
  if (!experiment.has("evaluation.knn_k")) return std::nullopt;
  const auto k = experiment.integer("evaluation.knn_k");
  const auto limit = experiment.integer("corpus_limit");
  auto bank = labelled_training_samples(database, run);
  if (limit > 0) bank = std::min(bank, limit);
  if (2 * k <= bank) return std::nullopt;
  return RunWarning{kFewNeighbours, {std::to_string(k), std::to_string(bank)}};
}

void add_doubts(const EvaluationRecord& evaluation, std::vector<RunWarning>& warnings) {
  const auto all = std::to_string(evaluation.num_samples());
  const auto& [num_copies, num_unseen] = evaluation.doubts;
  if (num_copies > 0) warnings.push_back({kCopies, {std::to_string(num_copies), all}});
  if (num_unseen > 0) warnings.push_back({kUnseen, {std::to_string(num_unseen), all}});
}

}  // namespace

std::string RunWarning::in_words() const {
  auto words = text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto place = words.find('%' + std::to_string(i + 1));
    if (place != std::string::npos) words.replace(place, 2, values[i]);
  }
  return words;
}

std::vector<RunWarning> reading_warnings(Database& database, const RunRecord& run) {
  const auto latest = MetricStore(database).latest(run.id);
  const auto& objective = find_objective(run.objective);
  const auto loss = latest.find("train/loss");
  const auto spread = latest.find("val/std_ratio");
  const bool has_spread = objective.num_views == 2 && spread != latest.end();
  if ((loss != latest.end() && !std::isfinite(loss->second.value)) ||
      (has_spread && !std::isfinite(spread->second.value)))
    return {RunWarning{kNoNumbers, {}}};
  if (has_spread && spread->second.value < kCollapsed)
    return {RunWarning{kHasCollapsed, {significant(spread->second.value)}}};
  const bool is_early = loss == latest.end() ||
                        (loss->second.step <= kFewSteps && run.status != RunStatus::kFinished);
  if (run.parent_run || is_early) return {};
  for (const auto& mark : objective.marks(Experiment::from_json(run.settings()))) {
    if (mark.metric != "train/loss" || !mark.label.starts_with("chance")) continue;
    if (loss->second.value > (1.0 + kAtChance) * mark.value) return {RunWarning{kAboveChance, {}}};
    if (loss->second.value > (1.0 - kAtChance) * mark.value) return {RunWarning{kLossAtChance, {}}};
  }
  return {};
}

std::vector<RunWarning> evaluation_warnings(Database& database, const RunRecord& run) {
  std::vector<RunWarning> warnings;
  const auto own = ResultStore(database).own_evaluations(run.id);
  const EvaluationRecord* doubted = nullptr;  // They share their samples: saying it once is enough.
  for (const auto& [kind, evaluation] : own) {
    const auto [num_true, num_named] = classes_in(evaluation.confusion);
    const auto count = std::to_string(evaluation.num_samples());
    if (num_true == 1) {
      warnings.push_back({kOneTrueClass, {kind, count}});
    } else if (num_named == 1) {
      warnings.push_back({kOneGuess, {kind, count}});
    }
    if (!doubted && evaluation.doubts != Doubts{}) doubted = &evaluation;
  }
  if (doubted) add_doubts(*doubted, warnings);
  if (own.contains("knn")) {
    if (auto warning = of_neighbours(database, run)) warnings.push_back(std::move(*warning));
  }
  return warnings;
}

std::vector<RunWarning> run_warnings(Database& database, const RunRecord& run) {
  auto warnings = reading_warnings(database, run);
  for (auto& warning : evaluation_warnings(database, run)) warnings.push_back(std::move(warning));
  return warnings;
}

std::vector<std::string> run_warning_texts() {
  return {kNoNumbers, kHasCollapsed,  kAboveChance, kLossAtChance, kOneTrueClass,
          kOneGuess,  kFewNeighbours, kCopies,      kUnseen};
}

}  // namespace pretext
