#pragma once

#include "app/workspace.h"
#include "core/store/projection_store.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace pretext {

class EmbeddingScatter;
class EmbeddingTableModel;
class FilmBar;
class LabelPanel;
class MessageLine;
class PointLegend;
class ProjectionBar;
class SamplePanel;

/// Embeddings of a run's evaluation split: a scatter of their projection, the sample under the
/// pointer with its nearest neighbours, and labels for what a lasso has caught.
class EmbeddingsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit EmbeddingsPage(Workspace& workspace, QWidget* parent = nullptr);
  void showRun(std::int64_t run);

 Q_SIGNALS:
  void newRunRequested();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  /// Run, caption, projection, what colours mean.
  QWidget* makeTop();
  /// The scatter, or the same points as a table, and the film below them.
  QWidget* makeCanvas();
  /// What the colours mean, the chosen sample, and labels.
  QWidget* makeSide();
  void connectParts();
  void choose(std::int64_t position);
  void select(const std::vector<std::int64_t>& positions);
  void refresh();
  /// Offers the runs, chooses the one that is wanted, and loads what is not yet shown of it.
  void refreshRuns();
  void offerRuns();
  void load();
  /// Reads the features of the run's corpus in the background, which may be a hundred megabytes.
  void loadFeatures(std::int64_t corpus);
  void askForFilm();
  /// The newest projection by the chosen method.
  void loadProjection();
  /// Puts points on the scatter: the newest projection's, or the film's.
  void showPoints();
  /// Rings around the samples that were given a label.
  void markLabelled();
  void sayWhatIsShown();
  void hover(std::int64_t position, const QPoint& place);
  std::int64_t run() const;

  Workspace& workspace_;
  MessageLine* message_;    // All owned by this widget.
  QStackedWidget* sheets_;  // Nothing yet, or points.
  QComboBox* run_;
  QLabel* caption_;
  ProjectionBar* projectionBar_;
  EmbeddingScatter* scatter_;
  EmbeddingTableModel* table_;
  FilmBar* film_;
  PointLegend* legend_;
  QTabWidget* tabs_;
  SamplePanel* sample_;
  LabelPanel* labels_;
  std::int64_t wantedRun_ = -1;  // To be shown at the next refresh; -1: that which is shown.
  std::int64_t loadedRun_ = -1;
  std::optional<std::int64_t> loadedCheckpoint_;  // Of the features.
  std::optional<std::int64_t> triedProjection_;   // Not to be tried again.
  std::shared_ptr<const Corpus> corpus_;
  std::optional<Projection> projection_;  // The newest by the chosen method.
  std::vector<std::int64_t> positions_;   // Of the points on the scatter.
};

}  // namespace pretext
