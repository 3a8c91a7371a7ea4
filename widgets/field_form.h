#pragma once

#include "core/spec/experiment.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QFormLayout;
class QLabel;

namespace pretext {

/// What a field means, for a pane beside it: rich text.
QString explanationOf(const Field& field);

/// A form made from an experiment's field table: one editor a field, a plain sentence beside a
/// value that does not fit. Edits a copy.
class FieldForm final : public QWidget {
  Q_OBJECT

 public:
  /// Sections to show, by the first part of the key; "" are the keys without one. `without`: keys
  /// that are asked for elsewhere.
  explicit FieldForm(const QStringList& sections, const QStringList& without = {},
                     QWidget* parent = nullptr);

  void setExperiment(const Experiment& experiment);
  /// Of a field with choices: those to offer from the next `setExperiment` on, and the one that is
  /// chosen.
  void offer(const std::string& key, std::vector<std::string> choices);
  const Experiment& experiment() const { return experiment_; }
  bool isValid() const { return complaints_.empty(); }

 Q_SIGNALS:
  void changed();
  /// A field got the focus: what it means, rich text.
  void explained(const QString& text);

 private:
  void rebuild();
  QWidget* makeEditor(const Field& field);
  void follow(const Experiment& before, const std::string& key);
  void explain(const std::string& key);
  void take(const std::string& key, const QString& text, QLabel* complaint);

  QStringList sections_, without_;
  Experiment experiment_;
  std::map<std::string, std::vector<std::string>> offered_;
  std::map<std::string, std::string> complaints_;
  QFormLayout* layout_;  // Owned by this widget.
};

}  // namespace pretext
