#pragma once

#include "core/corpus/corpus.h"

#include <QAbstractListModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace pretext {

/// Documents of a text corpus as lines of a list, read when they are looked at.
class TextDocumentModel final : public QAbstractListModel {
  Q_OBJECT

 public:
  static constexpr int kPositionRole = Qt::UserRole;

  explicit TextDocumentModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

  /// Shows `positions` of `corpus`, which is of text, each behind its caption if there are any;
  /// null shows nothing.
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

}  // namespace pretext
