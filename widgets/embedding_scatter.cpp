#include "widgets/embedding_scatter.h"

#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_set>
#include <utility>

namespace pretext {

namespace {

constexpr int kCategoriesAShape = 8;

/// The pixels of a point's mark, as distances from its middle in a raster. Shapes beside colours:
/// from the ninth category on the marks are hollow squares.
std::vector<std::ptrdiff_t> markPixels(int radius, int category, std::ptrdiff_t pixelsALine) {
  std::vector<std::ptrdiff_t> pixels;
  for (int dy = -radius; dy <= radius; ++dy) {
    for (int dx = -radius; dx <= radius; ++dx) {
      const bool border = std::abs(dx) == radius || std::abs(dy) == radius;
      const bool inside = dx * dx + dy * dy <= radius * radius + 1;
      if (category >= kCategoriesAShape ? border : inside) pixels.push_back(dy * pixelsALine + dx);
    }
  }
  return pixels;
}

QRgb* firstPixel(QImage& image) {
  return reinterpret_cast<QRgb*>(image.bits());
}

std::ptrdiff_t pixelsALine(const QImage& image) {
  return image.bytesPerLine() / static_cast<std::ptrdiff_t>(sizeof(QRgb));
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
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 200);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void EmbeddingScatter::setPoints(std::vector<Point> points) {
  points_ = std::move(points);
  values_.clear();
  isLassoed_.clear();
  marked_.clear();
  selected_ = -1;
  extent_ = QRectF();
  if (!points_.empty()) {
    const auto [left, right] = std::ranges::minmax_element(points_, {}, &Point::x);
    const auto [bottom, top] = std::ranges::minmax_element(points_, {}, &Point::y);
    extent_ = QRectF(QPointF(left->x, bottom->y), QPointF(right->x, top->y));
  }
  showAll();
}

void EmbeddingScatter::setPlaces(std::span<const float> places) {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    points_[i].x = places[2 * i];
    points_[i].y = places[2 * i + 1];
  }
  redraw();
}

void EmbeddingScatter::setCategories(std::span<const int> categories) {
  for (std::size_t i = 0; i < points_.size(); ++i) points_[i].category = categories[i];
  redraw();
}

void EmbeddingScatter::setValues(std::vector<float> values) {
  values_ = std::move(values);
  redraw();
}

void EmbeddingScatter::include(std::span<const float> places) {
  for (std::size_t i = 0; i + 1 < places.size(); i += 2) {
    extent_.setLeft(std::min<double>(extent_.left(), places[i]));
    extent_.setRight(std::max<double>(extent_.right(), places[i]));
    extent_.setTop(std::min<double>(extent_.top(), places[i + 1]));
    extent_.setBottom(std::max<double>(extent_.bottom(), places[i + 1]));
  }
  showAll();
}

void EmbeddingScatter::setSelected(std::int64_t position) {
  selected_ = position;
  update();
}

void EmbeddingScatter::setLassoed(const std::vector<std::int64_t>& positions) {
  isLassoed_.clear();
  if (!positions.empty()) {
    const std::unordered_set<std::int64_t> wanted(positions.begin(), positions.end());
    for (const auto& point : points_) isLassoed_.push_back(wanted.contains(point.position));
  }
  redraw();
}

void EmbeddingScatter::setMarked(const std::vector<std::int64_t>& positions) {
  marked_.clear();
  const std::unordered_set<std::int64_t> wanted(positions.begin(), positions.end());
  for (std::size_t i = 0; i < points_.size() && !wanted.empty(); ++i)
    if (wanted.contains(points_[i].position)) marked_.push_back(i);
  redraw();
}

void EmbeddingScatter::setLassoing(bool on) {
  isLassoing_ = on;
  setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
}

void EmbeddingScatter::redraw() {
  raster_ = QImage();
  update();
}

void EmbeddingScatter::showAll() {
  redraw();
  if (points_.empty()) return;
  constexpr double kLeast = 1e-6;
  centre_ = extent_.center();
  scale_ = 0.94 * std::min(width() / std::max(kLeast, extent_.width()),
                           height() / std::max(kLeast, extent_.height()));
}

QPointF EmbeddingScatter::toWidget(const Point& point) const {
  return {0.5 * width() + (point.x - centre_.x()) * scale_,
          0.5 * height() - (point.y - centre_.y()) * scale_};
}

bool EmbeddingScatter::isFaint(std::size_t point) const {
  if (!isLassoed_.empty()) return !isLassoed_[point];
  return emphasis_ && points_[point].category != *emphasis_;
}

QRgb EmbeddingScatter::colorOf(std::size_t point, bool isFaint) const {
  const bool hasValue = !values_.empty() && !std::isnan(values_[point]);
  auto color = values_.empty() ? pointColor(points_[point].category)
               : hasValue      ? valueColor(values_[point])
                               : pointColor(-1);
  if (isFaint) color = mixed(color, palette().color(QPalette::Base), 0.3);
  return color.rgb();
}

void EmbeddingScatter::render() {
  const double ratio = devicePixelRatioF();
  raster_ = QImage(size() * ratio, QImage::Format_RGB32);
  raster_.setDevicePixelRatio(ratio);
  raster_.fill(palette().color(QPalette::Base));
  constexpr std::size_t kMany = 20'000;
  const int radius =
      std::max(1, static_cast<int>(std::lround(ratio * (points_.size() > kMany ? 1.0 : 1.8))));
  const auto line = pixelsALine(raster_);
  const auto full = markPixels(radius, 0, line);
  const auto hollow = markPixels(radius, kCategoriesAShape, line);
  auto* pixels = firstPixel(raster_);
  const double scale = scale_ * ratio;
  const double left = 0.5 * raster_.width() - centre_.x() * scale;
  const double top = 0.5 * raster_.height() + centre_.y() * scale;
  const double right = raster_.width() - radius - 1;
  const double bottom = raster_.height() - radius - 1;
  const bool hasFaint = !isLassoed_.empty() || emphasis_;
  std::map<int, std::array<QRgb, 2>> ofCategory;  // As they are, and faint.
  for (const bool faint : {true, false}) {        // What counts lies on top.
    if (faint && !hasFaint) continue;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (hasFaint && isFaint(i) != faint) continue;
      const auto& point = points_[i];
      const double x = point.x * scale + left;
      const double y = top - point.y * scale;
      if (!(x >= radius && y >= radius && x <= right && y <= bottom)) continue;
      QRgb color = 0;
      if (values_.empty()) {
        auto [known, isNew] = ofCategory.try_emplace(point.category);
        if (isNew) known->second = {colorOf(i, false), colorOf(i, true)};
        color = known->second[faint ? 1 : 0];
      } else {
        color = colorOf(i, faint);
      }
      auto* middle = pixels + static_cast<std::ptrdiff_t>(y + 0.5) * line +
                     static_cast<std::ptrdiff_t>(x + 0.5);
      const bool isHollow = values_.empty() && point.category >= kCategoriesAShape;
      for (const auto pixel : isHollow ? hollow : full) middle[pixel] = color;
    }
  }
  drawMarks();
}

void EmbeddingScatter::drawMarks() {
  constexpr std::size_t kMost = 5'000;  // More of them would hide the points.
  constexpr double kRadius = 4.5;       // Device-independent pixels.
  if (marked_.empty() || marked_.size() > kMost) return;
  QPainter painter(&raster_);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::WindowText), 1));
  for (const auto point : marked_) painter.drawEllipse(toWidget(points_[point]), kRadius, kRadius);
}

QPixmap EmbeddingScatter::categoryMark(int category, double devicePixelRatio) {
  const int side = static_cast<int>(std::lround(16 * devicePixelRatio));
  QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  const int radius = static_cast<int>(std::lround(3 * devicePixelRatio));
  const auto line = pixelsALine(image);
  auto* middle = firstPixel(image) + (side / 2) * line + side / 2;
  for (const auto pixel : markPixels(radius, category, line))
    middle[pixel] = pointColor(category).rgba();
  auto mark = QPixmap::fromImage(image);
  mark.setDevicePixelRatio(devicePixelRatio);
  return mark;
}

QColor EmbeddingScatter::valueColor(double value) {
  // Viridis at its eighths (matplotlib's colour map, by van der Walt and Smith, 2015).
  static constexpr std::array<std::array<int, 3>, 9> kStops = {{{68, 1, 84},
                                                                {71, 45, 123},
                                                                {59, 82, 139},
                                                                {44, 114, 142},
                                                                {33, 145, 140},
                                                                {40, 174, 128},
                                                                {94, 201, 98},
                                                                {173, 220, 48},
                                                                {253, 231, 37}}};
  const double place = std::clamp(value, 0.0, 1.0) * (kStops.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
  const double share = place - static_cast<double>(below);
  const auto part = [&](std::size_t c) {
    return static_cast<int>(kStops[below][c] * (1.0 - share) + kStops[below + 1][c] * share);
  };
  return {part(0), part(1), part(2)};
}

void EmbeddingScatter::setEmphasis(std::optional<int> category) {
  emphasis_ = category;
  redraw();
}

void EmbeddingScatter::paintEvent(QPaintEvent*) {
  if (raster_.isNull()) render();
  QPainter painter(this);
  painter.drawImage(0, 0, raster_);
  if (points_.empty()) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect(), Qt::AlignCenter, tr("No embeddings yet"));
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::WindowText), 2));
  if (const auto place = placeOf(selected_)) painter.drawEllipse(*place, 7, 7);
  if (isDrawingLasso_) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5, Qt::DashLine));
    painter.drawPolygon(lasso_);
  }
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

std::optional<QPointF> EmbeddingScatter::placeOf(std::int64_t position) const {
  const auto found = std::ranges::find(points_, position, &Point::position);
  if (position < 0 || found == points_.end()) return std::nullopt;
  return toWidget(*found);
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

void EmbeddingScatter::zoom(double factor, const QPointF& at) {
  const auto offset = at - QPointF(0.5 * width(), 0.5 * height());
  const QPointF under(centre_.x() + offset.x() / scale_, centre_.y() - offset.y() / scale_);
  scale_ *= factor;
  centre_ = {under.x() - offset.x() / scale_, under.y() + offset.y() / scale_};
  redraw();
}

void EmbeddingScatter::moveBy(const QPointF& pixels) {
  centre_ += QPointF(pixels.x() / scale_, -pixels.y() / scale_);
  redraw();
}

void EmbeddingScatter::wheelEvent(QWheelEvent* event) {
  zoom(std::pow(1.0015, event->angleDelta().y()), event->position());
}

void EmbeddingScatter::keyPressEvent(QKeyEvent* event) {
  constexpr double kStep = 40.0;  // Device-independent pixels.
  constexpr double kZoom = 1.25;
  const QPointF middle(0.5 * width(), 0.5 * height());
  switch (event->key()) {
    case Qt::Key_Left:
      return moveBy({-kStep, 0});
    case Qt::Key_Right:
      return moveBy({kStep, 0});
    case Qt::Key_Up:
      return moveBy({0, -kStep});
    case Qt::Key_Down:
      return moveBy({0, kStep});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(kZoom, middle);
    case Qt::Key_Minus:
      return zoom(1.0 / kZoom, middle);
    case Qt::Key_Home:
      return showAll();
    case Qt::Key_Escape: {
      setLassoed({});
      Q_EMIT lassoed({});
      return;
    }
    default:
      QWidget::keyPressEvent(event);
  }
}

void EmbeddingScatter::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->position();
  pressedCentre_ = centre_;
  isDragged_ = false;
  isDrawingLasso_ = event->button() == Qt::LeftButton &&
                    (isLassoing_ || event->modifiers().testFlag(Qt::ShiftModifier));
  lasso_ = QPolygonF({pressed_});
}

void EmbeddingScatter::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) {
    Q_EMIT hovered(sampleAt(event->position()), event->globalPosition().toPoint());
    return;
  }
  const auto moved = event->position() - pressed_;
  isDragged_ = isDragged_ || moved.manhattanLength() > 4;
  if (!isDragged_) return;
  if (isDrawingLasso_) {
    lasso_ << event->position();
    update();
    return;
  }
  centre_ = {pressedCentre_.x() - moved.x() / scale_, pressedCentre_.y() + moved.y() / scale_};
  redraw();
}

void EmbeddingScatter::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const bool drewLasso = std::exchange(isDrawingLasso_, false);
  if (isDragged_) {
    if (drewLasso) endLasso();
    return;
  }
  const auto position = sampleAt(event->position());
  if (position < 0) return;
  setSelected(position);
  Q_EMIT clicked(position);
}

void EmbeddingScatter::endLasso() {
  // Filled once, so that each point is one look.
  QImage inside(size(), QImage::Format_Grayscale8);
  inside.fill(Qt::black);
  {
    QPainter painter(&inside);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawPolygon(lasso_, Qt::WindingFill);
  }
  std::vector<std::int64_t> caught;
  for (const auto& point : points_) {
    const auto place = toWidget(point).toPoint();
    if (inside.rect().contains(place) && inside.constScanLine(place.y())[place.x()] > 0)
      caught.push_back(point.position);
  }
  setLassoed(caught);
  Q_EMIT lassoed(caught);
}

void EmbeddingScatter::mouseDoubleClickEvent(QMouseEvent*) {
  showAll();
}

}  // namespace pretext
