#pragma once

#include <QSortFilterProxyModel>

namespace pretext {

/// The runs of a `RunTreeModel`, sorted. What has no value in the sorted column stands behind what
/// has one, in either order.
class RunSortModel final : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  explicit RunSortModel(QObject* parent = nullptr);

 protected:
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace pretext
