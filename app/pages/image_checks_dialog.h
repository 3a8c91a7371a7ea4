#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"

#include <QDialog>

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace pretext {

/// What to look at in a corpus of images before training on it: exact copies, pictures that look
/// nearly alike, and those that are too small for its views.
class ImageChecksDialog final : public QDialog {
  Q_OBJECT

 public:
  /// Deletes itself when it is closed. `first`: "copies", "near" or "small", the page to show.
  ImageChecksDialog(Database& database, std::shared_ptr<const Corpus> corpus, const QString& first,
                    QWidget* parent = nullptr);
  ~ImageChecksDialog() override;

 private:
  using Groups = std::vector<std::vector<std::int64_t>>;

  /// A page with a sentence above a table of pictures.
  QWidget* makePage(QLabel* text, QTableWidget* table, const QString& name);
  void showCopies(Database& database);
  void showSmall();
  /// In the background, once.
  void lookForNear();
  void showNear(const Groups& groups);
  void endSearch(const QString& text);
  void fill(QTableWidget& table, const Groups& groups) const;

  std::shared_ptr<const Corpus> corpus_;
  QTabWidget* tabs_;  // All owned by this dialog.
  QLabel* copiesText_;
  QTableWidget* copies_;
  QLabel* nearText_;
  QTableWidget* near_;
  QProgressBar* progress_;
  QPushButton* stop_;
  QLabel* smallText_;
  QTableWidget* small_;
  bool isSearched_ = false;  // For near-duplicates, or being so.
  std::stop_source stopSource_;
  std::shared_ptr<std::atomic<double>> share_;  // Of the pictures looked at; outlives a search.
};

}  // namespace pretext
