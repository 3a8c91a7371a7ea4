#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"
#include "core/store/result_store.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QLineEdit;
class QTableWidget;

namespace pretext {

using Accuracies = std::map<std::string, EvaluationRecord>;  ///< By kind.

/// The settings in which the compared runs differ, and their accuracies, each beside the first
/// baseline's; searched by name.
class CompareSettings final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareSettings(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 private:
  /// Of each kind of accuracy, a row: the highest, or several that tie.
  void markBest(const std::vector<Accuracies>& accuracies, const std::vector<std::string>& kinds);
  void filter();

  Workspace& workspace_;
  QLineEdit* search_;  // Owned by this widget, as the table is.
  QTableWidget* table_;
};

}  // namespace pretext
