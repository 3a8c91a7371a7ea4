#include "widgets/plot_style.h"

#include <QMouseEvent>
#include <QPalette>
#include <qcustomplot.h>

namespace pretext {

void styleAxis(QCPAxis& axis, const QPalette& palette) {
  const auto text = palette.color(QPalette::WindowText);
  auto faint = text;
  faint.setAlphaF(0.15F);
  axis.setBasePen(QPen(text, 0));
  axis.setTickPen(QPen(text, 0));
  axis.setSubTickPen(Qt::NoPen);
  axis.setTickLabelColor(text);
  axis.setLabelColor(text);
  axis.grid()->setPen(QPen(faint, 0));
  axis.grid()->setZeroLinePen(Qt::NoPen);
}

void zoomByDragging(QCustomPlot& plot) {
  QObject::connect(&plot, &QCustomPlot::mousePress, &plot, [&plot](QMouseEvent* event) {
    const bool moves = event->modifiers() & Qt::ShiftModifier;
    const bool zooms = event->button() == Qt::LeftButton && !moves;  // The right one has a menu.
    plot.setSelectionRectMode(zooms ? QCP::srmZoom : QCP::srmNone);
    plot.setInteraction(QCP::iRangeDrag, moves);
  });
}

}  // namespace pretext
