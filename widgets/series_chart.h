#pragma once

#include "core/corpus/series_overview.h"
#include "widgets/plot_export.h"
#include "widgets/series_row_model.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPMarginGroup;
class QCustomPlot;
class QLabel;
class QStackedWidget;
class QTableView;
class QTimer;

namespace pretext {

/// The variables of a series, one below the other over the same time.
///
/// Dragging zooms to a part of the time, with Shift it moves, Ctrl and the wheel zoom; a double
/// click shows all. However long the series, only what a screen can show of it is drawn: the
/// lowest and the highest of each part, so that no spike is lost; nothing is a gap. A switch shows
/// the rows as a table.
class SeriesChart final : public QWidget {
  Q_OBJECT

 public:
  explicit SeriesChart(QWidget* parent = nullptr);

  /// All of its time; of its variables those that were drawn of one with the same, else as many as
  /// there is room for. A long series is read in the background.
  void show(ShownSeries series);
  /// Numbers of the variables that are drawn.
  const std::vector<int>& drawn() const { return drawn_; }
  void draw(std::vector<int> variables);
  /// First and last time in view.
  std::pair<double, double> shownTimes() const;

 Q_SIGNALS:
  /// The pointer is nearest to this row of the series; -1: it is not over the chart.
  void pointed(qint64 row);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// A variable's part of the plot.
  struct Lane {
    QCPAxisRect* rect;  // All owned by the plot.
    QCPGraph* graph;
    QCPGraph* alone;  // Points between gaps, which no line shows.
    QCPItemText* title;
    QCPItemStraightLine* crosshair;
  };

  QWidget* makeTop();
  void setUpMouse();
  void layOut();
  Lane makeLane(int variable, bool isLast);
  void setOverview(std::shared_ptr<const SeriesOverview> overview);
  void showAll();
  void followRange(double from, double to);
  void drawWhatIsSeen();
  std::vector<PlotSeries> values() const;
  void applyColors();
  void pointAt(double place);
  void explainMouse();
  void showRows();
  int numColumns() const;
  /// A time as the axis has it: dates in seconds.
  double placeOf(double time) const { return series_.hasDates ? time / 1000.0 : time; }

  ShownSeries series_;
  std::shared_ptr<const SeriesOverview> overview_;  // Null until the series is read.
  int token_ = 0;                                   // Of the newest reading.
  std::vector<int> drawn_;
  std::vector<Lane> lanes_;
  double from_ = 0.0, to_ = 1.0;  // In view, as the axis has it.
  bool isFollowing_ = false;
  QCustomPlot* plot_;  // All owned by this widget.
  QCPMarginGroup* margins_;
  QLabel* readout_;  // What the mouse does, or the time where it is.
  QStackedWidget* stack_;
  SeriesRowModel* rows_;
  QTableView* table_;
  QTimer* drawing_;
};

}  // namespace pretext
