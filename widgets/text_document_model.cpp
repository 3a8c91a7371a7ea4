#include "widgets/text_document_model.h"

#include "core/base/error.h"
#include "widgets/thumbnail_model.h"

namespace pretext {
namespace {

constexpr int kShownCharacters = 160;

}  // namespace

void TextDocumentModel::show(std::shared_ptr<const Corpus> corpus,
                             std::vector<std::int64_t> positions, QStringList captions) {
  beginResetModel();
  corpus_ = std::move(corpus);
  positions_ = std::move(positions);
  captions_ = std::move(captions);
  endResetModel();
}

void TextDocumentModel::setCaptions(QStringList captions) {
  captions_ = std::move(captions);
  if (!positions_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int TextDocumentModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(positions_.size());
}

QVariant TextDocumentModel::data(const QModelIndex& index, int role) const {
  const auto position = positions_[static_cast<std::size_t>(index.row())];
  if (role == kPositionRole) return QVariant::fromValue<qint64>(position);
  if (role == Qt::ToolTipRole) return describeSample(*corpus_, position);
  if (role != Qt::DisplayRole) return {};
  try {
    const auto text = QString::fromStdString(corpus_->text().documents().text(position));
    const auto begin = text.left(kShownCharacters).simplified();
    const auto caption = captions_.value(index.row());
    return caption.isEmpty() ? begin : QStringLiteral("%1 · %2").arg(caption, begin);
  } catch (const UserError& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace pretext
