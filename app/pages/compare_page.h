#pragma once

#include "app/workspace.h"

#include <QWidget>

class QComboBox;
class QListWidget;
class QTableWidget;

namespace pretext {

class MetricChart;

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
  std::vector<std::int64_t> chosen() const;

  Workspace& workspace_;
  QListWidget* runs_;  // All owned by this widget.
  QComboBox* metric_;
  MetricChart* chart_;
  QTableWidget* differences_;
};

}  // namespace pretext
