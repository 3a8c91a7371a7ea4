#pragma once

#include "core/store/metric_sample.h"
#include "widgets/curve_axis.h"

#include <QColor>
#include <QString>

#include <span>

class QCPGraph;
class QCustomPlot;

namespace pretext {

/// One run's line in a chart: its readings, with a smoothed line before them where that is asked
/// for. A reading that is not finite is a gap in the line and a cross at the chart's lower edge.
class MetricCurve {
 public:
  /// Its graphs are owned by `plot`, whose second y-axis, not shown, has the range [0, 1].
  MetricCurve(QCustomPlot& plot, const QString& name, const QColor& color,
              const CurveScale& scale = {});

  /// Forgets all readings.
  void clear();
  /// In ascending step order.
  void append(std::span<const MetricSample> samples);
  /// A band about its readings, e.g. a deviation to either side; in place of one of before.
  void setBand(std::span<const MetricSample> low, std::span<const MetricSample> high);
  /// Weight of all earlier readings in an exponential moving average, [0, 1), its start corrected
  /// as TensorBoard does it; 0 for none. Few readings, such as those of validation, stay as they
  /// are.
  void setSmoothing(double weight);

  /// Of the newest reading; -1 before the first.
  std::int64_t lastStep() const { return lastStep_; }
  /// As they were read.
  QCPGraph* readings() const { return readings_; }
  /// What stands in front: the smoothed line, or the readings.
  const QCPGraph* front() const { return isSmoothed() ? smoothed_ : readings_; }

 private:
  bool isSmoothed() const;
  void smooth(double place, double value);
  void applyPens();

  QCustomPlot& plot_;
  QColor color_;
  CurveScale scale_;
  std::int64_t lastStep_ = -1;
  QCPGraph* readings_;
  QCPGraph* smoothed_;
  QCPGraph* crosses_;
  QCPGraph* low_ = nullptr;  // Of the band; null without one.
  QCPGraph* high_ = nullptr;
  double smoothing_ = 0.0;
  double sum_ = 0.0;     // Of weighted readings.
  double weight_ = 0.0;  // Of the readings in the sum.
};

}  // namespace pretext
