#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"

#include <QWidget>

class QComboBox;
class QCustomPlot;

namespace pretext {

/// Any measure of the compared runs against any of their settings, or against another measure.
class CompareScatter final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareScatter(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void fill(QComboBox& box, const std::vector<std::string>& columns);
  void draw();

  RunReader reader_;
  QComboBox* across_;  // All owned by this widget.
  QComboBox* up_;
  QCustomPlot* plot_;
  ComparedRuns compared_;
  std::vector<RunRow> rows_;  // Of the compared runs.
};

}  // namespace pretext
