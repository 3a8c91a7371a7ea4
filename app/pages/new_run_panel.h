#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace pretext {

class FieldForm;

/// The form of a new run, made from the field table, its TOML beside it, and what it will cost.
class NewRunPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit NewRunPanel(Workspace& workspace, QWidget* parent = nullptr);
  void prefill(const Experiment& experiment);

 Q_SIGNALS:
  void launched(const pretext::Experiment& experiment);
  void cancelled();

 private:
  Experiment chosen() const;
  void update();

  Workspace& workspace_;
  QComboBox* corpus_;  // All owned by this widget.
  FieldForm* form_;
  QPlainTextEdit* toml_;
  QLabel* estimate_;
  QPushButton* launch_;
};

}  // namespace pretext
