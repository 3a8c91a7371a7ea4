#include "widgets/metric_chart.h"

#include "widgets/curve_table_model.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

/// Ticks at whole steps only: there is no step 1.5.
class StepTicker final : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    return std::max(1.0, QCPAxisTicker::getTickStep(range));
  }
};

}  // namespace

MetricChart::MetricChart(const QString& title, QWidget* parent)
    : QWidget(parent),
      plot_(new QCustomPlot(this)),
      readout_(new QLabel(this)),
      logScale_(new QCheckBox(tr("log"), this)),
      stack_(new QStackedWidget(this)),
      table_(new CurveTableModel(this)) {
  setAccessibleName(title);
  setMinimumSize(240, 170);
  plot_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  plot_->axisRect()->setRangeZoomAxes({plot_->xAxis});
  plot_->axisRect()->setRangeDragAxes({plot_->xAxis});
  plot_->xAxis->setTicker(QSharedPointer<StepTicker>::create());
  logScale_->setAccessibleName(tr("%1, logarithmic scale").arg(title));
  logScale_->setToolTip(tr("Logarithmic scale"));
  auto* asTable = new QCheckBox(tr("table"), this);
  asTable->setAccessibleName(tr("%1, as a table").arg(title));
  asTable->setToolTip(tr("Show the values as a table"));
  auto* values = new QTableView(this);
  values->setModel(table_);
  values->setAccessibleName(tr("Values of %1").arg(title));
  values->verticalHeader()->hide();
  values->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  stack_->addWidget(plot_);
  stack_->addWidget(values);
  auto* heading = new QLabel(title, this);
  auto font = heading->font();
  font.setBold(true);
  heading->setFont(font);

  auto* top = new QHBoxLayout;
  top->addWidget(heading);
  top->addStretch();
  top->addWidget(readout_);
  top->addWidget(asTable);
  top->addWidget(logScale_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 4, 6, 4);
  layout->setSpacing(2);
  layout->addLayout(top);
  layout->addWidget(stack_, 1);

  connect(logScale_, &QCheckBox::toggled, this, &MetricChart::setLogScale);
  connect(asTable, &QCheckBox::toggled, this, [this](bool on) {
    stack_->setCurrentIndex(on ? 1 : 0);
    logScale_->setDisabled(on);
    refreshTable();
  });
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) isZoomed_ = true;
    showValuesAt(event->pos());
  });
  connect(plot_, &QCustomPlot::mouseWheel, this, [this] { isZoomed_ = true; });
  plot_->installEventFilter(this);
  plot_->setToolTip(tr("Ctrl and the wheel zoom, dragging moves, a double click shows all."));
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
  applyColors();
}

int MetricChart::addCurve(const QString& name, const QColor& color) {
  auto* graph = plot_->addGraph();
  graph->setName(name);
  graph->setPen(QPen(color, 1.6));
  curves_.push_back(graph);
  return static_cast<int>(curves_.size()) - 1;
}

void MetricChart::appendSamples(int curve, std::span<const MetricSample> samples) {
  if (samples.empty()) return;
  const auto index = static_cast<std::size_t>(curve);
  QVector<double> steps;
  QVector<double> values;
  for (const auto& sample : samples) {
    steps.append(static_cast<double>(sample.step));
    values.append(std::isfinite(sample.value) ? sample.value : qQNaN());
  }
  curves_[index]->addData(steps, values, true);
  // A single point has no line.
  const bool sparse = curves_[index]->dataCount() < 40;
  curves_[index]->setScatterStyle(sparse ? QCPScatterStyle(QCPScatterStyle::ssDisc, 5)
                                         : QCPScatterStyle(QCPScatterStyle::ssNone));
  showNew();
  refreshTable();
}

void MetricChart::setMarks(const std::vector<Mark>& marks) {
  marks_ = marks;
  for (auto* line : markLines_) plot_->removeItem(line);
  for (auto* text : markTexts_) plot_->removeItem(text);
  markLines_.clear();
  markTexts_.clear();
  for (const auto& mark : marks) {
    auto* line = new QCPItemStraightLine(plot_);
    line->point1->setCoords(0, mark.value);
    line->point2->setCoords(1, mark.value);
    markLines_.push_back(line);
    auto* text = new QCPItemText(plot_);
    text->setText(translated(mark.label));
    text->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    text->position->setTypeY(QCPItemPosition::ptPlotCoords);
    text->position->setCoords(0.99, mark.value);
    markTexts_.push_back(text);
  }
  applyColors();
  showNew();
}

std::int64_t MetricChart::lastStep(int curve) const {
  const auto* graph = curves_[static_cast<std::size_t>(curve)];
  if (graph->dataCount() == 0) return -1;
  return std::llround((graph->data()->constEnd() - 1)->key);
}

bool MetricChart::hasLogScale() const {
  return plot_->yAxis->scaleType() == QCPAxis::stLogarithmic;
}

void MetricChart::setLogScale(bool enabled) {
  if (enabled == hasLogScale()) return;
  plot_->yAxis->setScaleType(enabled ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  const QSharedPointer<QCPAxisTicker> ticker(enabled ? new QCPAxisTickerLog : new QCPAxisTicker);
  plot_->yAxis->setTicker(ticker);
  logScale_->setChecked(enabled);
  showAll();
}

std::pair<double, double> MetricChart::shownSteps() const {
  const auto range = plot_->xAxis->range();
  return {range.lower, range.upper};
}

void MetricChart::clear() {
  table_->show({});  // First: it reads the curves.
  plot_->clearGraphs();
  curves_.clear();
  isZoomed_ = false;
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::refreshTable() {
  if (stack_->currentIndex() == 1) table_->show(curves_);
}

void MetricChart::showNew() {
  if (!isZoomed_) return showAll();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::showAll() {
  isZoomed_ = false;
  plot_->rescaleAxes();
  // A mark is shown with its curve, unless it would squeeze the curve flat.
  const auto range = plot_->yAxis->range();
  for (const auto& mark : marks_) {
    const bool near = std::fabs(mark.value - range.center()) < 3.0 * std::max(range.size(), 1e-9);
    if (near && (!hasLogScale() || mark.value > 0))
      plot_->yAxis->setRange(plot_->yAxis->range().expanded(QCPRange(mark.value, mark.value)));
  }
  // A label stands inside the plot: below its line in the upper half, above it in the lower.
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const bool high = marks_[i].value > plot_->yAxis->range().center();
    markTexts_[i]->setPositionAlignment(Qt::AlignRight | (high ? Qt::AlignTop : Qt::AlignBottom));
  }
  const auto steps = plot_->xAxis->range();
  const double room = 0.01 * steps.size();  // The marks of the first and last sample show whole.
  plot_->xAxis->setRange(steps.lower - room, steps.upper + room);
  const auto shown = plot_->yAxis->range();
  if (!hasLogScale())
    plot_->yAxis->setRange(shown.lower - 0.05 * shown.size(), shown.upper + 0.08 * shown.size());
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::showValuesAt(const QPoint& position) {
  const double step = plot_->xAxis->pixelToCoord(position.x());
  QStringList parts;
  for (const auto* graph : curves_) {
    if (graph->dataCount() == 0) continue;
    const auto at = graph->data()->findBegin(step, true);
    if (at == graph->data()->constEnd()) continue;
    if (parts.isEmpty()) parts << tr("step %1").arg(std::llround(at->key));
    parts << QString::number(at->value, 'g', 4);
    if (parts.size() > 4) break;
  }
  readout_->setText(parts.join(QStringLiteral("  ")));
}

void MetricChart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) applyColors();
}

bool MetricChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched != plot_ || event->type() != QEvent::Wheel) return false;
  const bool isForPage = !(static_cast<QWheelEvent*>(event)->modifiers() & Qt::ControlModifier);
  if (isForPage) event->ignore();  // So that what this chart stands in gets it.
  return isForPage;
}

void MetricChart::applyColors() {
  const QColor text = palette().color(QPalette::WindowText);
  QColor faint = text;
  faint.setAlphaF(0.15);
  plot_->setBackground(palette().color(QPalette::Base));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setBasePen(QPen(text, 0));
    axis->setTickPen(QPen(text, 0));
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(text);
    axis->setLabelColor(text);
    axis->grid()->setPen(QPen(faint, 0));
    axis->grid()->setZeroLinePen(Qt::NoPen);
  }
  QColor mark = text;
  mark.setAlphaF(0.6);
  for (auto* line : markLines_) line->setPen(QPen(mark, 1, Qt::DashLine));
  for (auto* label : markTexts_) label->setColor(mark);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace pretext
