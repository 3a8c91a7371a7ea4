#include "widgets/parallel_plot.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace pretext {
namespace {

constexpr double kSide = 70.0;    // Left and right of the outer axes, px.
constexpr double kHead = 40.0;    // For an axis's title and its highest value.
constexpr double kRow = 18.0;     // Of a text.
constexpr double kBolder = 1.15;  // How much wider a bold text is, about.
constexpr double kGap = 6.0;      // Between texts beside each other.
constexpr double kFoot = 20.0;    // For its lowest value.
constexpr double kReach = 24.0;   // How near an axis a press has to be.
constexpr double kClick = 0.02;   // A brush shorter than this share is none.
constexpr double kKeyStep = 0.05;

}  // namespace

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Parallel coordinates"));
  setToolTip(
      tr("Drag along an axis to keep the runs that pass there; click it to take that back. Keys: "
         "left and right choose an axis, up and down move its brush, with Shift its upper end, "
         "with Ctrl its lower one; Delete takes it away, Escape all."));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumHeight(160);
}

void ParallelPlot::show(std::vector<Axis> axes, std::vector<Line> lines) {
  const bool isSame = std::ranges::equal(axes, axes_, {}, &Axis::title, &Axis::title);
  axes_ = std::move(axes);
  lines_ = std::move(lines);
  if (!isSame) {
    brushes_.clear();
    inHand_ = -1;
  }
  ranges_.assign(axes_.size(), {std::numeric_limits<double>::infinity(),
                                -std::numeric_limits<double>::infinity()});
  for (const auto& line : lines_) {
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      const double value = line.values[axis];
      if (!std::isfinite(value)) continue;
      ranges_[axis].first = std::min(ranges_[axis].first, value);
      ranges_[axis].second = std::max(ranges_[axis].second, value);
    }
  }
  layTitles();
  update();
  Q_EMIT brushedChanged();
}

QRectF ParallelPlot::area() const {
  return QRectF(rect()).adjusted(kSide, head(), -kSide, -kFoot);
}

double ParallelPlot::head() const {
  return isStaggered_ ? kHead + kRow : kHead;
}

double ParallelPlot::columnWidth() const {
  if (axes_.size() < 2) return 2 * kSide;
  return (width() - 2 * kSide) / static_cast<double>(axes_.size() - 1);
}

/// Titles that have no room beside each other stand in two rows in turn.
void ParallelPlot::layTitles() {
  auto bold = font();
  bold.setBold(true);
  const QFontMetricsF metrics(bold);
  isStaggered_ = std::ranges::any_of(axes_, [&](const Axis& axis) {
    return metrics.horizontalAdvance(axis.title) > std::min(columnWidth(), 2 * kSide) - kGap;
  });
}

void ParallelPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layTitles();
}

double ParallelPlot::xOf(std::size_t axis) const {
  if (axes_.size() < 2) return area().center().x();
  return area().left() +
         area().width() * static_cast<double>(axis) / static_cast<double>(axes_.size() - 1);
}

double ParallelPlot::shareOf(std::size_t axis, double value) const {
  if (!std::isfinite(value)) return std::nan("");
  auto [low, high] = ranges_[axis];
  if (axes_[axis].isLog) {
    low = std::log(low);
    high = std::log(high);
    value = std::log(value);
  }
  return high > low ? (value - low) / (high - low) : 0.5;
}

QPointF ParallelPlot::placeOf(int axis, double value) const {
  const auto index = static_cast<std::size_t>(axis);
  return {xOf(index), area().bottom() - shareOf(index, value) * area().height()};
}

bool ParallelPlot::passes(const Line& line) const {
  constexpr double kSlack = 1e-9;
  return std::ranges::all_of(brushes_, [&](const auto& brush) {
    const auto axis = static_cast<std::size_t>(brush.first);
    const double share = shareOf(axis, line.values[axis]);
    return share >= brush.second.first - kSlack && share <= brush.second.second + kSlack;
  });
}

std::vector<std::int64_t> ParallelPlot::brushed() const {
  std::vector<std::int64_t> ids;
  for (const auto& line : lines_) {
    if (passes(line)) ids.push_back(line.id);
  }
  return ids;
}

void ParallelPlot::paintLine(QPainter& painter, const Line& line) const {
  QPainterPath path;
  bool isDown = false;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    const double share = shareOf(axis, line.values[axis]);
    if (std::isnan(share)) {
      isDown = false;
      continue;
    }
    const QPointF place(xOf(axis), area().bottom() - share * area().height());
    isDown ? path.lineTo(place) : path.moveTo(place);
    isDown = true;
    painter.drawEllipse(place, 2.5, 2.5);
  }
  painter.drawPath(path);
}

QString ParallelPlot::textOf(const Axis& axis, double value) const {
  if (axis.names.isEmpty()) return QLocale().toString(value, 'g', 4);
  return axis.names.value(static_cast<int>(std::lround(value)));
}

void ParallelPlot::paintAxis(QPainter& painter, std::size_t axis) const {
  const double x = xOf(axis);
  const bool isInHand = hasFocus() && static_cast<int>(axis) == inHand_;
  painter.setPen(isInHand ? QPen(palette().color(QPalette::Highlight), 3.0)
                          : QPen(palette().color(QPalette::Mid)));
  painter.drawLine(QPointF(x, area().top()), QPointF(x, area().bottom()));
  const double room = std::min(columnWidth(), 2 * kSide) - kGap;
  const auto text = [&](double y, const QString& words, double most, bool isBold) {
    auto font = this->font();
    font.setBold(isBold);
    painter.setFont(font);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(x - most / 2, y, most, kRow), Qt::AlignCenter,
                     QFontMetricsF(font).elidedText(words, Qt::ElideMiddle, most));
  };
  const bool isOuter = axis == 0 || axis + 1 == axes_.size();
  const double titleRoom = !isStaggered_ ? room
                           : isOuter     ? 2 * kSide - kGap
                                         : 2 * columnWidth() - kGap;
  auto title = axes_[axis].title;
  const bool fits = painter.fontMetrics().horizontalAdvance(title) * kBolder <= titleRoom;
  if (!fits) title = title.section(QLatin1Char('.'), -1);  // A key without its section.
  text(isStaggered_ && axis % 2 == 1 ? 2 + kRow : 2, title, titleRoom, true);
  const auto [low, high] = ranges_[axis];
  if (axes_[axis].names.size() > 2) {
    for (int name = 0; name < axes_[axis].names.size(); ++name)
      text(placeOf(static_cast<int>(axis), name).y() - 9, axes_[axis].names[name], room, false);
  } else if (std::isfinite(low)) {
    if (high > low) text(head() - 20, textOf(axes_[axis], high), room, false);
    text(area().bottom() + 2, textOf(axes_[axis], low), room, false);
  }
  const auto brush = brushes_.find(static_cast<int>(axis));
  if (brush == brushes_.end()) return;
  auto fill = palette().color(QPalette::Highlight);
  painter.setPen(fill);
  fill.setAlphaF(0.3f);
  painter.setBrush(fill);
  const double top = area().bottom() - brush->second.second * area().height();
  const double bottom = area().bottom() - brush->second.first * area().height();
  painter.drawRect(QRectF(x - 7, top, 14, bottom - top));
  painter.setBrush(Qt::NoBrush);
}

void ParallelPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (axes_.size() < 2 || lines_.size() < 2) {
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Tick runs whose settings differ to see what they do"));
    return;
  }
  for (const bool isIn : {false, true}) {  // Those inside lie on top.
    for (const auto& line : lines_) {
      if (passes(line) != isIn) continue;
      auto color = isIn ? line.color : palette().color(QPalette::Mid);
      if (!isIn) color.setAlphaF(0.35f);
      painter.setPen(QPen(color, isIn ? 2.0 : 1.0));
      paintLine(painter, line);
    }
  }
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) paintAxis(painter, axis);
}

int ParallelPlot::axisAt(double x) const {
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    if (std::abs(xOf(axis) - x) <= kReach) return static_cast<int>(axis);
  }
  return -1;
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->button() == Qt::LeftButton ? axisAt(event->position().x()) : -1;
  pressedShare_ = (area().bottom() - event->position().y()) / area().height();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
  if (pressed_ < 0) return;
  const double share = (area().bottom() - event->position().y()) / area().height();
  const auto [low, high] = std::minmax(pressedShare_, share);
  if (high - low < kClick) return;
  brushes_[pressed_] = {std::clamp(low, 0.0, 1.0), std::clamp(high, 0.0, 1.0)};
  update();
  Q_EMIT brushedChanged();
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
  const double share = (area().bottom() - event->position().y()) / area().height();
  if (pressed_ >= 0 && std::abs(share - pressedShare_) < kClick) removeBrush(pressed_);
  pressed_ = -1;
}

void ParallelPlot::removeBrush(int axis) {
  brushes_.erase(axis);
  update();
  Q_EMIT brushedChanged();
}

void ParallelPlot::moveBrush(double low, double high) {
  constexpr double kLeast = 0.02;
  const bool isWhole = low == high;
  const std::pair half = low > 0 ? std::pair(0.5, 1.0) : std::pair(0.0, 0.5);
  const auto [found, isNew] = brushes_.try_emplace(inHand_, isWhole ? half : std::pair(0.0, 1.0));
  auto& brush = found->second;
  // A brush that is moved as a whole keeps its length at the ends of the axis.
  if (isWhole) low = high = isNew ? 0.0 : std::clamp(low, -brush.first, 1.0 - brush.second);
  brush.first = std::clamp(brush.first + low, 0.0, brush.second - kLeast);
  brush.second = std::clamp(brush.second + high, brush.first + kLeast, 1.0);
  update();
  Q_EMIT brushedChanged();
}

void ParallelPlot::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(axes_.size()) - 1;
  const int key = event->key();
  const bool isVertical = key == Qt::Key_Up || key == Qt::Key_Down;
  if (key == Qt::Key_Escape && !brushes_.empty()) {
    brushes_.clear();
    update();
    Q_EMIT brushedChanged();
  } else if (key == Qt::Key_Left || key == Qt::Key_Right) {
    inHand_ = std::clamp(inHand_ + (key == Qt::Key_Left ? -1 : 1), std::min(0, last), last);
    update();
  } else if (inHand_ >= 0 && (key == Qt::Key_Delete || key == Qt::Key_Backspace)) {
    removeBrush(inHand_);
  } else if (inHand_ >= 0 && isVertical) {
    const double step = key == Qt::Key_Up ? kKeyStep : -kKeyStep;
    const bool isUpper = event->modifiers() & Qt::ShiftModifier;
    const bool isLower = event->modifiers() & Qt::ControlModifier;
    moveBrush(isUpper ? 0.0 : step, isLower ? 0.0 : step);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void ParallelPlot::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  if (inHand_ < 0 && !axes_.empty()) inHand_ = 0;
  update();
}

void ParallelPlot::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

}  // namespace pretext
