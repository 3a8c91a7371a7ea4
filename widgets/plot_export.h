#pragma once

#include <QPointF>
#include <QString>

#include <functional>
#include <vector>

class QAbstractItemView;
class QCustomPlot;

namespace pretext {

/// One of a plot's lines, or clouds, by its values.
struct PlotSeries {
  QString name;
  std::vector<QPointF> points;
};

/// Gives the values of a plot that does not draw all it has.
using PlotValues = std::function<std::vector<PlotSeries>()>;

/// Writes what a plot shows: .png at twice its size, .svg and .pdf as lines, .csv the values of its
/// graphs ("curve,x,y"), or `values`. Throws UserError for another ending, or when the file cannot
/// be written.
void exportPlot(QCustomPlot& plot, const QString& file, const PlotValues& values = {});

/// Gives a plot a menu, by the right button or the menu key: copy as a picture, copy the values,
/// save.
void offerExport(QCustomPlot& plot, const QString& name, const PlotValues& values = {});

/// What is selected in a table as text between tabs, with the headings; all of it where nothing is;
/// of either at most 100,000 rows.
QString tableText(const QAbstractItemView& view);

/// Ctrl+C in a table copies `tableText`.
void offerCopy(QAbstractItemView& view);

}  // namespace pretext
