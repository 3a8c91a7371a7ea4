#include "widgets/series_chart.h"

#include "widgets/plot_export.h"
#include "widgets/plot_style.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
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

namespace pretext {
namespace {

constexpr int kMostAtFirst = 6;  // Variables; more are lines too flat to read.
constexpr int kGap = 6;          // Between variables, px.

/// Dates, with what the distance between ticks leaves to be told.
class DateTicker final : public QCPAxisTickerDateTime {
 public:
  DateTicker() { setDateTimeSpec(Qt::UTC); }

 protected:
  QVector<double> createTickVector(double step, const QCPRange& range) override {
    constexpr double kMinute = 60.0, kDay = 86'400.0;  // Seconds.
    setDateTimeFormat(step > 300.0 * kDay  ? QStringLiteral("yyyy")
                      : step > 27.0 * kDay ? QStringLiteral("MMM\nyyyy")
                      : step >= kDay       ? QStringLiteral("d MMM\nyyyy")
                      : step >= kMinute    ? QStringLiteral("hh:mm\nd MMM")
                                           : QStringLiteral("hh:mm:ss\nd MMM"));
    return QCPAxisTickerDateTime::createTickVector(step, range);
  }
};

}  // namespace

SeriesChart::SeriesChart(QWidget* parent)
    : QWidget(parent),
      plot_(new QCustomPlot(this)),
      margins_(new QCPMarginGroup(plot_)),
      readout_(new QLabel),
      stack_(new QStackedWidget(this)),
      rows_(new SeriesRowModel(this)),
      drawing_(new QTimer(this)) {
  plot_->setAccessibleName(tr("Curves of the series"));
  plot_->plotLayout()->clear();
  plot_->plotLayout()->setRowSpacing(kGap);
  setMinimumSize(240, 170);
  setUpMouse();
  offerExport(*plot_, tr("Series"));
  drawing_->setSingleShot(true);
  drawing_->setInterval(0);
  connect(drawing_, &QTimer::timeout, this, &SeriesChart::drawWhatIsSeen);
  auto* table = new QTableView;
  table->setModel(rows_);
  table->setAccessibleName(tr("Rows of the series"));
  table->setTabKeyNavigation(false);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setDefaultSectionSize(120);
  offerCopy(*table);
  stack_->addWidget(plot_);
  stack_->addWidget(table);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->setSpacing(2);
  layout->addWidget(makeTop());
  layout->addWidget(stack_, 1);
}

QWidget* SeriesChart::makeTop() {
  readout_->setForegroundRole(QPalette::PlaceholderText);
  readout_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  explainMouse();
  auto* asTable = new QCheckBox(tr("table"));
  asTable->setAccessibleName(tr("Series as a table"));
  asTable->setToolTip(tr("Show the values as a table"));
  connect(asTable, &QCheckBox::toggled, this,
          [this](bool on) { stack_->setCurrentIndex(on ? 1 : 0); });
  auto* top = new QWidget;
  auto* layout = new QHBoxLayout(top);
  layout->setContentsMargins({});
  layout->addWidget(readout_, 1);
  layout->addWidget(asTable);
  return top;
}

void SeriesChart::explainMouse() {
  readout_->setText(tr(
      "Drag to zoom in, with Shift to move. Ctrl and the wheel zoom, a double click shows all."));
}

void SeriesChart::setUpMouse() {
  plot_->setInteraction(QCP::iRangeZoom);
  plot_->setPlottingHint(QCP::phFastPolylines);
  plot_->addLayer(QStringLiteral("crosshair"));
  plot_->layer(QStringLiteral("crosshair"))->setMode(QCPLayer::lmBuffered);
  plot_->installEventFilter(this);
  connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
    const bool moves = event->modifiers() & Qt::ShiftModifier;
    const bool zooms = event->button() == Qt::LeftButton && !moves;  // The right one has a menu.
    plot_->setSelectionRectMode(zooms ? QCP::srmZoom : QCP::srmNone);
    plot_->setInteraction(QCP::iRangeDrag, moves);
  });
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    if (lanes_.empty()) return;
    pointAt(lanes_[0].rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x()));
  });
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
}

void SeriesChart::show(ShownSeries series) {
  series_ = std::move(series);
  order_ = time_order(series_.times);
  rows_->show(series_);
  std::vector<int> first;
  for (int i = 0; i < std::min<int>(kMostAtFirst, int(series_.numVariables())); ++i)
    first.push_back(i);
  draw(std::move(first));
  showAll();
}

void SeriesChart::draw(std::vector<int> variables) {
  drawn_ = std::move(variables);
  layOut();
  drawing_->start();
}

void SeriesChart::layOut() {
  plot_->clearItems();
  plot_->clearGraphs();
  plot_->plotLayout()->clear();  // Deletes the parts.
  lanes_.clear();
  for (std::size_t i = 0; i < drawn_.size(); ++i)
    lanes_.push_back(makeLane(drawn_[i], i + 1 == drawn_.size()));
  applyColors();
}

SeriesChart::Lane SeriesChart::makeLane(int variable, bool isLast) {
  auto* rect = new QCPAxisRect(plot_);
  plot_->plotLayout()->addElement(plot_->plotLayout()->rowCount(), 0, rect);
  rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins_);
  rect->setMinimumMargins({4, 2, 12, 2});
  auto* across = rect->axis(QCPAxis::atBottom);
  auto* up = rect->axis(QCPAxis::atLeft);
  rect->setRangeZoomAxes({across});
  rect->setRangeDragAxes({across});
  up->ticker()->setTickCount(3);
  across->setTickLabels(isLast);
  if (series_.hasDates) across->setTicker(QSharedPointer<DateTicker>::create());
  for (auto* axis : {across, up}) {
    axis->setLayer(QStringLiteral("axes"));
    axis->grid()->setLayer(QStringLiteral("grid"));
  }
  across->setRange(from_, to_);
  connect(across, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
          [this](const QCPRange& range) { followRange(range.lower, range.upper); });
  auto* graph = plot_->addGraph(across, up);
  graph->setName(series_.variables[variable]);
  auto* title = new QCPItemText(plot_);
  title->setText(graph->name());
  title->setClipToAxisRect(true);
  title->setClipAxisRect(rect);
  title->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  title->setPadding({3, 0, 3, 0});
  title->position->setType(QCPItemPosition::ptAxisRectRatio);
  title->position->setAxisRect(rect);
  title->position->setCoords(0.005, 0.01);
  auto* crosshair = new QCPItemStraightLine(plot_);
  crosshair->setClipAxisRect(rect);
  crosshair->setLayer(QStringLiteral("crosshair"));
  for (auto* point : {crosshair->point1, crosshair->point2}) {
    point->setAxisRect(rect);
    point->setAxes(across, up);
    point->setTypeY(QCPItemPosition::ptAxisRectRatio);
  }
  crosshair->setVisible(false);
  return {rect, graph, title, crosshair};
}

void SeriesChart::showAll() {
  if (series_.times.empty()) return;
  const auto [first, last] = std::ranges::minmax(series_.times);
  const double from = placeOf(first), to = placeOf(last);
  const double room = to > from ? 0.005 * (to - from) : 1.0;
  followRange(from - room, to + room);
}

/// All variables show the same time.
void SeriesChart::followRange(double from, double to) {
  if (isFollowing_) return;
  const QScopedValueRollback following(isFollowing_, true);
  from_ = from;
  to_ = to;
  for (const auto& lane : lanes_) lane.rect->axis(QCPAxis::atBottom)->setRange(from, to);
  drawing_->start();
}

std::pair<double, double> SeriesChart::shownTimes() const {
  const double scale = series_.hasDates ? 1000.0 : 1.0;
  return {from_ * scale, to_ * scale};
}

void SeriesChart::drawWhatIsSeen() {
  const auto [from, to] = shownTimes();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const SeriesVariable variable{series_.times, series_.values, order_,
                                  static_cast<std::size_t>(series_.numVariables()),
                                  static_cast<std::size_t>(drawn_[i])};
    QVector<QCPGraphData> points;
    for (const auto& point : seen_between(variable, from, to, std::max(100, plot_->width())))
      points.push_back({placeOf(point.time), point.value});
    const auto& lane = lanes_[i];
    lane.graph->data()->set(points, true);
    auto* up = lane.graph->valueAxis();
    lane.graph->rescaleValueAxis(false, true);
    const auto range = up->range();
    const double room = range.size() > 0.0 ? 0.08 * range.size() : 0.5;
    up->setRange(range.lower - room, range.upper + room);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void SeriesChart::pointAt(double place) {
  const bool isOver = std::isfinite(place) && !series_.times.empty();
  for (const auto& lane : lanes_) {
    lane.crosshair->setVisible(isOver);
    lane.crosshair->point1->setCoords(isOver ? place : 0.0, 0.0);
    lane.crosshair->point2->setCoords(isOver ? place : 0.0, 1.0);
  }
  plot_->layer(QStringLiteral("crosshair"))->replot();
  if (!isOver) {
    explainMouse();
    return Q_EMIT pointed(-1);
  }
  const SeriesVariable times{series_.times, series_.values, order_,
                             static_cast<std::size_t>(series_.numVariables()), 0};
  const auto nearest = nearest_place(times, series_.hasDates ? place * 1000.0 : place);
  readout_->setText(timeText(series_, times.at(nearest).time));
  Q_EMIT pointed(order_.empty() ? nearest : order_[static_cast<std::size_t>(nearest)]);
}

void SeriesChart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) applyColors();
}

bool SeriesChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched != plot_) return false;
  if (event->type() == QEvent::Leave) pointAt(qQNaN());
  if (event->type() == QEvent::Resize) drawing_->start();
  if (event->type() != QEvent::Wheel) return false;
  const bool isForPage = !(static_cast<QWheelEvent*>(event)->modifiers() & Qt::ControlModifier);
  if (isForPage) event->ignore();
  return isForPage;
}

void SeriesChart::applyColors() {
  auto faint = palette().color(QPalette::WindowText);
  faint.setAlphaF(0.6F);
  auto ground = palette().color(QPalette::Base);
  plot_->setBackground(ground);
  ground.setAlphaF(0.75F);
  plot_->selectionRect()->setPen(QPen(faint, 1));
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const auto& lane = lanes_[i];
    styleAxis(*lane.graph->keyAxis(), palette());
    styleAxis(*lane.graph->valueAxis(), palette());
    lane.graph->setPen(QPen(categoryColor(drawn_[i]), 1.2));
    lane.title->setColor(palette().color(QPalette::WindowText));
    lane.title->setBrush(ground);
    lane.crosshair->setPen(QPen(faint, 1));
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace pretext
