#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"
#include "core/base/clock.h"
#include "widgets/curve_axis.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace pretext {

class MetricChart;

/// The compared runs' curves of one metric in one chart; as a mean with its deviation where runs
/// are alike but for their seeds.
class CompareCurves final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareCurves(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 private:
  /// What is drawn as one curve; an attempt may have taken steps back.
  struct Curve {
    std::vector<std::int64_t> runs;    // More than one: their mean.
    std::vector<std::int64_t> starts;  // Of each, ms: clocks are read from there.
    QString name;
    std::int64_t num_attempts;
    int colour;
    CurveScale scale;
    bool operator==(const Curve&) const = default;
  };

  void refreshMetrics();
  std::vector<Curve> wantedCurves() const;
  void draw();
  /// Anew, when any of its runs has read on: a mean moves wherever one of them is behind.
  void drawMean(std::size_t curve);

  Workspace& workspace_;
  QComboBox* metric_;  // All owned by this widget.
  QComboBox* axis_;
  QCheckBox* overSeeds_;
  MetricChart* chart_;
  ComparedRuns compared_;
  std::vector<Curve> curves_;                          // In the chart, of the metric `key_`.
  std::vector<std::vector<std::int64_t>> drawnSteps_;  // Of each mean: the last one of each run.
  Stopwatch sinceMeans_;
  double meansTook_ = 0.0;  // Seconds.
  std::string key_;
};

}  // namespace pretext
