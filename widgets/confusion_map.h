#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QStringList>

#include <cstdint>
#include <vector>

class QPainter;

namespace pretext {

/// A confusion matrix, painted: true classes down, predicted ones across, shaded by share of the
/// row. Up to `kMostNamed` classes it writes names and counts; of more it shows all cells at once,
/// mistakes in front where they overlap; a tooltip and `pointed` explain a cell. Nothing is drawn
/// before it is looked at, and what was drawn is kept as one picture.
class ConfusionMap final : public QAbstractScrollArea {
  Q_OBJECT

 public:
  static constexpr int kMostNamed = 30;

  explicit ConfusionMap(QWidget* parent = nullptr);

  /// `counts`: [true class][predicted class]; a class without a name is called by its number.
  void show(std::vector<std::vector<std::int64_t>> counts, const QStringList& names);
  bool isDrawn() const { return !picture_.isNull(); }

  /// What a cell says, e.g. "cat taken for dog: 12 of 300 (4.0 %)".
  QString sentence(int truth, int takenFor) const;
  /// The same of two classes on two lines: names, and figures.
  QString pair(int truth, int takenFor) const;
  /// Puts a cell in hand and brings it into view.
  void pointAt(int truth, int takenFor);
  /// Where a cell lies in the viewport.
  QRect cellRect(int truth, int takenFor) const;

 Q_SIGNALS:
  /// A cell came in hand, by keys or under the pointer.
  void pointed(const QString& sentence);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  int size() const { return static_cast<int>(counts_.size()); }
  bool isNamed() const { return size() <= kMostNamed; }
  std::int64_t count(int truth, int takenFor) const;
  double share(int truth, int takenFor) const;
  QString nameOf(int number) const;
  QString figures(int truth, int takenFor) const;
  /// Sizes of cells and headers, for the viewport as it is.
  void arrange();
  void arrangeNamed();
  void arrangeWhole();
  QColor colourOf(int truth, int takenFor) const;
  QImage draw() const;
  void paintAxes(QPainter& painter, const QRect& whole) const;
  void paintNames(QPainter& painter) const;
  void paintCounts(QPainter& painter) const;
  /// The cell at a place of the viewport; {-1, -1}: none.
  QPoint cellAt(const QPoint& place) const;

  std::vector<std::vector<std::int64_t>> counts_;
  std::vector<std::int64_t> totals_;  // Of each row.
  QStringList names_;
  QImage picture_;  // Null until it is looked at.
  QSizeF cell_;
  QSize header_;  // Width of the rows' names, height of the columns'.
  bool areNamesUpright_ = false;
  QPoint current_{-1, -1};  // x: predicted, y: true class.
};

}  // namespace pretext
