#include "app/pages/compare_scatter.h"

#include "widgets/buddy_label.h"
#include "widgets/plot_export.h"
#include "widgets/plot_style.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

std::optional<double> numberOf(const RunRow& row, const std::string& column) {
  const auto value = value_of(row, column);
  const auto* number = std::get_if<double>(&value);
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace

CompareScatter::CompareScatter(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      reader_(workspace.database()),
      across_(new QComboBox),
      up_(new QComboBox),
      plot_(new QCustomPlot) {
  across_->setAccessibleName(tr("Across"));
  up_->setAccessibleName(tr("Up"));
  plot_->setAccessibleName(tr("Measure against setting"));
  plot_->setMinimumHeight(140);
  offerExport(*plot_, tr("Measure against setting"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Up"), up_));
  top->addWidget(up_, 1);
  top->addWidget(buddyLabel(tr("Across"), across_));
  top->addWidget(across_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addLayout(top);
  layout->addWidget(plot_, 1);
  for (auto* box : {across_, up_}) connect(box, &QComboBox::activated, this, &CompareScatter::draw);
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    const auto* under = plot_->plottableAt(event->position());
    plot_->setToolTip(under ? under->name() : QString());
  });
}

void CompareScatter::fill(QComboBox& box, const std::vector<std::string>& columns) {
  const auto old = box.currentData();
  box.clear();
  for (const auto& column : columns)
    box.addItem(columnTitle(column), QString::fromStdString(column));
  box.setCurrentIndex(std::max(0, box.findData(old)));
}

void CompareScatter::show(const ComparedRuns& compared) {
  compared_ = compared;
  auto columns = compared_.differing;
  std::ranges::stable_partition(  // What was varied for its own sake stands first.
      columns, [](const std::string& key) { return key != "seed" && key != "training.threads"; });
  const auto measures = measureColumns();
  columns.insert(columns.end(), measures.begin(), measures.end());
  rows_ = rowsOf(reader_, compared_, columns);
  const auto isUnknown = [&](const std::string& column) {
    return std::ranges::none_of(
        rows_, [&](const RunRow& row) { return numberOf(row, column).has_value(); });
  };
  std::erase_if(columns, isUnknown);
  fill(*across_, columns);
  auto known = measures;
  std::erase_if(known, isUnknown);
  fill(*up_, known);
  draw();
}

void CompareScatter::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) draw();
}

void CompareScatter::draw() {
  const auto x = across_->currentData().toString().toStdString();
  const auto y = up_->currentData().toString().toStdString();
  plot_->clearPlottables();
  plot_->setBackground(palette().color(QPalette::Base));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) styleAxis(*axis, palette());
  plot_->xAxis->setLabel(across_->currentText());
  plot_->yAxis->setLabel(up_->currentText());
  double lowest = HUGE_VAL;
  double highest = -HUGE_VAL;
  for (const auto& row : rows_) {
    const auto across = x.empty() ? std::nullopt : numberOf(row, x);
    const auto up = y.empty() ? std::nullopt : numberOf(row, y);
    if (!across || !up) continue;
    lowest = std::min(lowest, *across);
    highest = std::max(highest, *across);
    auto* point = plot_->addGraph();
    point->setName(
        QStringLiteral("%1: %2, %3")
            .arg(runTitle(row.run.id, row.run.name), cellText(row, x), cellText(row, y)));
    point->setLineStyle(QCPGraph::lsNone);
    const QPen pen(categoryColor(compared_.colours.at(row.run.id)), 1.5);
    point->setScatterStyle(
        QCPScatterStyle(isBaseline(row.run) ? QCPScatterStyle::ssDiamond : QCPScatterStyle::ssDisc,
                        pen, pen.color(), isBaseline(row.run) ? 11 : 8));
    point->addData(*across, *up);
  }
  const bool isLog = isDrawnByPowers(x, lowest, highest);
  plot_->xAxis->setScaleType(isLog ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  plot_->xAxis->setTicker(isLog ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  plot_->rescaleAxes();
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    if (axis->range().size() <= 0) axis->setRange(axis->range().center(), 1, Qt::AlignCenter);
    axis->scaleRange(1.15);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace pretext
