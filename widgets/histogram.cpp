#include "widgets/histogram.h"

#include "widgets/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <bit>
#include <cmath>

namespace pretext {
namespace {

constexpr int kMargin = 4;

}  // namespace

Histogram::Histogram(const QString& title, const QString& unit, QWidget* parent)
    : QWidget(parent), title_(title), unit_(unit) {
  setAccessibleName(title);
}

void Histogram::show(const std::vector<std::int64_t>& sizes) {
  std::vector<qint64> counts(64, 0);
  for (const auto size : sizes)
    ++counts[std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(1, size))) - 1];
  const auto used = [](qint64 count) { return count > 0; };
  const auto first = std::ranges::find_if(counts, used);
  const auto last = std::find_if(counts.rbegin(), counts.rend(), used).base();
  firstBin_ = static_cast<int>(first - counts.begin());
  counts_ = first < last ? std::vector<qint64>(first, last) : std::vector<qint64>();
  QStringList described;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) described << describe(bin);
  setAccessibleDescription(described.join(QStringLiteral("; ")));
  update();
}

QString Histogram::describe(std::size_t bin) const {
  const auto low = qint64{1} << (static_cast<int>(bin) + firstBin_);
  return tr("%L1 to %L2 %3: %L4").arg(low).arg(2 * low - 1).arg(unit_).arg(counts_[bin]);
}

QRectF Histogram::bar(std::size_t bin) const {
  const double line = fontMetrics().height();
  const double top = line + kMargin;
  const double bottom = height() - line - kMargin;
  const double step = (width() - 2.0 * kMargin) / static_cast<double>(counts_.size());
  const auto most = static_cast<double>(*std::ranges::max_element(counts_));
  const double tall = (bottom - top) * static_cast<double>(counts_[bin]) / most;
  return {kMargin + step * static_cast<double>(bin) + 1, bottom - tall, std::min(step - 2, 60.0),
          std::max(tall, counts_[bin] > 0 ? 1.0 : 0.0)};
}

std::size_t Histogram::labelStep(const QString& widest) const {
  const double step = (width() - 2.0 * kMargin) / static_cast<double>(counts_.size());
  const double needed = fontMetrics().horizontalAdvance(widest) + 8.0;
  return static_cast<std::size_t>(std::max(1.0, std::ceil(needed / step)));
}

void Histogram::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(rect().adjusted(kMargin, 0, 0, 0), Qt::AlignTop | Qt::AlignLeft, title_);
  const auto label = [this](std::size_t bin) {
    return QLocale().toString(qint64{1} << (static_cast<int>(bin) + firstBin_));
  };
  if (counts_.empty()) return;
  const auto every = labelStep(label(counts_.size()));
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    const auto place = bar(bin);
    painter.fillRect(place, categoryColor(0));
    if (bin % every == 0) drawEdge(painter, place.left(), label(bin));
  }
  const auto last = counts_.size() - 1;
  const double wide = fontMetrics().horizontalAdvance(label(last + 1)) + 8.0;
  if ((last + 1) % every == 0)  // Beside the label before it, be the bar as narrow as it may.
    drawEdge(painter, std::max(bar(last).right(), bar(last + 1 - every).left() + 1.5 * wide),
             label(last + 1));
}

/// A size below the edge between two bars.
void Histogram::drawEdge(QPainter& painter, double place, const QString& text) const {
  const double wide = fontMetrics().horizontalAdvance(text);
  const double left = std::clamp(place - wide / 2.0, 0.0, std::max(0.0, width() - wide));
  painter.drawText(QPointF(left, height() - fontMetrics().descent() - 2.0), text);
}

bool Histogram::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    const auto place = bar(bin);
    if (help->x() >= place.left() && help->x() <= place.right()) {
      QToolTip::showText(help->globalPos(), describe(bin), this);
      return true;
    }
  }
  QToolTip::hideText();
  return true;
}

}  // namespace pretext
