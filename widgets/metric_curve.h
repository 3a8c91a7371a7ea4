#pragma once

#include "core/store/metric_bucket.h"
#include "core/store/metric_sample.h"
#include "widgets/curve_axis.h"
#include "widgets/plot_export.h"

#include <QColor>
#include <QString>

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

class QCPGraph;
class QCustomPlot;

namespace pretext {

/// A curve that is too long to be drawn reading by reading.
struct CurveOverview {
  std::vector<MetricBucket> buckets;
  /// Its readings from one step to another, ascending.
  std::function<std::vector<MetricSample>(std::int64_t first, std::int64_t last)> readings;
};

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
  /// In place of all readings of before: of each bucket its extremes, until `showDetail` is asked
  /// for more. Readings of later steps can be appended.
  void setOverview(CurveOverview overview);
  /// Draws every reading between two places where these are not too many for a screen, and the
  /// overview elsewhere. Returns whether anything changed.
  bool showDetail(double firstPlace, double lastPlace);
  /// Every reading, whatever is drawn, and the band's edges.
  std::vector<PlotSeries> values() const;
  /// A band about its readings, e.g. a deviation to either side; in place of one of before.
  void setBand(std::span<const MetricSample> low, std::span<const MetricSample> high);
  /// Weight of all earlier readings in an exponential moving average, [0, 1), its start corrected
  /// as TensorBoard does it; 0 for none. Few readings, such as those of validation, stay as they
  /// are.
  void setSmoothing(double weight);

  /// Of the newest reading; -1 before the first.
  std::int64_t lastStep() const { return lastStep_; }
  /// As they were read, or their overview.
  QCPGraph* readings() const { return readings_; }
  /// What stands in front: the smoothed line, or the readings.
  const QCPGraph* front() const { return isSmoothed() ? smoothed_ : readings_; }

 private:
  bool isSmoothed() const;
  /// By a reading, or by the mean of several.
  void smooth(double place, double value, std::int64_t numReadings = 1);
  /// Those of the buckets [first, end) in detail; those that are there already are not read again.
  void readDetail(std::size_t first, std::size_t end);
  /// Draws the overview, with the readings in place of the buckets that they belong to.
  void drawOverview();
  void drawBucket(const MetricBucket& bucket);
  void drawReading(const MetricSample& sample);
  double placeOf(const MetricBucket& bucket) const;
  void applyPens();

  QCustomPlot& plot_;
  QColor color_;
  CurveScale scale_;
  std::int64_t lastStep_ = -1;
  CurveOverview overview_;  // Without buckets where every reading is drawn.
  std::vector<MetricSample>
      detail_;  // Drawn in place of the buckets from firstDetailed_ to endDetailed_.
  std::size_t firstDetailed_ = 0;
  std::size_t endDetailed_ = 0;
  int numOverviewPoints_ = 0;  // In readings_, before those of later steps.
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
