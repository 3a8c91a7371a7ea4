#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"

#include <QDialog>

#include <cstdint>
#include <memory>
#include <set>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pretext {

/// What was found in a corpus of images that may be left out.
struct ImageFindings {
  std::vector<std::vector<std::int64_t>> copies, near;  ///< Groups of positions.
  std::vector<std::int64_t> small;
  bool isSearchedForNear = false;
};

/// Asks what of a corpus to leave out, and for the name of the corpus without it.
class LeaveOutDialog final : public QDialog {
  Q_OBJECT

 public:
  /// Deletes itself when it is closed. `tickSmall`: whether too small images are left out at first,
  /// as copies are.
  LeaveOutDialog(Database& database, std::shared_ptr<const Corpus> corpus, ImageFindings findings,
                 bool tickSmall, QWidget* parent = nullptr);

 Q_SIGNALS:
  /// With a name that no other corpus has.
  void wanted(const QString& name, const std::set<std::int64_t>& leftOut);

 private:
  QCheckBox* makeBox(const QString& text, bool isFound, bool isTicked);
  std::set<std::int64_t> leftOut() const;
  QString freeName() const;
  void showCount();
  void accept() override;

  Database& database_;
  std::shared_ptr<const Corpus> corpus_;
  ImageFindings findings_;
  QCheckBox* copies_;  // All owned by this dialog.
  QCheckBox* near_;
  QCheckBox* small_;
  QLineEdit* name_;
  QLabel* answer_;
  QPushButton* make_;
};

}  // namespace pretext
