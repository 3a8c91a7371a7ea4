#pragma once

#include "core/corpus/corpus.h"
#include "widgets/embedding_scatter.h"

#include <QAbstractTableModel>

#include <memory>
#include <span>
#include <vector>

namespace pretext {

/// The points of an embedding scatter as rows of (sample, x, y): the scatter for those who do not
/// see it.
class EmbeddingTableModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  /// Shows `points` of `corpus`; null shows nothing.
  void show(std::shared_ptr<const Corpus> corpus, std::vector<EmbeddingScatter::Point> points);
  /// Moves the points, x and y of each in turn.
  void setPlaces(std::span<const float> places);
  /// Position of a row's sample in its corpus.
  std::int64_t position(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  enum Column { kSample, kX, kY, kNumColumns };

  std::shared_ptr<const Corpus> corpus_;
  std::vector<EmbeddingScatter::Point> points_;
};

}  // namespace pretext
