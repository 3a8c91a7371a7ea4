#include "widgets/thumbnail_model.h"

#include "core/corpus/class_name.h"
#include "widgets/image_conversion.h"

#include <QPixmap>

namespace pretext {

void ThumbnailModel::show(std::shared_ptr<const Corpus> corpus, std::vector<std::int64_t> positions,
                          QStringList captions) {
  beginResetModel();
  corpus_ = std::move(corpus);
  positions_ = std::move(positions);
  captions_ = std::move(captions);
  endResetModel();
}

void ThumbnailModel::setCaptions(QStringList captions) {
  captions_ = std::move(captions);
  if (!positions_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int ThumbnailModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(positions_.size());
}

QVariant ThumbnailModel::data(const QModelIndex& index, int role) const {
  const auto position = positions_[static_cast<std::size_t>(index.row())];
  if (role == kPositionRole) return QVariant::fromValue<qint64>(position);
  if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
    return describeSample(*corpus_, position);
  }
  if (role == Qt::DisplayRole) return captions_.value(index.row());
  constexpr int kCaptionHeight = 18;
  if (role == Qt::SizeHintRole)
    return QSize(kThumbnailSize + 8,
                 kThumbnailSize + 8 + (captions_.isEmpty() ? 0 : kCaptionHeight));
  if (role != Qt::DecorationRole) return {};
  const auto image = toImage(corpus_->images().image(position), corpus_->value_window());
  const bool small = image.width() < kThumbnailSize;
  return QPixmap::fromImage(
      image.scaled(kThumbnailSize, kThumbnailSize, Qt::KeepAspectRatio,
                   small ? Qt::FastTransformation : Qt::SmoothTransformation));
}

QString describeSample(const Corpus& corpus, std::int64_t position) {
  const auto source = QString::fromStdString(corpus.source(position));
  const auto name = QString::fromStdString(class_name(corpus, position));
  return name.isEmpty() ? source : source + QStringLiteral(" · ") + name;
}

}  // namespace pretext
