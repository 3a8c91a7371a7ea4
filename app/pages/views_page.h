#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"

#include <QImage>
#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QSpinBox;
class QStackedWidget;

namespace pretext {

class RecipeEditor;
class TextViews;

/// Views: the recipe as cards on the left, on the right what it makes of the corpus's images, with
/// the code that training uses. Pictures are rendered off the GUI thread; late ones are dropped.
class ViewsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit ViewsPage(Workspace& workspace, QWidget* parent = nullptr);

  void showCorpus(std::int64_t corpus);
  /// The recipe being tuned, as the fields of an experiment.
  const Experiment& experiment() const;

 Q_SIGNALS:
  /// Pictures for the newest settings are on the screen.
  void previewShown();

 private:
  struct Request;
  /// Layout, seed and epoch.
  QHBoxLayout* makeTop();
  QWidget* makePictures();
  void requestPreview();
  void showImages(const std::vector<QImage>& images);
  static std::vector<QImage> render(const Request& request);

  Workspace& workspace_;
  QStackedWidget* sheets_;  // All owned by this widget. Views of images, of text.
  TextViews* text_;
  RecipeEditor* editor_;
  QComboBox* layoutChoice_;
  QSpinBox* seed_;
  QSpinBox* epoch_;
  QLabel* hint_;
  QGridLayout* grid_;
  std::vector<QLabel*> pictures_;
  std::shared_ptr<const Corpus> corpus_;
  int firstSample_ = 0;
  int token_ = 0;
  bool isRendering_ = false;
  bool isStale_ = false;
};

}  // namespace pretext
