#pragma once

#include "app/workspace.h"
#include "core/corpus/source_look.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTimer;

namespace pretext {

/// What was chosen for a corpus to be.
struct IngestChoice {
  QString path;
  QString name;
  std::string labels;  ///< As `open_image_source` takes it.
  ResizeOptions size;
  bool update = false;  ///< A corpus of that name is there: a new version of it.
};

/// Shows what a folder or file was recognised as, with a first look and the disk needed, before
/// anything is read in full; name, labels and size are chosen here.
class IngestPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit IngestPanel(Workspace& workspace, QWidget* parent = nullptr);
  /// Looks at `path` in the background.
  void open(const QString& path);

 Q_SIGNALS:
  void accepted(const pretext::IngestChoice& choice);
  void cancelled();

 private:
  IngestChoice chosen() const;
  void chooseLabels(int index);
  void look();
  void showLook(const SourceLook& look, std::int64_t freeBytes);
  void check();

  Workspace& workspace_;
  QString path_;
  QString labelFile_;
  int token_ = 0;          // Of the newest look; late answers of earlier ones are dropped.
  bool isUsable_ = false;  // The newest look found something.
  QLabel* heading_;        // All owned by this widget.
  QLabel* found_;
  QWidget* strip_;
  QLineEdit* name_;
  QLabel* nameHint_;
  QComboBox* labels_;
  QComboBox* fit_;
  QSpinBox* width_;
  QSpinBox* height_;
  QLabel* disk_;
  QPushButton* accept_;
  QTimer* settle_;  // Typing a number does not look at each digit.
};

}  // namespace pretext
