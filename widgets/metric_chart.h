#pragma once

#include "core/objective/objective_kind.h"
#include "core/store/metric_sample.h"
#include "widgets/metric_curve.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <span>
#include <utility>
#include <vector>

class QCPItemStraightLine;
class QCPItemText;
class QCheckBox;
class QCustomPlot;
class QLabel;
class QStackedWidget;
class QTimer;

namespace pretext {

class CurveTableModel;

/// Live line chart of one metric over steps, epochs, samples or time, one curve a run.
///
/// Draws what it is handed and knows nothing of training. Marks are horizontal lines that say what
/// a value means, e.g. chance. Dragging zooms to a rectangle, with Shift it moves, the wheel with
/// Ctrl zooms along the steps (alone it scrolls the page): from then on new samples leave the view
/// where it is, until a double click shows all. A switch shows the same samples as a table.
class MetricChart final : public QWidget {
  Q_OBJECT

 public:
  /// `title` names the metric, with its unit.
  /// `meaning`: what it shows, for whoever points at the title.
  explicit MetricChart(const QString& title, const QString& meaning = {},
                       QWidget* parent = nullptr);

  /// What all of its curves are drawn over; before the first of them.
  void setAxis(CurveAxis axis);

  /// Returns the number of the new curve.
  int addCurve(const QString& name, const QColor& color, const CurveScale& scale = {});
  /// Adds samples in ascending step order and schedules one repaint.
  void appendSamples(int curve, std::span<const MetricSample> samples);
  /// Puts other samples in place of a curve's.
  void setSamples(int curve, std::span<const MetricSample> samples);
  /// `MetricCurve::setOverview`; the chart asks for the readings that come into view.
  void setOverview(int curve, CurveOverview overview);
  /// `MetricCurve::setBand`.
  void setBand(int curve, std::span<const MetricSample> low, std::span<const MetricSample> high);
  void setMarks(const std::vector<Mark>& marks);

  std::int64_t lastStep(int curve) const;
  bool hasLogScale() const;
  /// First and last place in view.
  std::pair<double, double> shownSteps() const;

 public Q_SLOTS:
  void setLogScale(bool enabled);
  /// Of the places; those at or before 0, such as the first moment, are left out.
  void setLogPlaces(bool enabled);
  /// Of all curves, those added later too: `MetricCurve::setSmoothing`.
  void setSmoothing(double weight);
  /// Draws the crosshair at a place of the axis and tells the values there; NaN takes it away.
  void pointAt(double place);
  void clear();

 Q_SIGNALS:
  /// The pointer is over this place; NaN: over none. Charts of the same runs can follow.
  void pointed(double place);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void setUpMouse();
  void applyColors();
  void showAll();
  /// Leaves room about the values in view.
  void showWithRoom();
  /// After new data: everything, unless a person has chosen what is in view.
  void showNew();
  void refreshTable();
  void showDetail();
  std::vector<PlotSeries> values() const;
  void showValuesAt(double place);

  QCustomPlot* plot_;               // Owned by this widget, as its child.
  QLabel* readout_;                 // Owned by this widget.
  QCheckBox* logScale_;             // Owned by this widget.
  QStackedWidget* stack_;           // Owned by this widget: the plot, and its values as a table.
  CurveTableModel* table_;          // Owned by this widget.
  QTimer* detailTimer_;             // Owned by this widget.
  QCPItemStraightLine* crosshair_;  // Owned by plot_.
  std::vector<MetricCurve> curves_;
  CurveAxis axis_ = CurveAxis::kStep;
  double smoothing_ = 0.0;
  std::vector<QCPItemStraightLine*> markLines_;  // Owned by plot_.
  std::vector<QCPItemText*> markTexts_;          // Owned by plot_.
  std::vector<Mark> marks_;
  bool isZoomed_ = false;   // By a person.
  bool isFitting_ = false;  // The chart itself changes what is in view.
};

}  // namespace pretext
