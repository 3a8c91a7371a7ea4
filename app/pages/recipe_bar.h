#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QPushButton;

namespace pretext {

class RecipeEditor;

/// Keeps recipes under names, takes them up again, copies and pastes them as TOML, and undoes.
class RecipeBar final : public QWidget {
  Q_OBJECT

 public:
  /// `editor` outlives it.
  RecipeBar(Workspace& workspace, RecipeEditor& editor, QWidget* parent = nullptr);

 Q_SIGNALS:
  /// What went wrong; empty when all is well again.
  void said(const QString& text);
  /// Others may want to list them again.
  void recipesChanged();

 private:
  void listRecipes();
  void take(int index);
  void keep();
  /// Whether the recipe is kept as it is.
  void showKept();
  void remove();
  void copy();
  void paste();
  void attempt(const std::function<void()>& work);

  Workspace& workspace_;
  RecipeEditor& editor_;
  QComboBox* kept_;  // All owned by this widget.
  QPushButton* keep_ = nullptr;
  QPushButton* remove_;
};

/// The section "[views]" of an experiment, as TOML.
QString viewsToml(const Experiment& experiment);

}  // namespace pretext
