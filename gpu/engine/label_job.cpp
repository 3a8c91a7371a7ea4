#include "gpu/engine/label_job.h"

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/labelling_store.h"
#include "core/store/run_store.h"
#include "gpu/engine/evaluation_job.h"
#include "gpu/engine/loaded_run.h"
#include "gpu/engine/patience.h"
#include "gpu/engine/tensor_values.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/few_labels.h"

#include <torch/torch.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

/// The features that are looked at, a row a position.
struct Rows {
  std::vector<std::int64_t> positions;
  torch::Tensor features;
};

/// Those that the scatter shows, as stored, and behind them those of labelled samples besides.
Rows rows_to_look_at(Database& database, const LoadedRun& loaded,
                     const std::map<std::int64_t, std::string>& labels, const std::string& device) {
  const auto stored = newest_embeddings(database, loaded.run.id, device);
  std::vector<std::int64_t> others;
  for (const auto& [position, label] : labels) {
    if (!std::ranges::binary_search(stored.positions, position)) others.push_back(position);
  }
  Rows rows{stored.positions, torch::tensor(stored.rows).view({-1, stored.dimensions})};
  if (others.empty()) return rows;
  rows.positions.insert(rows.positions.end(), others.begin(), others.end());
  rows.features = torch::cat(
      {rows.features, extract_features(*loaded.encoder, loaded.device, *loaded.reader, others)});
  return rows;
}

std::vector<std::string> classes_in(const std::map<std::int64_t, std::string>& labels) {
  std::vector<std::string> classes;
  classes.reserve(labels.size());
  for (const auto& [position, label] : labels) classes.push_back(label);
  std::ranges::sort(classes);
  const auto repeated = std::ranges::unique(classes);
  classes.erase(repeated.begin(), repeated.end());
  return classes;
}

}  // namespace

std::string probe_labels(Database& database, std::int64_t run, std::int64_t labelling,
                         const std::function<void(double)>& report, const std::string& device) {
  LabellingStore store(database);
  const auto record = store.get(labelling);
  LabelProbe probe;
  probe.last_act = store.last_act(labelling);
  const auto labels = store.labels(labelling);
  probe.classes = classes_in(labels);
  if (probe.classes.size() < 2)
    throw UserError("A probe tells classes apart: label samples of two at the least.");
  const auto loaded = load_run(database, run, device);
  if (record.corpus_id != loaded->run.corpus_id)
    throw UserError("The labelling \"" + record.name + "\" is of another corpus than run " +
                    std::to_string(run) + ".");
  auto rows = rows_to_look_at(database, *loaded, labels, device);
  std::vector<std::int64_t> labelled, numbers;
  for (std::size_t i = 0; i < rows.positions.size(); ++i) {
    const auto found = labels.find(rows.positions[i]);
    if (found == labels.end()) continue;
    labelled.push_back(static_cast<std::int64_t>(i));
    numbers.push_back(std::ranges::lower_bound(probe.classes, found->second) -
                      probe.classes.begin());
  }
  const auto num_classes = static_cast<std::int64_t>(probe.classes.size());
  const auto learned = probe_few_labels(rows.features, labelled, numbers, num_classes, report);
  const auto [certainty, predicted] = learned.probabilities.max(1);
  probe.step = loaded->checkpoint.step;
  probe.num_labels = static_cast<std::int64_t>(labels.size());
  probe.accuracy = learned.accuracy;
  probe.protocol =
      "logistic regression on frozen, standardised features, C = " + shortest(learned.c) +
      (learned.accuracy
           ? ", chosen and reported by " + std::to_string(learned.folds) +
                 "-fold cross-validation over " + std::to_string(labels.size()) + " labels"
           : ", too few labels of a class to cross-validate");
  probe.positions = std::move(rows.positions);
  probe.predicted = values_of<std::int32_t>(predicted);
  probe.certainty = values_of<float>(certainty);
  patiently([&] { store.add_probe(labelling, run, probe); });
  nlohmann::json result = {{"labels", probe.num_labels}, {"classes", probe.classes}};
  result["accuracy"] = probe.accuracy ? nlohmann::json(*probe.accuracy) : nlohmann::json();
  return result.dump();
}

}  // namespace pretext
