#pragma once

#include "app/workspace.h"
#include "core/base/clock.h"
#include "widgets/curve_axis.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

class MetricChart;

/// What is drawn as one curve; an attempt may have taken steps back.
struct ComparedCurve {
  std::vector<std::int64_t> runs;    ///< More than one: their mean.
  std::vector<std::int64_t> starts;  ///< Of each, ms: clocks are read from there.
  QString name;
  std::int64_t num_attempts;
  int colour;
  CurveScale scale;

  bool operator==(const ComparedCurve&) const = default;
};

/// Keeps a chart of one metric at what the store holds of several runs, as curves or as means with
/// their deviation.
class ComparedChart {
 public:
  ComparedChart(Workspace& workspace, MetricChart& chart) : workspace_(workspace), chart_(chart) {}

  MetricChart& chart() const { return chart_; }
  /// Draws again where curves, metric or axis are others, and else what was read since.
  void draw(const std::vector<ComparedCurve>& curves, const std::string& key, CurveAxis axis);

 private:
  /// Anew, when any of its runs has read on: a mean moves wherever one of them is behind.
  void drawMean(std::size_t curve);

  Workspace& workspace_;
  MetricChart& chart_;
  std::vector<ComparedCurve> curves_;                  // In the chart, of the metric `key_`.
  std::vector<std::vector<std::int64_t>> drawnSteps_;  // Of each mean: the last one of each run.
  Stopwatch sinceMeans_;
  double meansTook_ = 0.0;  // Seconds.
  std::string key_;
};

}  // namespace pretext
