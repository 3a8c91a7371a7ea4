#pragma once

#include <QImage>
#include <QPixmap>
#include <QPointF>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace pretext {

/// Scatter of up to 100,000 embeddings, painted into one raster. The wheel zooms at the pointer,
/// dragging moves, a double click shows all. Points are coloured by category, grey
/// where they have none.
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
  /// Position of the sample nearest to a place in the widget, within 12 px; -1 when there is none.
  std::int64_t sampleAt(const QPointF& place) const;
  void setSelected(std::int64_t position);
  /// Draws the other categories' points faintly; none: all alike.
  void setEmphasis(std::optional<int> category);
  /// How a category's points look, on a transparent ground.
  static QPixmap categoryMark(int category, double devicePixelRatio);

  QSize sizeHint() const override { return {500, 400}; }

 Q_SIGNALS:
  void hovered(qint64 position, const QPoint& globalPlace);
  void clicked(qint64 position);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  void showAll();
  void render();
  QPointF toWidget(const Point& point) const;

  std::vector<Point> points_;
  QPointF centre_;      // In the points' coordinates, at the widget's middle.
  double scale_ = 1.0;  // Device-independent pixels a unit.
  QImage raster_;       // Null: to be rendered.
  QPointF pressed_;
  QPointF pressedCentre_;
  bool isDragged_ = false;
  std::int64_t selected_ = -1;
  std::optional<int> emphasis_;
};

}  // namespace pretext
