#pragma once

#include "core/spec/experiment.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QUndoStack;
class QVBoxLayout;

namespace pretext {

/// The views' recipe as cards: one an operation, with a switch, and a slider and a number for each
/// of its settings. Operations that one channel cannot have are left out, and a line says so. What
/// is changed can be undone; the drag of a slider is one step.
class RecipeEditor final : public QWidget {
  Q_OBJECT

 public:
  explicit RecipeEditor(QWidget* parent = nullptr);

  const Experiment& experiment() const { return experiment_; }
  /// Takes the settings of its views over, as one step that can be undone.
  void setRecipe(const Experiment& experiment, const QString& what);
  /// Channels of the corpus: 1 or 3.
  void setChannels(int channels);
  QUndoStack* undoStack() const { return undo_; }

 Q_SIGNALS:
  void changed();

 private:
  class Step;
  struct Card;
  void rebuild();
  QWidget* makeCard(const Card& card);
  QLayout* makeSlider(const Field& field);
  QLayout* makeRangeSlider(const Field& field);
  /// `key`: what is changed; further changes of it merge until something else is, or a slider is
  /// taken hold of again.
  void change(const QString& what, const std::string& key, const Experiment& after);
  void put(const std::string& key, const FieldValue& value);
  /// As undone or redone.
  void adopt(const Experiment& experiment);

  Experiment experiment_;
  int channels_ = 3;
  int drag_ = 0;       // Counts the times that a slider was taken hold of.
  QComboBox* preset_;  // All owned by this widget.
  QLabel* isChanged_;  // Says that the preset is no longer what it was.
  QVBoxLayout* cards_;
  QUndoStack* undo_;
};

}  // namespace pretext
