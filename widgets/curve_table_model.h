#pragma once

#include "widgets/curve_axis.h"

#include <QAbstractTableModel>

#include <vector>

class QCPGraph;

namespace pretext {

/// The samples of a chart's curves as rows of (run, step, value), one curve after the other. Reads
/// them from the curves themselves, so that no sample is kept twice.
class CurveTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  /// Shows what `curves`, drawn over `axis`, hold now; to be called again when they have changed.
  void show(std::vector<QCPGraph*> curves, CurveAxis axis);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  enum Column { kRun, kPlace, kValue, kNumColumns };

  std::vector<QCPGraph*> curves_;  // Owned by the plot.
  CurveAxis axis_ = CurveAxis::kStep;
  std::vector<int> firstRows_;  // Of each curve, then the number of rows.
};

}  // namespace pretext
