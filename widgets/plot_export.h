#pragma once

#include <QString>

class QAbstractItemView;
class QCustomPlot;

namespace pretext {

/// Writes what a plot shows: .png at twice its size, .svg and .pdf as lines, .csv the values of its
/// graphs ("curve,x,y"). Throws UserError for another ending, or when the file cannot be written.
void exportPlot(QCustomPlot& plot, const QString& file);

/// Gives a plot a menu, by the right button or the menu key: copy as a picture, copy the values,
/// save.
void offerExport(QCustomPlot& plot, const QString& name);

/// What is selected in a table as text between tabs, with the headings; all of it where nothing is.
QString tableText(const QAbstractItemView& view);

/// Ctrl+C in a table copies `tableText`.
void offerCopy(QAbstractItemView& view);

}  // namespace pretext
