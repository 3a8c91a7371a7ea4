#pragma once

#include "app/workspace.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QPushButton;
class QTableWidget;

namespace pretext {

struct SweepSummary;

/// What a sweep has shown so far: its combinations, the best first, with mean and deviation over
/// their seeds.
class SweepView final : public QWidget {
  Q_OBJECT

 public:
  explicit SweepView(Workspace& workspace, QWidget* parent = nullptr);
  /// Throws UserError when there is no such sweep.
  void showSweep(std::int64_t sweep);

 Q_SIGNALS:
  void stopRequested(qint64 sweep);
  void deleteRequested(qint64 sweep);
  void compareRequested(const std::vector<std::int64_t>& runs);
  /// A combination was double-clicked: the first of its runs.
  void runActivated(qint64 run);

 private:
  void fillTable(const SweepSummary& summary);

  Workspace& workspace_;
  std::int64_t sweep_ = -1;
  QLabel* heading_;  // All owned by this widget.
  QTableWidget* table_;
  QPushButton* compare_;
  QPushButton* stop_;
  QPushButton* delete_;
};

}  // namespace pretext
