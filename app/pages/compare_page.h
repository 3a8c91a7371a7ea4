#pragma once

#include "app/workspace.h"

#include <QWidget>

class QComboBox;
class QListWidget;
class QTableWidget;

namespace pretext {

class MetricChart;
struct RunRecord;

/// Compare: the chosen runs' curves of one metric in one chart, and the settings that differ.
class ComparePage final : public QWidget {
  Q_OBJECT

 public:
  explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();
  void refreshRuns();
  void compare();
  void refreshMetrics(const std::vector<std::int64_t>& runs);
  void drawCurves(const std::vector<RunRecord>& runs);
  void showDifferences(const std::vector<RunRecord>& runs);
  std::vector<std::int64_t> chosen() const;

  Workspace& workspace_;
  QListWidget* runs_;  // All owned by this widget.
  QComboBox* metric_;
  MetricChart* chart_;
  QTableWidget* differences_;
};

}  // namespace pretext
