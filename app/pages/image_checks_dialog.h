#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"

#include <QDialog>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <stop_token>
#include <vector>

class QLabel;
class QLayout;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace pretext {

/// What to look at in a corpus of images before training on it: exact copies, pictures that look
/// nearly alike, and those that are too small for its views. Lists them, and asks for a corpus
/// without them.
class ImageChecksDialog final : public QDialog {
  Q_OBJECT

 public:
  /// Deletes itself when it is closed. `first`: "copies", "near" or "small", the page to show.
  ImageChecksDialog(Database& database, std::shared_ptr<const Corpus> corpus, const QString& first,
                    QWidget* parent = nullptr);
  ~ImageChecksDialog() override;
  /// `page` as `first` above.
  void turnTo(const QString& page);

 Q_SIGNALS:
  /// A corpus of that name is wanted without these images.
  void leaveOutWanted(const QString& name, const std::set<std::int64_t>& positions);

 private:
  using Groups = std::vector<std::vector<std::int64_t>>;

  /// A page with a sentence above a table of pictures.
  QWidget* makePage(QLabel* text, QTableWidget* table, const QString& name);
  void showCopies();
  void showSmall();
  /// In the background, once.
  void lookForNear();
  void showNear(const Groups& groups);
  void endSearch(const QString& text);
  void fill(int page, const Groups& groups);
  QTableWidget& table(int page) const;
  /// Those of the page that is shown.
  const Groups& inHand() const;
  QLayout* makeActions();
  void showActions();
  void showInFolder();
  void exportList();
  void askForCopy();

  Database& database_;
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
  QLabel* outcome_;
  QPushButton* folder_;
  QPushButton* export_;
  QPushButton* leaveOut_;
  std::array<Groups, 3> found_;  // Of each page.
  bool isSearched_ = false;      // For near-duplicates, or being so.
  bool hasNear_ = false;         // That search has ended.
  std::stop_source stopSource_;
  std::shared_ptr<std::atomic<double>> share_;  // Of the pictures looked at; outlives a search.
};

}  // namespace pretext
