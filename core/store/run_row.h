#pragma once

#include "core/spec/experiment.h"
#include "core/store/run_store.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace pretext {

/// A run with what a table shows of it.
struct RunRow {
  RunRecord run;
  std::map<std::string, double> metrics;       ///< Latest values of those asked for, by key.
  std::shared_ptr<const Experiment> settings;  ///< Null where no setting is asked for.

  bool operator==(const RunRow&) const = default;
};

/// A column is one of `run_columns()`, the key of a metric ("val/mlm_loss") or that of a setting
/// ("training.learning_rate", "seed").
struct RunColumn {
  std::string name;  ///< As filters and preferences name it. Never renamed.
  bool is_number = false;
};
std::span<const RunColumn> run_columns();

/// The metric that a column shows; empty where it shows none.
std::string metric_of(const std::string& column);
/// Whether it shows a setting.
bool is_setting(const std::string& column);

/// Nothing, a number or a text.
using RunValue = std::variant<std::monostate, double, std::string>;

/// What a column has for a run: "done" and accuracies as shares, "time" in seconds, "created" in
/// UTC milliseconds. Nothing where the run has none, or the row was not asked for it.
RunValue value_of(const RunRow& row, const std::string& column);

/// Reads the rows of a table, again and again: settings, which never change once they are resolved,
/// are kept.
class RunReader {
 public:
  explicit RunReader(Database& database) : database_(database) {}

  struct Known {
    std::shared_ptr<const Experiment> settings;
    bool is_resolved = false;
  };
  using Settings = std::map<std::int64_t, Known>;  ///< By run.

  /// Not in the bin, newest first, with what these columns show.
  std::vector<RunRow> read(const std::vector<std::string>& columns);

  /// Those of all runs, which take a while to parse where there are thousands.
  Settings read_settings();
  /// Of another reader of the same store, so that this one need not parse them.
  void adopt(Settings settings);

 private:
  std::shared_ptr<const Experiment> settings_of(const RunRecord& run);

  Database& database_;
  Settings settings_;
};

}  // namespace pretext
