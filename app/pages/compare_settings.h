#pragma once

#include "app/pages/compared_figures.h"
#include "app/pages/compared_runs.h"
#include "app/workspace.h"
#include "core/store/result_store.h"

#include <QStringList>
#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QTableWidget;

namespace pretext {

using Accuracies = std::map<std::string, EvaluationRecord>;  ///< By kind.

/// Which of the compared runs is the best and in what it differs from the next; then the settings
/// in which they differ, and their accuracies, each beside the first baseline's; searched by name.
class CompareSettings final : public QWidget {
  Q_OBJECT

 public:
  explicit CompareSettings(Workspace& workspace, QWidget* parent = nullptr);
  void show(const ComparedRuns& compared);

 private:
  void fillColumn(int column, const QString& heading, const QStringList& cells,
                  const QStringList& origins);
  /// Of each kind of accuracy of the same samples, a row: the highest, or several that tie.
  void markBest(const std::vector<ComparedFigures>& figures, const std::vector<std::string>& kinds);
  void filter();

  Workspace& workspace_;
  QLabel* verdict_;  // All owned by this widget.
  QLineEdit* search_;
  QTableWidget* table_;
};

}  // namespace pretext
