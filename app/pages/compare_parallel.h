#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace pretext {

class ParallelPlot;

/// What settings do to a measure: parallel coordinates of those that differ, with the measure last.
class CompareParallel final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareParallel(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 Q_SIGNALS:
  /// The runs inside all brushes are to be compared alone.
  void wanted(const std::vector<std::int64_t>& runs);

 private:
  void draw();
  void sayWhatIsBrushed();

  RunReader reader_;
  QComboBox* measure_;  // All owned by this widget.
  QLabel* brushed_;
  QPushButton* keep_;
  ParallelPlot* plot_;
  ComparedRuns compared_;
  std::vector<RunRow> rows_;  // Of the compared runs.
};

}  // namespace pretext
