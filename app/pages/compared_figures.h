#pragma once

#include "app/pages/compared_runs.h"
#include "core/store/result_store.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// An accuracy of one run, or of several that are alike but for their seeds.
struct ComparedFigure {
  double accuracy = 0.0;   ///< Of several runs their mean.
  double deviation = 0.0;  ///< Over the seeds, their standard deviation; 0 for one run.
  std::size_t num_runs = 0;
  EvaluationRecord one;  ///< Of the first run.

  /// "81.2 % ± 2.4" of one run, half of the interval of its samples; "81.2 % (s.d. 0.8)" of
  /// several.
  QString text() const;
  /// Half of the range in which it is likely to lie: of the samples, or one deviation over seeds.
  double uncertainty() const;
};

/// Figures by their kind, as in `ResultStore::own_evaluations`.
using ComparedFigures = std::map<std::string, ComparedFigure>;

/// Of runs that are shown as one.
ComparedFigures figuresOf(
    const std::vector<std::map<std::string, EvaluationRecord>>& accuracies_of_runs);

/// Which of the runs, or of the groups that are shown as one, is the best, whether the next can be
/// told from it, and in what the two differ: rich text, empty where fewer than two have an accuracy
/// in common. `figures`: of each of `groups`, places in `compared.runs`.
QString verdictOn(const ComparedRuns& compared, const std::vector<std::vector<std::size_t>>& groups,
                  const std::vector<ComparedFigures>& figures);

}  // namespace pretext
