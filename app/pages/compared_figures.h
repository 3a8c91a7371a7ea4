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
  /// Half of the range in which it lies with 95 % confidence, by its samples and, of several runs,
  /// by twice the standard error over seeds, whichever is more; none where neither is known.
  std::optional<double> uncertainty() const;
  /// Only then one can be held against the other.
  bool isOfSameSamples(const ComparedFigure& other) const;
};

/// Figures by their kind, as in `ResultStore::own_evaluations`.
using ComparedFigures = std::map<std::string, ComparedFigure>;

/// Of runs that are shown as one.
ComparedFigures figuresOf(
    const std::vector<std::map<std::string, EvaluationRecord>>& accuraciesOfRuns);

/// What a verdict is on: of each group its place in `compared.runs`, its figures, and those without
/// an encoder (raw pixels, TF-IDF) under the same protocols.
struct ComparedGroups {
  std::vector<std::vector<std::size_t>> runs;
  std::vector<ComparedFigures> figures, raw;
};

/// Which of the runs, or of the groups that are shown as one, is the best, whether the next can be
/// told from it, in what the two differ, which are clearly behind, and whether it beats what needs
/// no encoder: rich text, empty where fewer than two have an accuracy of the same samples.
QString verdictOn(const ComparedRuns& compared, const ComparedGroups& groups);

}  // namespace pretext
