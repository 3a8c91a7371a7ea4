#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace pretext {

class HardnessPanel;
class RecipeBar;
class RecipeEditor;
class TextViews;
class ViewPictures;

/// Views: the recipe as cards on the left; on the right what it makes of the corpus's images, at
/// any epoch and step, beside another recipe where one is chosen, and how hard it makes the task.
class ViewsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit ViewsPage(Workspace& workspace, QWidget* parent = nullptr);

  void showCorpus(std::int64_t corpus);
  /// The recipe being tuned, as the fields of an experiment.
  const Experiment& experiment() const;
  /// Goes on with a recipe for images.
  void setRecipe(const Experiment& experiment);

 Q_SIGNALS:
  /// The recipe for images is another.
  void recipeChanged(const pretext::Experiment& experiment);
  /// A run with the recipe is wanted.
  void newRunRequested();
  void openFolderRequested();
  /// Pictures for the newest settings are on the screen.
  void previewShown();

 private:
  QWidget* makeRecipe();
  /// What is shown: layout, seed, epoch, step, the other recipe.
  QLayout* makeTop();
  void listBeside();
  void followRecipe();
  void requestPreview();
  /// Of the images; throws UserError for a step that no epoch has.
  std::vector<std::int64_t> wantedPositions() const;
  void choosePositions();

  Workspace& workspace_;
  QStackedWidget* sheets_;  // All owned by this widget. Views of images, of text, nothing yet.
  TextViews* text_;
  RecipeEditor* editor_;
  RecipeBar* bar_;
  QComboBox* layoutChoice_;
  QComboBox* beside_;
  QSpinBox* seed_;
  QCheckBox* isSeedLocked_;
  QSpinBox* epoch_;
  QSpinBox* step_;
  QPushButton* next_;
  QLabel* hint_;
  ViewPictures* pictures_;
  HardnessPanel* hardness_;
  std::shared_ptr<const Corpus> corpus_;
  std::vector<std::int64_t> positions_;  // Of the images shown.
  int firstSample_ = 0;
};

}  // namespace pretext
