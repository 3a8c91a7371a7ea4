#include "widgets/metric_chart.h"

#include "widgets/curve_axis.h"
#include "widgets/curve_table_model.h"
#include "widgets/plot_export.h"
#include "widgets/plot_style.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace pretext {
namespace {

/// Of data that is not empty.
QCPGraphDataContainer::const_iterator nearest(const QCPGraphDataContainer& data, double place) {
  const auto after = data.findBegin(place, false);
  if (after == data.constBegin()) return after;
  const auto before = after - 1;
  return after == data.constEnd() || place - before->key < after->key - place ? before : after;
}

/// From the lowest to the highest that `rangeOf` finds in the curves' readings; none without any.
template <typename Range>
std::optional<QCPRange> extentOf(const std::vector<MetricCurve>& curves, Range rangeOf) {
  std::optional<QCPRange> extent;
  for (const auto& curve : curves) {
    bool isFound = false;
    const auto range = rangeOf(*curve.readings(), isFound);
    if (isFound) extent = extent ? extent->expanded(range) : range;
  }
  return extent;
}

}  // namespace

MetricChart::MetricChart(const QString& title, const QString& meaning, QWidget* parent)
    : QWidget(parent),
      plot_(new QCustomPlot(this)),
      readout_(new QLabel(this)),
      logScale_(new QCheckBox(tr("log"), this)),
      stack_(new QStackedWidget(this)),
      table_(new CurveTableModel(this)),
      detailTimer_(new QTimer(this)) {
  setAccessibleName(title);
  setMinimumSize(240, 170);
  setUpMouse();
  plot_->xAxis->setTicker(tickerOf(axis_));
  offerExport(*plot_, title, [this] { return values(); });
  detailTimer_->setSingleShot(true);
  detailTimer_->setInterval(0);
  connect(detailTimer_, &QTimer::timeout, this, &MetricChart::showDetail);
  logScale_->setAccessibleName(tr("%1, logarithmic scale").arg(title));
  logScale_->setToolTip(tr("Logarithmic scale"));
  auto* asTable = new QCheckBox(tr("table"), this);
  asTable->setAccessibleName(tr("%1, as a table").arg(title));
  asTable->setToolTip(tr("Show the values as a table"));
  auto* values = new QTableView(this);
  values->setModel(table_);
  values->setAccessibleName(tr("Values of %1").arg(title));
  values->setTabKeyNavigation(false);
  values->verticalHeader()->hide();
  offerCopy(*values);
  values->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  stack_->addWidget(plot_);
  stack_->addWidget(values);
  auto* heading = new QLabel(title, this);
  auto font = heading->font();
  font.setBold(true);
  heading->setFont(font);
  // Not on the plot: it would stand in front of the curves.
  const auto hint =
      tr("Drag to zoom in, with Shift to move. Ctrl and the wheel zoom, a double click shows all.");
  heading->setToolTip(
      meaning.isEmpty() ? hint
                        : QStringLiteral("<p>%1</p><p>%2</p>").arg(meaning.toHtmlEscaped(), hint));
  heading->setAccessibleDescription(meaning);
  if (!meaning.isEmpty()) heading->setCursor(Qt::WhatsThisCursor);

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
  applyColors();
}

void MetricChart::setUpMouse() {
  plot_->setInteraction(QCP::iRangeZoom);
  plot_->setPlottingHint(QCP::phFastPolylines);  // A noisy curve as one path takes seconds.
  plot_->axisRect()->setRangeZoomAxes(plot_->xAxis, plot_->yAxis);
  plot_->axisRect()->setRangeZoomFactor(0.85,
                                        1.0);  // By the wheel: along the steps, or the time, only.
  plot_->axisRect()->setRangeDragAxes(plot_->xAxis, plot_->yAxis);
  plot_->yAxis2->setRange(0, 1);  // Not shown: where the crosses of MetricCurve stand.
  plot_->addLayer(QStringLiteral("crosshair"));
  plot_->layer(QStringLiteral("crosshair"))->setMode(QCPLayer::lmBuffered);
  crosshair_ = new QCPItemStraightLine(plot_);
  crosshair_->setLayer(QStringLiteral("crosshair"));
  crosshair_->setVisible(false);
  plot_->installEventFilter(this);
  zoomByDragging(*plot_);
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    const double place = plot_->xAxis->pixelToCoord(event->position().x());
    pointAt(place);
    Q_EMIT pointed(place);
  });
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) {
    connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this] { isZoomed_ = isZoomed_ || !isFitting_; });
    connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), detailTimer_,
            qOverload<>(&QTimer::start));
  }
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
}

void MetricChart::setAxis(CurveAxis axis) {
  axis_ = axis;
  plot_->xAxis->setTicker(tickerOf(axis));
}

int MetricChart::addCurve(const QString& name, const QColor& color, const CurveScale& scale) {
  curves_.emplace_back(*plot_, name, color, scale);
  curves_.back().setSmoothing(smoothing_);
  return static_cast<int>(curves_.size()) - 1;
}

void MetricChart::appendSamples(int curve, std::span<const MetricSample> samples) {
  if (samples.empty()) return;
  curves_[static_cast<std::size_t>(curve)].append(samples);
  showNew();
  refreshTable();
}

void MetricChart::setSamples(int curve, std::span<const MetricSample> samples) {
  curves_[static_cast<std::size_t>(curve)].clear();
  appendSamples(curve, samples);
}

void MetricChart::setOverview(int curve, CurveOverview overview) {
  curves_[static_cast<std::size_t>(curve)].setOverview(std::move(overview));
  detailTimer_->start();
  showNew();
  refreshTable();
}

void MetricChart::showDetail() {
  const auto [first, last] = shownSteps();
  bool isChanged = false;
  for (auto& curve : curves_) isChanged = curve.showDetail(first, last) || isChanged;
  if (!isChanged) return;
  plot_->replot(QCustomPlot::rpQueuedReplot);
  refreshTable();
}

std::vector<PlotSeries> MetricChart::values() const {
  std::vector<PlotSeries> series;
  series.reserve(curves_.size());
  for (const auto& curve : curves_) {
    for (auto& one : curve.values()) series.push_back(std::move(one));
  }
  return series;
}

void MetricChart::setBand(int curve, std::span<const MetricSample> low,
                          std::span<const MetricSample> high) {
  curves_[static_cast<std::size_t>(curve)].setBand(low, high);
  showNew();
}

void MetricChart::setSmoothing(double weight) {
  if (weight == smoothing_) return;
  smoothing_ = weight;
  for (auto& curve : curves_) curve.setSmoothing(weight);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::pointAt(double place) {
  crosshair_->setVisible(std::isfinite(place));
  if (std::isfinite(place)) {
    crosshair_->point1->setCoords(place, 0);
    crosshair_->point2->setCoords(place, 1);
    showValuesAt(place);
  } else {
    readout_->clear();
  }
  crosshair_->layer()->replot();
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
  return curves_[static_cast<std::size_t>(curve)].lastStep();
}

bool MetricChart::hasLogScale() const {
  return plot_->yAxis->scaleType() == QCPAxis::stLogarithmic;
}

void MetricChart::setLogScale(bool enabled) {
  if (enabled == hasLogScale()) return;
  const QScopedValueRollback fitting(isFitting_, true);
  plot_->yAxis->setScaleType(enabled ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  const QSharedPointer<QCPAxisTicker> ticker(enabled ? new QCPAxisTickerLog : new QCPAxisTicker);
  plot_->yAxis->setTicker(ticker);
  logScale_->setChecked(enabled);
  if (!isZoomed_) return showAll();
  plot_->yAxis->rescale(true);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::setLogPlaces(bool enabled) {
  const QScopedValueRollback fitting(isFitting_, true);
  plot_->xAxis->setScaleType(enabled ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  plot_->xAxis->setTicker(enabled ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                                  : tickerOf(axis_));
  showAll();
}

std::pair<double, double> MetricChart::shownSteps() const {
  const auto range = plot_->xAxis->range();
  return {range.lower, range.upper};
}

void MetricChart::clear() {
  table_->show({}, axis_);  // First: it reads the curves.
  plot_->clearGraphs();
  curves_.clear();
  isZoomed_ = false;
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::refreshTable() {
  if (stack_->currentIndex() != 1) return;
  std::vector<QCPGraph*> readings;
  readings.reserve(curves_.size());
  for (const auto& curve : curves_) readings.push_back(curve.readings());
  table_->show(std::move(readings), axis_);
}

void MetricChart::showNew() {
  if (!isZoomed_) return showAll();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::showAll() {
  const QScopedValueRollback fitting(isFitting_, true);
  isZoomed_ = false;
  plot_->rescaleAxes();
  plot_->yAxis2->setRange(0, 1);
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
  auto places = plot_->xAxis->range();
  if (plot_->xAxis->scaleType() == QCPAxis::stLogarithmic) {
    plot_->xAxis->setRange(places.lower * 0.95, places.upper * 1.05);
  } else {
    const auto placesOf = [](const QCPGraph& graph, bool& isFound) {
      return graph.getKeyRange(isFound);
    };
    // A single reading has its step amid two others, not the plot's five, some of them negative.
    if (const auto own = extentOf(curves_, placesOf); own && own->size() == 0.0)
      places = {std::max(0.0, own->lower - 1.0), own->lower + 1.0};
    const double room = 0.01 * places.size();  // The marks of the first and last sample show whole.
    plot_->xAxis->setRange(places.lower - room, places.upper + room);
  }
  if (!hasLogScale()) showWithRoom();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void MetricChart::showWithRoom() {
  const auto valuesOf = [](const QCPGraph& graph, bool& isFound) {
    return graph.getValueRange(isFound);
  };
  const auto found = extentOf(curves_, valuesOf);
  const bool isFound = found.has_value();
  const auto values = found.value_or(QCPRange());
  auto shown = plot_->yAxis->range();
  // A curve that does not move is shown at its own scale, not at the plot's of 5.
  if (isFound && values.size() == 0.0 && marks_.empty())
    shown = {values.lower - 0.1 * std::fabs(values.lower),
             values.upper + 0.1 * std::fabs(values.upper)};
  if (shown.size() == 0.0) shown = {-0.5, 0.5};
  double lower = shown.lower - 0.05 * shown.size();
  // What is never negative, such as a share, has no axis below 0.
  if (isFound && values.lower >= 0.0 && shown.lower >= 0.0)
    lower = std::max(lower, -0.02 * shown.size());
  plot_->yAxis->setRange(lower, shown.upper + 0.08 * shown.size());
}

void MetricChart::showValuesAt(double place) {
  QStringList parts;
  for (const auto& curve : curves_) {
    const auto* graph = curve.front();
    if (graph->dataCount() == 0) continue;
    const auto at = nearest(*graph->data(), place);
    if (parts.isEmpty()) parts << placeText(axis_, at->key);
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
  if (watched != plot_) return false;
  if (event->type() == QEvent::Leave) {
    pointAt(qQNaN());
    Q_EMIT pointed(qQNaN());
  }
  if (event->type() != QEvent::Wheel) return false;
  const bool isForPage = !(static_cast<QWheelEvent*>(event)->modifiers() & Qt::ControlModifier);
  if (isForPage) event->ignore();  // So that what this chart stands in gets it.
  return isForPage;
}

void MetricChart::applyColors() {
  const QColor text = palette().color(QPalette::WindowText);
  QColor faint = text;
  faint.setAlphaF(0.15);
  plot_->setBackground(palette().color(QPalette::Base));
  for (auto* axis : {plot_->xAxis, plot_->yAxis}) styleAxis(*axis, palette());
  QColor mark = text;
  mark.setAlphaF(0.6);
  crosshair_->setPen(QPen(mark, 1));
  plot_->selectionRect()->setPen(QPen(mark, 1));
  plot_->selectionRect()->setBrush(faint);
  for (auto* line : markLines_) line->setPen(QPen(mark, 1, Qt::DashLine));
  for (auto* label : markTexts_) label->setColor(mark);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace pretext
