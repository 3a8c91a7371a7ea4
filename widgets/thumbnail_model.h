#pragma once

#include "core/corpus/corpus.h"

#include <QAbstractListModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace pretext {

/// Samples of a corpus as thumbnails, made when they are looked at. Rows are looked up by position,
/// so that a filtered list never shows another sample's picture.
class ThumbnailModel final : public QAbstractListModel {
  Q_OBJECT

 public:
  static constexpr int kThumbnailSize = 72;  ///< Device-independent pixels.
  static constexpr int kPositionRole = Qt::UserRole;

  explicit ThumbnailModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

  /// Shows `positions` of `corpus`, each over its caption where there are any; null shows nothing.
  void show(std::shared_ptr<const Corpus> corpus, std::vector<std::int64_t> positions,
            QStringList captions = {});

  /// Of the samples that are shown; what is selected stays.
  void setCaptions(QStringList captions);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::shared_ptr<const Corpus> corpus_;
  std::vector<std::int64_t> positions_;
  QStringList captions_;
};

/// "3 · sneaker · train#17": what a sample is, in a line.
QString describeSample(const Corpus& corpus, std::int64_t position);

}  // namespace pretext
