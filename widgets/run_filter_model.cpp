#include "widgets/run_filter_model.h"

#include "widgets/run_tree_model.h"

namespace pretext {

RunFilterModel::RunFilterModel(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(RunTreeModel::kSortRole);
  setRecursiveFilteringEnabled(true);
}

void RunFilterModel::setFilter(RunFilter filter) {
  filter_ = std::move(filter);
  invalidateFilter();
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const auto* runs = static_cast<const RunTreeModel*>(sourceModel());
  const auto* run = runs->row(runs->index(row, 0, parent));
  return run && filter_.matches(*run);
}

bool RunFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const auto one = left.data(sortRole()), other = right.data(sortRole());
  if (one.isValid() != other.isValid())
    return sortOrder() == Qt::AscendingOrder ? one.isValid() : other.isValid();
  if (one.typeId() == QMetaType::Double && other.typeId() == QMetaType::Double)
    return one.toDouble() < other.toDouble();
  return QString::localeAwareCompare(one.toString(), other.toString()) < 0;
}

}  // namespace pretext
