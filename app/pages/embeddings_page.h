#pragma once

#include "app/workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QListWidget;
class QPushButton;

namespace pretext {

class EmbeddingScatter;
class EmbeddingTableModel;
class TextDocumentModel;
class ThumbnailModel;

/// Embeddings of a run's evaluation split: scatter of the first two principal components, the
/// sample under the pointer, and the clicked sample's nearest neighbours.
class EmbeddingsPage final : public QWidget {
  Q_OBJECT

 public:
  explicit EmbeddingsPage(Workspace& workspace, QWidget* parent = nullptr);
  void showRun(std::int64_t run);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  /// The scatter, and the same points as a table while `asTable` is on.
  QWidget* makeCanvas(QCheckBox* asTable);
  /// Classes, the chosen sample and its neighbours.
  QWidget* makeSide();
  void choose(std::int64_t position);
  void refreshRuns();
  void load();
  void sayThatNoneAreThere(std::int64_t run);
  /// The caption; of points that a newer checkpoint has made stale, with a button beside it.
  void sayWhatIsShown();
  bool isBeingComputed(std::int64_t run);
  void compute();
  void showClasses();
  /// Pictures are shown as pictures, documents as a list.
  void fitToKind(bool isText);
  void hover(std::int64_t position, const QPoint& place);
  void forgetSample();
  void showSample(std::int64_t position);
  void showNeighbours(std::int64_t position);
  /// Source and class, and of a document how it begins, as rich text.
  QString describe(std::int64_t position) const;

  Workspace& workspace_;
  QComboBox* run_;  // All owned by this widget.
  QLabel* caption_;
  QPushButton* compute_;
  EmbeddingScatter* scatter_;
  EmbeddingTableModel* table_;
  QLabel* picture_;
  QListWidget* classes_;
  QLabel* classesTitle_;
  QLabel* description_;
  QListView* neighbourList_;
  ThumbnailModel* neighbours_;        // Of pictures.
  TextDocumentModel* nextDocuments_;  // Of text.
  std::shared_ptr<const Corpus> corpus_;
  std::vector<std::int64_t> positions_;
  std::vector<float> features_;  // Unit rows of `dimensions_`.
  std::int64_t dimensions_ = 0;
  std::optional<std::int64_t> shownStep_;  // None: no points.
  std::optional<std::int64_t> shownProjection_;
  QString shown_;  // In words.
};

}  // namespace pretext
