#include "widgets/similarity_plot.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace pretext {
namespace {

constexpr int kBins = 40;  // Over [-1, 1].
constexpr int kAxis = 18;  // Height of the figures below, px.

std::vector<double> shares(const std::vector<float>& cosines) {
  std::vector<double> bins(kBins, 0.0);
  for (const float cosine : cosines) {
    const int bin = std::clamp(static_cast<int>((cosine + 1.f) / 2.f * kBins), 0, kBins - 1);
    bins[static_cast<std::size_t>(bin)] += 1.0 / static_cast<double>(cosines.size());
  }
  return bins;
}

}  // namespace

SimilarityPlot::SimilarityPlot(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Similarity of views"));
  setToolTip(tr("Cosine of the two views of each image, and of views of different images"));
}

void SimilarityPlot::show(const ViewHardness& hardness) {
  partners_ = shares(hardness.partners);
  others_ = shares(hardness.others);
  update();
}

void SimilarityPlot::clear() {
  partners_.clear();
  others_.clear();
  update();
}

void SimilarityPlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = QRectF(rect()).adjusted(8, 4, -8, -kAxis);
  const auto text = palette().color(QPalette::WindowText);
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  painter.setPen(text);
  for (const int tick : {-1, 0, 1}) {
    const double x = area.left() + area.width() * (tick + 1) / 2.0;
    const QRectF box(x - 30, area.bottom() + 2, 60, kAxis - 2);
    const auto bounded = box.left() < 0          ? box.translated(-box.left(), 0)
                         : box.right() > width() ? box.translated(width() - box.right(), 0)
                                                 : box;
    const auto side = tick < 0 ? Qt::AlignLeft : tick > 0 ? Qt::AlignRight : Qt::AlignHCenter;
    painter.drawText(bounded, side | Qt::AlignTop, QString::number(tick));
  }
  if (partners_.empty()) return;
  const double highest =
      std::max(*std::ranges::max_element(partners_), *std::ranges::max_element(others_));
  const auto draw = [&](const std::vector<double>& bins, const QColor& color, Qt::PenStyle line) {
    QPainterPath path(area.bottomLeft());
    for (int bin = 0; bin < kBins; ++bin) {
      const double y =
          area.bottom() - area.height() * bins[static_cast<std::size_t>(bin)] / highest;
      path.lineTo(area.left() + area.width() * bin / kBins, y);
      path.lineTo(area.left() + area.width() * (bin + 1) / kBins, y);
    }
    path.lineTo(area.bottomRight());
    auto fill = color;
    fill.setAlphaF(0.35f);
    painter.setPen(QPen(color, 1.5, line));
    painter.setBrush(fill);
    painter.drawPath(path);
  };
  draw(others_, categoryColor(1), Qt::DashLine);
  draw(partners_, categoryColor(0), Qt::SolidLine);
  painter.setPen(text);
  painter.drawText(area, Qt::AlignLeft | Qt::AlignTop,
                   tr("— views of one image\n- - of different ones"));
}

}  // namespace pretext
