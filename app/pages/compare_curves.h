#pragma once

#include "app/pages/compared_chart.h"
#include "app/pages/compared_runs.h"
#include "app/workspace.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QStackedWidget;

namespace pretext {

class SmoothingSlider;

/// The compared runs' curves: of one metric in a large chart, or of each in one of its own; as a
/// mean with its deviation where runs are alike but for their seeds.
class CompareCurves final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareCurves(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 Q_SIGNALS:
  /// Whether runs that are alike but for their seeds are wanted as one.
  void averaged(bool isOverSeeds);

 private:
  void refreshMetrics();
  std::vector<ComparedCurve> wantedCurves() const;
  /// Says so where a loss is on show and those of the runs are losses of different tasks.
  void warnOfLosses(const std::string& key);
  void draw();
  /// One of the grid, made when it is first wanted.
  ComparedChart& chartOf(const std::string& key);

  Workspace& workspace_;
  QComboBox* metric_;  // All owned by this widget.
  QComboBox* axis_;
  QCheckBox* overSeeds_;
  SmoothingSlider* smoothing_;
  QLabel* warning_;
  QStackedWidget* sheets_;  // The chart of one metric, the grid of all.
  QGridLayout* grid_;
  ComparedRuns compared_;
  ComparedChart one_;
  bool hasChosen_ = false;                    // The metric, by hand.
  std::map<std::string, ComparedChart> all_;  // By metric.
};

}  // namespace pretext
