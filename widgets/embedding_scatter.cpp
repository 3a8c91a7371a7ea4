#include "widgets/embedding_scatter.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace pretext {

namespace {

constexpr int kCategoriesAShape = 8;

/// Paints a point, whole inside `image`. Shapes beside colours: from the ninth category on the
/// points are hollow squares.
void drawPoint(QImage& image, int x, int y, int radius, int category, QRgb color) {
  for (int dy = -radius; dy <= radius; ++dy) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y + dy));
    for (int dx = -radius; dx <= radius; ++dx) {
      const bool border = std::abs(dx) == radius || std::abs(dy) == radius;
      const bool inside = dx * dx + dy * dy <= radius * radius + 1;
      if (category >= kCategoriesAShape ? border : inside) line[x + dx] = color;
    }
  }
}

QColor pointColor(int category) {
  const QColor without(128, 128, 128);  // Of no category's hue, and seen on either ground.
  return category < 0 ? without : categoryColor(category);
}

QColor mixed(const QColor& color, const QColor& ground, double share) {
  const auto part = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share)); };
  return {part(color.red(), ground.red()), part(color.green(), ground.green()),
          part(color.blue(), ground.blue())};
}

}  // namespace

EmbeddingScatter::EmbeddingScatter(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Embedding scatter"));
  setMouseTracking(true);
  setMinimumSize(240, 200);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void EmbeddingScatter::setPoints(std::vector<Point> points) {
  points_ = std::move(points);
  selected_ = -1;
  showAll();
}

void EmbeddingScatter::setSelected(std::int64_t position) {
  selected_ = position;
  update();
}

void EmbeddingScatter::showAll() {
  raster_ = QImage();
  update();
  if (points_.empty()) return;
  const auto [left, right] = std::ranges::minmax_element(points_, {}, &Point::x);
  const auto [bottom, top] = std::ranges::minmax_element(points_, {}, &Point::y);
  centre_ = {0.5 * (left->x + right->x), 0.5 * (bottom->y + top->y)};
  const double across = std::max(1e-6, static_cast<double>(right->x - left->x));
  const double down = std::max(1e-6, static_cast<double>(top->y - bottom->y));
  scale_ = 0.94 * std::min(width() / across, height() / down);
}

QPointF EmbeddingScatter::toWidget(const Point& point) const {
  return {0.5 * width() + (point.x - centre_.x()) * scale_,
          0.5 * height() - (point.y - centre_.y()) * scale_};
}

void EmbeddingScatter::render() {
  const double ratio = devicePixelRatioF();
  raster_ = QImage(size() * ratio, QImage::Format_RGB32);
  raster_.setDevicePixelRatio(ratio);
  raster_.fill(palette().color(QPalette::Base));
  const int radius =
      std::max(1, static_cast<int>(std::lround(ratio * (points_.size() > 20000 ? 1.0 : 1.8))));
  const int columns = raster_.width();
  const int rows = raster_.height();
  for (const auto& point : points_) {
    const auto place = toWidget(point) * ratio;
    const int x = static_cast<int>(std::lround(place.x()));
    const int y = static_cast<int>(std::lround(place.y()));
    if (x < radius || y < radius || x >= columns - radius || y >= rows - radius) continue;
    const bool isFaint = emphasis_ && point.category != *emphasis_;
    auto color = pointColor(point.category);
    if (isFaint) color = mixed(color, palette().color(QPalette::Base), 0.15);
    drawPoint(raster_, x, y, radius, point.category, color.rgb());
  }
}

QPixmap EmbeddingScatter::categoryMark(int category, double devicePixelRatio) {
  const int side = static_cast<int>(std::lround(16 * devicePixelRatio));
  QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  const int radius = static_cast<int>(std::lround(3 * devicePixelRatio));
  drawPoint(image, side / 2, side / 2, radius, category, pointColor(category).rgba());
  auto mark = QPixmap::fromImage(image);
  mark.setDevicePixelRatio(devicePixelRatio);
  return mark;
}

void EmbeddingScatter::setEmphasis(std::optional<int> category) {
  emphasis_ = category;
  raster_ = QImage();
  update();
}

void EmbeddingScatter::paintEvent(QPaintEvent*) {
  if (raster_.isNull()) render();
  QPainter painter(this);
  painter.drawImage(0, 0, raster_);
  if (points_.empty()) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect(), Qt::AlignCenter, tr("No embeddings yet"));
  }
  const auto chosen = std::ranges::find(points_, selected_, &Point::position);
  if (selected_ < 0 || chosen == points_.end()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
  painter.drawEllipse(toWidget(*chosen), 7, 7);
}

void EmbeddingScatter::resizeEvent(QResizeEvent*) {
  showAll();
}

void EmbeddingScatter::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) raster_ = QImage();
}

std::int64_t EmbeddingScatter::sampleAt(const QPointF& place) const {
  double nearest = 12.0 * 12.0;
  std::int64_t position = -1;
  for (const auto& point : points_) {
    const auto offset = toWidget(point) - place;
    const double distance = QPointF::dotProduct(offset, offset);
    if (distance >= nearest) continue;
    nearest = distance;
    position = point.position;
  }
  return position;
}

void EmbeddingScatter::wheelEvent(QWheelEvent* event) {
  const double factor = std::pow(1.0015, event->angleDelta().y());
  const auto offset = event->position() - QPointF(0.5 * width(), 0.5 * height());
  const QPointF under(centre_.x() + offset.x() / scale_, centre_.y() - offset.y() / scale_);
  scale_ *= factor;
  centre_ = {under.x() - offset.x() / scale_, under.y() + offset.y() / scale_};
  raster_ = QImage();
  update();
}

void EmbeddingScatter::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position();
  pressedCentre_ = centre_;
  isDragged_ = false;
}

void EmbeddingScatter::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) {
    Q_EMIT hovered(sampleAt(event->position()), event->globalPosition().toPoint());
    return;
  }
  const auto moved = event->position() - pressed_;
  isDragged_ = isDragged_ || moved.manhattanLength() > 4;
  if (!isDragged_) return;
  centre_ = {pressedCentre_.x() - moved.x() / scale_, pressedCentre_.y() + moved.y() / scale_};
  raster_ = QImage();
  update();
}

void EmbeddingScatter::mouseReleaseEvent(QMouseEvent* event) {
  if (isDragged_ || event->button() != Qt::LeftButton) return;
  const auto position = sampleAt(event->position());
  if (position < 0) return;
  setSelected(position);
  Q_EMIT clicked(position);
}

void EmbeddingScatter::mouseDoubleClickEvent(QMouseEvent*) {
  showAll();
}

}  // namespace pretext
