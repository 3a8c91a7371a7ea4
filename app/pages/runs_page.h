#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"

#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace pretext {

class MessageLine;
class NewRunPanel;
class QueueButton;
class RunDetails;
class RunTable;
class SweepView;
struct SweepPlan;

/// Runs: the table, and below it the page of the run, or the sweep, in hand. *New run* turns to the
/// form.
class RunsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit RunsPage(Workspace& workspace, QWidget* parent = nullptr);

  void select(std::int64_t run);
  std::int64_t selectedRun() const;
  /// Opens the form, prefilled.
  void startNewRun(const Experiment& experiment);
  /// The same with what was left in it, and says so.
  void resumeDraft(const Experiment& draft);
  void focusFilter();

 Q_SIGNALS:
  void runSelected(qint64 run);
  void newRunRequested();
  /// The form of a new run says this; none: it was started, or given up.
  void draftChanged(const std::optional<pretext::Experiment>& draft);
  void compareRequested(const std::vector<std::int64_t>& runs);

 private:
  void refresh();
  void command(RunCommand command);
  void launch(const Experiment& experiment, const CorpusRecord& corpus);
  void launchSweep(const SweepPlan& plan);
  void connectTable();
  void connectForm();
  void showInHand();
  /// Filter and buttons.
  QHBoxLayout* makeBar();
  void addMenu(QHBoxLayout* bar);
  /// Opens the form for a child of the selected run.
  void startChild(const QString& what, RunCommand command,
                  const std::function<Experiment(const RunRecord&)>& make);
  void evaluate();
  void star();
  /// All that is kept of the selected run, as a zip file.
  void saveArchive();
  void moveToBin(const std::vector<std::int64_t>& runs);

  Workspace& workspace_;
  MessageLine* message_;  // All owned by this widget.
  QStackedWidget* stack_;
  RunTable* table_;
  QueueButton* queue_;
  QStackedWidget* inHand_;
  QLabel* nothing_;
  RunDetails* details_;
  SweepView* sweep_;
  NewRunPanel* newRun_;
  std::map<RunCommand, QPushButton*> commands_;
  QToolButton* more_;
  std::int64_t announced_ = -1;             // The run that others were last told of.
  std::optional<CheckpointRecord> parent_;  // Of the run in the form; empty for a new one.
};

}  // namespace pretext
