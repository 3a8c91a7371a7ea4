#include "widgets/curve_table_model.h"

#include <QLocale>
#include <qcustomplot.h>

#include <algorithm>

namespace pretext {

void CurveTableModel::show(std::vector<QCPGraph*> curves, CurveAxis axis) {
  beginResetModel();
  axis_ = axis;
  curves_ = std::move(curves);
  firstRows_ = {0};
  for (const auto* curve : curves_) firstRows_.push_back(firstRows_.back() + curve->dataCount());
  endResetModel();
}

int CurveTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || firstRows_.empty() ? 0 : firstRows_.back();
}

int CurveTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kNumColumns;
}

QVariant CurveTableModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::TextAlignmentRole)
    return int(index.column() == kRun ? Qt::AlignLeft | Qt::AlignVCenter
                                      : Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const auto after = std::ranges::upper_bound(firstRows_, index.row());
  const auto curve = static_cast<std::size_t>(after - firstRows_.begin()) - 1;
  const auto* graph = curves_[curve];
  const auto& sample = *graph->data()->at(index.row() - firstRows_[curve]);
  switch (index.column()) {
    case kRun:
      return graph->name();
    case kPlace:
      return axis_ == CurveAxis::kStep ? QLocale().toString(std::llround(sample.key))
                                       : placeText(axis_, sample.key);
    default:
      return QLocale().toString(sample.value, 'g', 6);
  }
}

QVariant CurveTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  switch (section) {
    case kRun:
      return tr("Run");
    case kPlace:
      return axis_ == CurveAxis::kStep ? tr("Step") : tr("Place");
    default:
      return tr("Value");
  }
}

}  // namespace pretext
