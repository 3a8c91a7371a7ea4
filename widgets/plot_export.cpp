#include "widgets/plot_export.h"

#include "core/base/error.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QTableView>
#include <qcustomplot.h>

#include <algorithm>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr double kPictureScale = 2.0;
constexpr int kMostRowsCopied = 100'000;  // More freezes whoever pastes them.

QString quoted(QString text) {
  if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"'))) return text;
  return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
         QLatin1Char('"');
}

/// Of the graphs that have readings, as they are drawn.
std::vector<PlotSeries> drawnValues(const QCustomPlot& plot) {
  std::vector<PlotSeries> all;
  for (int i = 0; i < plot.graphCount(); ++i) {
    const auto* graph = plot.graph(i);
    if (graph->valueAxis() != plot.yAxis || graph->property("isSmoothed").toBool()) continue;
    auto& series = all.emplace_back(PlotSeries{graph->name(), {}});
    for (const auto& point : *graph->data()) series.points.emplace_back(point.key, point.value);
  }
  return all;
}

QString csv(const std::vector<PlotSeries>& all) {
  QString text = QStringLiteral("curve,x,y\n");
  for (const auto& series : all) {
    const auto name = quoted(series.name);
    for (const auto& point : series.points)
      text += QStringLiteral("%1,%2,%3\n")
                  .arg(name)
                  .arg(point.x(), 0, 'g', 12)
                  .arg(point.y(), 0, 'g', 9);
  }
  return text;
}

bool drawSvg(QCustomPlot& plot, const QString& file) {
  QSvgGenerator generator;
  generator.setFileName(file);
  generator.setSize(plot.size());
  generator.setViewBox(QRect(QPoint(0, 0), plot.size()));
  QCPPainter painter;
  if (!painter.begin(&generator)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  plot.toPainter(&painter, plot.width(), plot.height());
  return painter.end();
}

bool writeText(const QString& file, const QString& text) {
  QSaveFile output(file);
  return output.open(QIODevice::WriteOnly) && output.write(text.toUtf8()) >= 0 && output.commit();
}

}  // namespace

void exportPlot(QCustomPlot& plot, const QString& file, const PlotValues& values) {
  const auto ending = QFileInfo(file).suffix().toLower();
  bool isWritten = true;
  if (ending == QLatin1String("png")) {
    isWritten = plot.savePng(file, 0, 0, kPictureScale);
  } else if (ending == QLatin1String("pdf")) {
    isWritten = plot.savePdf(file);
  } else if (ending == QLatin1String("csv")) {
    isWritten = writeText(file, csv(values ? values() : drawnValues(plot)));
  } else if (ending == QLatin1String("svg")) {
    isWritten = drawSvg(plot, file);
  } else {
    throw UserError("A chart is saved as .png, .svg, .pdf or .csv, not as \"." +
                    ending.toStdString() + "\".");
  }
  if (!isWritten)
    throw UserError("Cannot write " + file.toStdString() + ": check the folder and free disk.");
}

void offerExport(QCustomPlot& plot, const QString& name, const PlotValues& values) {
  plot.setContextMenuPolicy(Qt::ActionsContextMenu);
  const auto add = [&](const char* words, const auto& action) {
    auto* entry = new QAction(QCoreApplication::translate("PlotExport", words), &plot);
    QObject::connect(entry, &QAction::triggered, &plot, action);
    plot.addAction(entry);
  };
  add(QT_TRANSLATE_NOOP("PlotExport", "&Copy the picture"),
      [&plot] { QApplication::clipboard()->setPixmap(plot.toPixmap(0, 0, kPictureScale)); });
  add(QT_TRANSLATE_NOOP("PlotExport", "Copy the &values"), [&plot, values] {
    QApplication::clipboard()->setText(csv(values ? values() : drawnValues(plot)));
  });
  add(QT_TRANSLATE_NOOP("PlotExport", "&Save…"), [&plot, name, values] {
    const auto file = QFileDialog::getSaveFileName(&plot, {}, name + QStringLiteral(".png"),
                                                   QStringLiteral("*.png *.svg *.pdf *.csv"));
    if (file.isEmpty()) return;
    try {
      exportPlot(plot, file, values);
    } catch (const UserError& error) {
      QMessageBox::warning(&plot, {}, QString::fromUtf8(error.what()));
    }
  });
}

QString tableText(const QAbstractItemView& view) {
  const auto* model = view.model();
  const auto* table = qobject_cast<const QTableView*>(&view);
  std::set<int> columns;
  QModelIndexList rows;  // Each by its first cell, as they stand in the view.
  std::set<QModelIndex> seen;
  const auto addRow = [&](const QModelIndex& first) {
    if (std::ssize(rows) == kMostRowsCopied || (table && table->isRowHidden(first.row()))) return;
    if (seen.insert(first).second) rows << first;
  };
  for (const auto& index : view.selectionModel()->selectedIndexes()) {
    columns.insert(index.column());
    addRow(index.siblingAtColumn(0));
  }
  std::ranges::sort(rows, {}, [](const QModelIndex& row) {
    const auto parent = row.parent();
    return parent.isValid() ? std::pair(parent.row(), row.row()) : std::pair(row.row(), -1);
  });
  if (rows.isEmpty()) {
    for (int column = 0; column < model->columnCount(); ++column) columns.insert(column);
    const int count = std::min(model->rowCount(), kMostRowsCopied);
    for (int row = 0; row < count; ++row) addRow(model->index(row, 0));
  }
  QStringList lines, headings;
  for (const int column : columns) headings << model->headerData(column, Qt::Horizontal).toString();
  lines << headings.join(QLatin1Char('\t'));
  for (const auto& row : rows) {
    QStringList cells;
    for (const int column : columns)
      cells << row.siblingAtColumn(column).data().toString().replace(QLatin1Char('\n'),
                                                                     QLatin1Char(' '));
    lines << cells.join(QLatin1Char('\t'));
  }
  return lines.join(QLatin1Char('\n'));
}

void offerCopy(QAbstractItemView& view) {
  auto* copy = new QAction(QCoreApplication::translate("PlotExport", "Copy"), &view);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  view.addAction(copy);
  QObject::connect(copy, &QAction::triggered, &view,
                   [&view] { QApplication::clipboard()->setText(tableText(view)); });
}

}  // namespace pretext
