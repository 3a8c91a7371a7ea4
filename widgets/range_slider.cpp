#include "widgets/range_slider.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

constexpr double kHandle = 6.0;  // Radius, device-independent pixels.
constexpr double kGroove = 4.0;  // Height.

}  // namespace

RangeSlider::RangeSlider(double least, double most, QWidget* parent)
    : QWidget(parent), least_(least), most_(most), low_(least), high_(most) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RangeSlider::setRange(double low, double high) {
  low_ = std::clamp(low, least_, most_);
  high_ = std::clamp(high, low_, most_);
  update();
}

double RangeSlider::place(double value) const {
  return kHandle + (width() - 2.0 * kHandle) * (value - least_) / (most_ - least_);
}

void RangeSlider::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double middle = height() / 2.0;
  const auto bar = [&](double from, double to, const QColor& color) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(from, middle - kGroove / 2.0, to - from, kGroove), 2.0, 2.0);
  };
  bar(kHandle, width() - kHandle, palette().color(QPalette::Mid));
  bar(place(low_), place(high_), palette().color(QPalette::Highlight));
  painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
  painter.setBrush(palette().color(QPalette::Button));
  for (const double value : {low_, high_})
    painter.drawEllipse(QPointF(place(value), middle), kHandle - 1.0, kHandle - 1.0);
}

void RangeSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const double x = event->position().x();
  const double toLow = std::abs(x - place(low_)), toHigh = std::abs(x - place(high_));
  // Of two handles at one place, the one that can go where the mouse is.
  holdsLow_ = toLow == toHigh ? x < place(low_) : toLow < toHigh;
  Q_EMIT pressed();
  moveTo(x);
}

void RangeSlider::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) moveTo(event->position().x());
}

void RangeSlider::moveTo(double x) {
  const double share = (x - kHandle) / std::max(1.0, width() - 2.0 * kHandle);
  const double value = least_ + (most_ - least_) * std::clamp(share, 0.0, 1.0);
  if (holdsLow_) {
    setRange(value, std::max(value, high_));
  } else {
    setRange(std::min(low_, value), value);
  }
  Q_EMIT moved(low_, high_);
}

}  // namespace pretext
