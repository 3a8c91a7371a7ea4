#pragma once

#include "app/workspace.h"
#include "core/store/job_record.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <string>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace pretext {

/// How a run's embeddings are brought into the plane: the method and its settings, and the engine's
/// work on it with progress and a stop.
class ProjectionBar final : public QWidget {
  Q_OBJECT

 public:
  explicit ProjectionBar(Workspace& workspace, QWidget* parent = nullptr);

  void setRun(std::int64_t run);
  /// "pca", "tsne" or "umap".
  std::string method() const;
  /// Method and settings as JSON, as jobs "project" and "film" take them.
  std::string parameters() const;
  /// Without a signal.
  void setMethod(const std::string& method);
  /// Says what is shown: JSON of its settings and whether a newer checkpoint is there. None: there
  /// is no such projection yet.
  void setShown(const std::optional<std::string>& parameters, bool isStale);
  /// Whether the engine has this run's newest points under way, or waiting.
  bool isUnderWay() const { return job_ && job_->kind != "film" && job_->kind != "samples"; }
  /// Looks for work on the run; called when anything changed.
  void refresh();

 Q_SIGNALS:
  void methodChosen();
  void failed(const QString& reason);

 private:
  void compute();
  void stop();
  void showSettings();
  /// Shows these settings in the boxes.
  void fillSettings(const std::string& parameters);
  bool isAsShown() const;
  void showButtons();

  Workspace& workspace_;
  QComboBox* samples_;  // All owned by this widget.
  QComboBox* method_;
  QSpinBox* neighbours_;
  QLabel* neighboursLabel_;
  QDoubleSpinBox* minDist_;
  QLabel* minDistLabel_;
  QDoubleSpinBox* perplexity_;
  QLabel* perplexityLabel_;
  QPushButton* compute_;
  QProgressBar* progress_;
  QPushButton* stop_;
  std::int64_t run_ = -1;
  std::optional<std::string> shown_;
  bool isStale_ = false;
  std::optional<JobRecord> job_;
};

}  // namespace pretext
