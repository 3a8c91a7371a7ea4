#pragma once

#include "core/spec/experiment.h"

#include <QWidget>

class QComboBox;
class QVBoxLayout;

namespace pretext {

/// The views' recipe as cards: one an operation, with a switch, and a slider and a number for each
/// of its settings. Operations that one channel cannot have are left out, and a line says so.
class RecipeEditor final : public QWidget {
  Q_OBJECT

 public:
  explicit RecipeEditor(QWidget* parent = nullptr);

  const Experiment& experiment() const { return experiment_; }
  /// Channels of the corpus: 1 or 3.
  void setChannels(int channels);

 Q_SIGNALS:
  void changed();

 private:
  struct Card;
  void rebuild();
  QWidget* makeCard(const Card& card);
  QWidget* makeSlider(const Field& field, int element);
  void put(const std::string& key, int element, double value);

  Experiment experiment_;
  int channels_ = 3;
  QComboBox* preset_;   // Owned by this widget.
  QVBoxLayout* cards_;  // Owned by this widget.
};

}  // namespace pretext
