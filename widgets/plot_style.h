#pragma once

class QCPAxis;
class QCustomPlot;
class QPalette;

namespace pretext {

/// An axis in the palette's colours: its text and lines clear, its grid faint.
void styleAxis(QCPAxis& axis, const QPalette& palette);

/// Dragging zooms to what it marks, with Shift it moves, along the axes that the plot's parts have
/// for it.
void zoomByDragging(QCustomPlot& plot);

}  // namespace pretext
