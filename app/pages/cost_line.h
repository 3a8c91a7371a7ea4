#pragma once

#include "app/workspace.h"
#include "core/spec/experiment.h"
#include "core/store/corpus_store.h"
#include "core/store/trial.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;

namespace pretext {

/// What a run will cost in memory and time: reckoned at once, and on request measured by an engine
/// that trains a few steps of it.
class CostLine final : public QWidget {
  Q_OBJECT

 public:
  explicit CostLine(Workspace& workspace, QWidget* parent = nullptr);

  /// Of a run of `experiment` on `corpus`, which can be tried unless it is a child of another.
  /// Throws UserError where no such encoder can be made.
  void show(const Experiment& experiment, const CorpusRecord& corpus, bool isChild);
  /// How many such runs will be started.
  void setCount(int count);
  /// Says why there is nothing to reckon.
  void say(const QString& text);

 Q_SIGNALS:
  /// A small network and few epochs are wanted (`quick_look`).
  void quickLookWanted();

 private:
  QString imageEstimate() const;
  QString textEstimate() const;
  /// `operations`: of a sample and step.
  QString timeEstimate(double operations) const;
  /// What the trial of these very settings showed.
  QString measured(const TrialResult& trial) const;
  void refresh();
  void measure();
  /// Looks how far the trial is.
  void follow();

  Workspace& workspace_;
  QLabel* text_;  // All owned by this widget.
  QPushButton* quick_;
  QPushButton* measure_;
  std::optional<Experiment> experiment_;  // None: nothing to reckon.
  CorpusRecord corpus_;
  bool isChild_ = false;
  int count_ = 1;
  std::optional<std::int64_t> job_;  // The trial under way.
  double progress_ = 0.0;
  std::string asked_;  // What the newest trial is of: TOML.
  std::optional<TrialResult> trial_;
  QString complaint_;  // Why it failed.
};

}  // namespace pretext
