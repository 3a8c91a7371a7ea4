#pragma once

#include "core/spec/experiment.h"
#include "core/store/run_row.h"

#include <QColor>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace pretext {

/// Tag of runs that others are held against.
constexpr const char* kBaselineTag = "baseline";

/// The runs that are ticked on the Compare page, with what its parts show of them.
struct ComparedRuns {
  std::vector<RunRecord> runs;          ///< Baselines first.
  std::vector<Experiment> experiments;  ///< Their settings.
  std::map<std::int64_t, int> colours;  ///< By run, for `categoryColor`.
  std::vector<std::string> differing;   ///< Keys of the settings that differ, but the name.
  bool isOverSeeds = false;             ///< Whether runs that differ in seeds alone are one.

  /// Places in `runs` of those that are alike but for their seeds, their names and where they ran,
  /// group by group.
  std::vector<std::vector<std::size_t>> overSeeds() const;
  /// The same, or each run alone, as is wanted by `isOverSeeds`.
  std::vector<std::vector<std::size_t>> groups() const;
};

bool isBaseline(const RunRecord& run);

/// Rows of the runs with these columns, in the order of the runs.
std::vector<RunRow> rowsOf(RunReader& reader, const ComparedRuns& compared,
                           const std::vector<std::string>& columns);

/// Whether the values of a column spread so far that they are drawn by powers.
bool isDrawnByPowers(const std::string& column, double lowest, double highest);

/// Columns of what a run came to: accuracies, losses, time.
std::vector<std::string> measureColumns();

}  // namespace pretext
