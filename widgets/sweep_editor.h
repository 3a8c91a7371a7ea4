#pragma once

#include "core/spec/sweep.h"

#include <QWidget>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace pretext {

/// What varies over the runs of a sweep, by hand: settings with their values, seeds, and how many
/// combinations to draw. Unticked, there is one run.
class SweepEditor final : public QWidget {
  Q_OBJECT

 public:
  explicit SweepEditor(QWidget* parent = nullptr);

  /// What the runs have in common, and whose settings can vary.
  void setExperiment(const Experiment& experiment);
  /// Unticks it and forgets what was entered.
  void reset();
  /// Nothing where it is unticked, or what was entered makes no sweep.
  const std::optional<SweepPlan>& plan() const { return plan_; }
  /// Unticked, or with a plan.
  bool isValid() const;

 Q_SIGNALS:
  void changed();
  /// A setting is being chosen or given values: what it means, rich text.
  void explained(const QString& text);

 private:
  /// A setting that varies.
  struct Line {
    QWidget* box;
    QComboBox* key;
    QLineEdit* values;
  };

  void addLine();
  void explain(const Line& line);
  void removeLine(QWidget* box);
  void listKeys(QComboBox* box) const;
  void update();

  Experiment experiment_;
  QCheckBox* isOn_;  // All owned by this widget.
  std::vector<Line> lines_;
  QVBoxLayout* lineLayout_;
  QSpinBox* seeds_;
  QSpinBox* random_;
  QLabel* sentence_;
  std::optional<SweepPlan> plan_;
};

}  // namespace pretext
