#pragma once

#include "core/store/run_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pretext {

/// A row of `sweeps`.
struct SweepRecord {
  std::int64_t id = 0;
  std::string name;
  std::vector<std::string> varied;  ///< Keys of the settings that differ between its runs.
  std::int64_t created_ms = 0;
  std::int64_t num_runs = 0;      ///< Not in the bin.
  std::int64_t num_finished = 0;  ///< Of those.
};

/// The runs of a sweep with the same settings, but for their seeds.
struct SweepGroup {
  std::vector<FieldValue> values;  ///< Of `SweepSummary::keys`.
  std::vector<std::int64_t> runs;  ///< Ascending.
  std::int64_t num_measured = 0;   ///< Those that are finished and have a figure.
  double mean = 0.0;               ///< Of their figures; 0 without any.
  double deviation = 0.0;          ///< Sample standard deviation; 0 for fewer than two.
};

/// What the values of one setting came to, averaged over the other settings.
struct SettingEffect {
  std::string key;
  std::vector<std::pair<FieldValue, double>> means;  ///< Best first.
};

/// What a sweep has shown so far.
struct SweepSummary {
  SweepRecord sweep;
  std::vector<std::string> keys;  ///< What varies but for the seed.
  /// What the groups are held against each other by: a kind of evaluation ("linear", "knn",
  /// "finetune", "probe"), for its accuracy, or else the key of a loss. Empty before the first
  /// figure.
  std::string measure;
  bool is_loss = false;  ///< Lower is better.
  /// Settings that change what the loss means, so that no group is the best by it; empty for none.
  std::vector<std::string> incomparable;
  std::vector<SweepGroup> groups;  ///< Best first; as they were asked for where none is.

  /// Whether the first of the groups is the best.
  bool has_best() const {
    return incomparable.empty() && !groups.empty() && groups.front().num_measured > 0;
  }
  /// How many groups after the best are no further from it than the larger of both deviations over
  /// seeds; of groups without several seeds nothing is known.
  std::size_t num_ties() const;
  /// Of each setting whose values stand in equally many groups with a figure, two or more, as in a
  /// whole grid: the mean over these. Empty without a best.
  std::vector<SettingEffect> effects() const;
};

/// "81.2 % (s.d. 1.4 %)": a group's mean and deviation over its seeds, without the latter for one;
/// "–" before the first figure.
std::string figure_text(const SweepSummary& summary, const SweepGroup& group);

/// Whether losses of runs with that objective that differ in setting `key` are losses of different
/// tasks, so that the lower is not the better.
bool changes_task(const std::string& key, const std::string& objective);

/// Sweeps: which runs belong together, and which of them is the best.
class SweepStore {
 public:
  explicit SweepStore(Database& database) : database_(database) {}

  /// Those with a run that is not in the bin, newest first.
  std::vector<SweepRecord> list();
  /// Throws UserError when there is none.
  SweepRecord require(std::int64_t id);
  SweepSummary summarize(std::int64_t id);

  /// Inside the caller's transaction.
  std::int64_t insert(const std::string& name, const std::vector<std::string>& varied);

 private:
  Database& database_;
};

}  // namespace pretext
