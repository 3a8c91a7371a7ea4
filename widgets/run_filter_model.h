#pragma once

#include "core/store/run_filter.h"

#include <QSortFilterProxyModel>

namespace pretext {

/// The runs of a `RunTreeModel` that a filter holds for, sorted; groups that have one of them stay.
/// What has no value in the sorted column stands behind what has one, in either order.
class RunFilterModel final : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit RunFilterModel(QObject* parent = nullptr);
  void setFilter(RunFilter filter);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
  RunFilter filter_;
};

}  // namespace pretext
