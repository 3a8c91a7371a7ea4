#pragma once

#include "app/pages/compared_runs.h"
#include "app/workspace.h"

#include <QWidget>

#include <cstdint>
#include <map>
#include <vector>

class QListWidget;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace pretext {

class CompareCurves;
class CompareEmbeddings;
class CompareParallel;
class CompareScatter;
class CompareSettings;
class MessageLine;

/// Compare: which runs, their curves in one chart, and below what differs between them, as a table,
/// as parallel coordinates and as a scatter.
class ComparePage final : public QWidget {
  Q_OBJECT

 public:
  explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);
  /// Ticks these and no others.
  void showRuns(const std::vector<std::int64_t>& runs);

 Q_SIGNALS:
  void newRunRequested();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();
  void refreshRuns();
  void compare();
  /// Hands what is compared to the part that is in view.
  void showPart();
  /// A run keeps its colour while it is ticked.
  void giveColours(const std::vector<std::int64_t>& runs);
  std::vector<std::int64_t> chosen() const;
  void offerBaseline(const QPoint& place);
  void pin(std::int64_t run);
  /// Of the run in hand: the button says what it would do.
  void showPin();
  void report();

  Workspace& workspace_;
  MessageLine* message_;    // All owned by this widget.
  QStackedWidget* sheets_;  // Nothing yet, or runs.
  QStackedWidget* right_;   // A hint, or what is ticked.
  QListWidget* runs_;
  QPushButton* pin_;
  QPushButton* report_;
  CompareCurves* curves_;
  QTabWidget* tabs_;
  CompareSettings* settings_;
  CompareParallel* parallel_;
  CompareScatter* scatter_;
  CompareEmbeddings* embeddings_;
  bool isTicking_ = false;  // The box of a run was clicked, not its name.
  bool hasTicked_ = false;  // By itself, baselines and the newest runs; then the user does.
  std::map<std::int64_t, int> colours_;  // Of the ticked runs, for `categoryColor`.
  ComparedRuns compared_;
};

}  // namespace pretext
