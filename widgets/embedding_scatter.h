#pragma once

#include <QImage>
#include <QPixmap>
#include <QPointF>
#include <QPolygonF>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pretext {

/// Scatter of 100,000 embeddings and more, painted into one raster.
///
/// The wheel zooms at the pointer, dragging moves, a double click shows all; dragging with Shift
/// held, or while `setLassoing`, draws a lasso around points. From the keyboard: arrows move, + and
/// - zoom, Home shows all, Escape drops the selection. Points are coloured by category, or by a
/// value in [0, 1]; grey where they have none.
class EmbeddingScatter final : public QWidget {
  Q_OBJECT

 public:
  struct Point {
    float x;
    float y;
    int category;           ///< -1: none
    std::int64_t position;  ///< Of the sample in its corpus.
  };

  explicit EmbeddingScatter(QWidget* parent = nullptr);
  void setPoints(std::vector<Point> points);
  /// Moves the points, x and y of each in turn; what is in view stays.
  void setPlaces(std::span<const float> places);
  /// Of each point, in their order.
  void setCategories(std::span<const int> categories);
  /// Colours by these instead of by category; NaN: none. Empty: by category again.
  void setValues(std::vector<float> values);
  /// Brings these coordinates, and all of `setPoints`', into view.
  void include(std::span<const float> places);
  /// Position of the sample nearest to a place in the widget, within 12 px; -1 when there is none.
  std::int64_t sampleAt(const QPointF& place) const;
  /// Where a sample is drawn; none for one that has no point.
  std::optional<QPointF> placeOf(std::int64_t position) const;
  /// The sample that a person looks at, in a ring; -1: none.
  void setSelected(std::int64_t position);
  /// Draws the other points faintly; none: all alike.
  void setLassoed(const std::vector<std::int64_t>& positions);
  /// Draws a small ring around the points of these samples, unless they are very many.
  void setMarked(const std::vector<std::int64_t>& positions);
  /// Whether dragging draws a lasso without Shift.
  void setLassoing(bool on);
  /// Draws the other categories' points faintly; none: all alike.
  void setEmphasis(std::optional<int> category);
  /// How a category's points look, on a transparent ground.
  static QPixmap categoryMark(int category, double devicePixelRatio);
  /// The colour of a value in [0, 1]: viridis, which the colour-blind read as well.
  static QColor valueColor(double value);

  QSize sizeHint() const override { return {500, 400}; }

 Q_SIGNALS:
  void hovered(qint64 position, const QPoint& globalPlace);
  void clicked(qint64 position);
  /// Those inside a lasso; none when the selection was dropped.
  void lassoed(const std::vector<std::int64_t>& positions);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  void showAll();
  void render();
  void drawMarks();
  void redraw();
  void moveBy(const QPointF& pixels);
  void zoom(double factor, const QPointF& at);
  void endLasso();
  QRgb colorOf(std::size_t point, bool isFaint) const;
  bool isFaint(std::size_t point) const;
  QPointF toWidget(const Point& point) const;

  std::vector<Point> points_;
  std::vector<float> values_;        // Of each point; empty: coloured by category.
  std::vector<bool> isLassoed_;      // Of each point; empty: no selection.
  std::vector<std::size_t> marked_;  // Points.
  QRectF extent_;                    // Of all that has to be shown.
  QPointF centre_;                   // In the points' coordinates, at the widget's middle.
  double scale_ = 1.0;               // Device-independent pixels a unit.
  QImage raster_;                    // Null: to be rendered.
  QPointF pressed_;
  QPointF pressedCentre_;
  QPolygonF lasso_;
  bool isLassoing_ = false;
  bool isDrawingLasso_ = false;
  bool isDragged_ = false;
  std::int64_t selected_ = -1;
  std::optional<int> emphasis_;
};

}  // namespace pretext
