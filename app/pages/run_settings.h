#pragma once

#include "app/workspace.h"
#include "core/store/run_store.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTableWidget;
class QTimer;

namespace pretext {

/// A run's settings, beside its parent's where it has one, and its note, which is stored a moment
/// after it was written.
class RunSettings final : public QWidget {
  Q_OBJECT

 public:
  explicit RunSettings(Workspace& workspace, QWidget* parent = nullptr);
  ~RunSettings() override;
  void showRun(const RunRecord& run);

 Q_SIGNALS:
  void failed(const QString& reason);

 private:
  void fillTable(const RunRecord& run);
  void hideOthers();
  void storeNote();

  Workspace& workspace_;
  std::int64_t run_ = -1;
  std::string shown_;  // Settings in the table, as JSON.
  QLineEdit* search_;  // All owned by this widget.
  QCheckBox* onlyChanged_;
  QTableWidget* table_;
  QPlainTextEdit* note_;
  QTimer* pause_;
};

}  // namespace pretext
