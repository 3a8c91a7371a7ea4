#pragma once

#include "core/augment/view_renderer.h"
#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "core/store/result_store.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QImage;
class QLabel;
class QListView;

namespace pretext {

class TextDocumentModel;
class ThumbnailModel;

/// A sample in picture and words, and its nearest neighbours among those that a run embedded.
class SamplePanel final : public QWidget {
  Q_OBJECT

 public:
  explicit SamplePanel(QWidget* parent = nullptr);
  /// What to choose from. `recipe`: by which views are made, if the run makes any. Neighbours are
  /// shown once there are features.
  void setSamples(std::shared_ptr<const Corpus> corpus, std::optional<Experiment> recipe);
  /// Among which to look for neighbours: unit rows.
  void setFeatures(Embeddings features);
  /// The sample alone, as the pointer passes over it.
  void show(std::int64_t position);
  /// The sample, two of its views and its neighbours.
  void choose(std::int64_t position);
  void forget();
  /// The sample that was chosen; -1: none.
  std::int64_t chosenSample() const { return chosen_; }
  /// Source and class, and of a document how it begins, as rich text.
  QString describe(std::int64_t position) const;

 Q_SIGNALS:
  /// A neighbour was turned to.
  void chosen(qint64 position);

 private:
  void showPicture(QLabel& label, const QImage& image, int size) const;
  void showViews(std::int64_t position);
  /// Of the chosen sample.
  void showNeighbours();
  /// Pictures are shown as pictures, documents as a list.
  void fitToKind(bool isText);
  /// With their cosines, the nearest first.
  std::vector<std::pair<std::int64_t, float>> nearest(std::int64_t position) const;

  QLabel* picture_;  // All owned by this widget.
  QLabel* views_[2];
  QLabel* description_;
  QListView* list_;
  ThumbnailModel* pictures_;
  TextDocumentModel* documents_;
  std::shared_ptr<const Corpus> corpus_;
  Embeddings features_;
  std::optional<Experiment> recipe_;
  ViewRenderer renderer_;
  std::int64_t chosen_ = -1;
};

}  // namespace pretext
