#include "widgets/run_sort_model.h"

#include "widgets/run_tree_model.h"

namespace pretext {

RunSortModel::RunSortModel(QObject* parent) : QSortFilterProxyModel(parent) {
  setSortRole(RunTreeModel::kSortRole);
}

bool RunSortModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const auto* runs = static_cast<const RunTreeModel*>(sourceModel());
  const auto one = runs->number(left), other = runs->number(right);
  if (one && other) return *one < *other;
  const auto a = left.data(sortRole()), b = right.data(sortRole());
  if (a.isValid() != b.isValid())
    return sortOrder() == Qt::AscendingOrder ? a.isValid() : b.isValid();
  if (one.has_value() != other.has_value() || !a.isValid()) return other.has_value();
  return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
}

}  // namespace pretext
