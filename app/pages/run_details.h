#pragma once

#include "app/workspace.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "core/store/run_warnings.h"
#include "widgets/curve_axis.h"

#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QTableWidget;
class QTabWidget;

namespace pretext {

class ConfusionMatrix;
class MetricChart;
class RunSettings;
class SmoothingSlider;
class ThoughtsView;

/// One run: live curves with their marks, accuracies with confusion matrix, of a language model
/// what it answers, checkpoints and log.
class RunDetails final : public QWidget {
  Q_OBJECT

 public:
  explicit RunDetails(Workspace& workspace, QWidget* parent = nullptr);
  /// Shows a run, or adds what is new when it is the one shown.
  void showRun(const std::optional<RunRecord>& run);

 Q_SIGNALS:
  void failed(const QString& reason);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void attempt(const std::function<void()>& work);
  void fill(const RunRecord& run);
  QWidget* makeCurves();
  QWidget* makeAccuracies();
  void dropCurves();
  CurveScale scaleOf(const RunRecord& run) const;
  void showCurves(const RunRecord& run);
  void showAccuracies(const RunRecord& run);
  void nameColumns(bool isText);
  void showConfusion();
  void showThoughts(const RunRecord& run);
  void showHeading(const RunRecord& run);
  QString sentence(const RunRecord& run) const;
  /// Says of a run under way when its engine falls silent, which changes nothing in the store.
  void followSilence();

  Workspace& workspace_;
  QLabel* mark_;  // All owned by this widget. Of the status.
  QLabel* heading_;
  SmoothingSlider* smoothing_;
  QComboBox* axis_;
  QCheckBox* logPlaces_;
  QLabel* noCurves_;
  QGridLayout* charts_;
  std::map<std::string, MetricChart*> chartByKey_;
  QLabel* noAccuracies_;
  QTableWidget* accuracies_;
  QComboBox* confusionChoice_;
  QLabel* confusionHint_;
  ConfusionMatrix* confusion_;
  ThoughtsView* thoughts_;
  RunSettings* settings_;
  QTabWidget* tabs_;
  QPlainTextEdit* log_;
  std::pair<std::int64_t, std::int64_t> newestEvaluation_{-1, -1};  // Of which run, as shown.
  std::map<std::string, std::map<std::string, EvaluationRecord>> evaluations_;  // As shown.
  std::vector<RunWarning> evaluationWarnings_;                                  // As shown.
  std::int64_t thoughtsStep_ = -1;                                              // As shown.
  std::int64_t shown_ = -1;
  std::int64_t numAttempts_ = 0;
};

}  // namespace pretext
