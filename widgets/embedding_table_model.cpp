#include "widgets/embedding_table_model.h"

#include "widgets/thumbnail_model.h"

#include <QLocale>

namespace pretext {

void EmbeddingTableModel::show(std::shared_ptr<const Corpus> corpus,
                               std::vector<EmbeddingScatter::Point> points) {
  beginResetModel();
  corpus_ = std::move(corpus);
  points_ = std::move(points);
  endResetModel();
}

void EmbeddingTableModel::setPlaces(std::span<const float> places) {
  if (points_.empty()) return;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    points_[i].x = places[2 * i];
    points_[i].y = places[2 * i + 1];
  }
  Q_EMIT dataChanged(index(0, kX), index(rowCount() - 1, kY), {Qt::DisplayRole});
}

std::int64_t EmbeddingTableModel::position(int row) const {
  return points_[static_cast<std::size_t>(row)].position;
}

int EmbeddingTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(points_.size());
}

int EmbeddingTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kNumColumns;
}

QVariant EmbeddingTableModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::TextAlignmentRole && index.column() != kSample)
    return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const auto& point = points_[static_cast<std::size_t>(index.row())];
  if (index.column() == kSample) return describeSample(*corpus_, point.position);
  return QLocale().toString(index.column() == kX ? point.x : point.y, 'g', 4);
}

QVariant EmbeddingTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  return section == kSample ? tr("Sample") : section == kX ? tr("x") : tr("y");
}

}  // namespace pretext
