#pragma once

#include "app/pages/source_panel.h"
#include "core/corpus/source_look.h"

class QComboBox;
class QSpinBox;
class QTimer;

namespace pretext {

/// What was chosen for a corpus to be.
struct IngestChoice {
  QString path;
  QString name;
  std::string labels;  ///< As `open_image_source` takes it.
  ClassFolders classes = ClassFolders::kFirst;
  ResizeOptions size;
  bool update = false;  ///< A corpus of that name is there: a new version of it.
};

/// A folder or file of images: labels and size are chosen.
class IngestPanel final : public SourcePanel {
  Q_OBJECT

 public:
  explicit IngestPanel(Workspace& workspace, QWidget* parent = nullptr);
  IngestChoice chosen() const;

 protected:
  void reset() override;
  void clearLook() override;
  void beginLook() override;

 private:
  void chooseLabels(int index);
  void showPictures(const SourceLook& look);

  QString labelFile_;
  QWidget* strip_;  // All owned by this widget.
  QComboBox* labels_;
  QComboBox* fit_;
  QSpinBox* width_;
  QSpinBox* height_;
  QTimer* settle_;  // Typing a number does not look at each digit.
};

}  // namespace pretext
