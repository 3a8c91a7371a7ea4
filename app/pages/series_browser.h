#pragma once

#include "core/corpus/corpus.h"
#include "core/corpus/series_overview.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QListView;
class QSplitter;
class QStringListModel;
class QTableWidget;

namespace pretext {

class Histogram;
class SeriesChart;

/// A corpus of series to look at: their list, how long they are, the curves of one, and what is in
/// each of its variables, with the values where the pointer is.
class SeriesBrowser final : public QWidget {
  Q_OBJECT

 public:
  explicit SeriesBrowser(QWidget* parent = nullptr);
  /// `corpus` is of series; null shows nothing.
  void show(std::shared_ptr<const Corpus> corpus);

 private:
  QWidget* makeSide();
  QWidget* makeSheet();
  void list();
  void showSeries(std::int64_t position);
  void showSummaries(const std::vector<VariableSummary>& summaries);
  void showValuesAt(qint64 row);
  void drawTicked();

  std::shared_ptr<const Corpus> corpus_;
  std::int64_t shown_ = -1;  // Series.
  bool isFilling_ = false;   // The table of variables.
  QWidget* side_;            // All owned by this widget.
  QStringListModel* names_;
  QListView* list_;
  Histogram* lengths_;
  QSplitter* sheet_;
  QLabel* about_;
  SeriesChart* curves_;
  QTableWidget* variables_;
};

}  // namespace pretext
