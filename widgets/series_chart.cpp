#include "widgets/series_chart.h"

#include "widgets/background.h"
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

constexpr int kMostAtFirst = 6;               // Variables; more are lines too flat to read.
constexpr int kColumnWidth = 130;             // Of the table, px.
constexpr int kGap = 6;                       // Between variables, px.
constexpr std::size_t kReadAtOnce = 500'000;  // Values.

/// From the lowest to the highest, with some room.
QCPRange rangeOf(const QVector<QCPGraphData>& points) {
  double lowest = HUGE_VAL, highest = -HUGE_VAL;
  for (const auto& point : points) {
    if (std::isnan(point.value)) continue;
    lowest = std::min(lowest, point.value);
    highest = std::max(highest, point.value);
  }
  if (lowest > highest) return {0.0, 1.0};
  const double room = highest > lowest ? 0.08 * (highest - lowest) : 0.5 + 0.1 * std::fabs(lowest);
  return {lowest - room, highest + room};
}

/// Points with nothing on either side.
QVector<QCPGraphData> loneOf(const QVector<QCPGraphData>& points) {
  const auto isGap = [&](qsizetype i) {
    return i < 0 || i >= points.size() || std::isnan(points[i].value);
  };
  QVector<QCPGraphData> lone;
  for (qsizetype i = 0; i < points.size(); ++i)
    if (!isGap(i) && isGap(i - 1) && isGap(i + 1)) lone.push_back(points[i]);
  return lone;
}

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
                      : step >= 1.0        ? QStringLiteral("hh:mm:ss\nd MMM")
                                           : QStringLiteral("hh:mm:ss.zzz\nd MMM"));
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
      table_(new QTableView),
      drawing_(new QTimer(this)) {
  plot_->setAccessibleName(tr("Curves of the series"));
  plot_->plotLayout()->clear();
  plot_->plotLayout()->setRowSpacing(kGap);
  setMinimumSize(240, 170);
  setUpMouse();
  offerExport(*plot_, tr("Series"), [this] { return values(); });
  drawing_->setSingleShot(true);
  drawing_->setInterval(0);
  connect(drawing_, &QTimer::timeout, this, &SeriesChart::drawWhatIsSeen);
  table_->setModel(rows_);
  table_->setAccessibleName(tr("Rows of the series"));
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setDefaultSectionSize(kColumnWidth);
  offerCopy(*table_);
  stack_->addWidget(plot_);
  stack_->addWidget(table_);
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
  connect(asTable, &QCheckBox::toggled, this, [this](bool on) {
    stack_->setCurrentIndex(on ? 1 : 0);
    on ? showRows() : explainMouse();
  });
  auto* top = new QWidget;
  auto* layout = new QHBoxLayout(top);
  layout->setContentsMargins({});
  layout->addWidget(readout_, 1);
  layout->addWidget(asTable);
  return top;
}

/// Begins with the rows that the curves show.
void SeriesChart::showRows() {
  readout_->setText(tr("From the first time that the curves show."));
  if (!overview_ || series_.times.empty()) return;
  const auto first = rows_->index(static_cast<int>(overview_->nearest_row(shownTimes().first)), 0);
  table_->setCurrentIndex(first);
  table_->scrollTo(first, QTableView::PositionAtTop);
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
  zoomByDragging(*plot_);
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    if (lanes_.empty()) return;
    pointAt(lanes_[0].rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x()));
  });
  connect(plot_, &QCustomPlot::mouseDoubleClick, this, [this] { showAll(); });
}

void SeriesChart::show(ShownSeries series) {
  const bool isAlike = series.variables == series_.variables && !drawn_.empty();
  series_ = std::move(series);
  overview_.reset();
  rows_->show(series_);
  explainMouse();
  std::vector<int> first;
  for (int i = 0; i < std::min<int>(kMostAtFirst, int(series_.numVariables())); ++i)
    first.push_back(i);
  draw(isAlike ? drawn_ : std::move(first));
  showAll();
  const auto read = [of = series_] {
    return std::make_shared<const SeriesOverview>(of.times, of.values,
                                                  static_cast<std::size_t>(of.numVariables()));
  };
  const int token = ++token_;
  if (series_.values.size() <= kReadAtOnce) return setOverview(read());
  readout_->setText(tr("Reading the series…"));
  runInBackground(this, read,
                  [this, token](const Outcome<std::shared_ptr<const SeriesOverview>>& overview) {
                    if (token != token_ || !overview.value) return;
                    explainMouse();
                    setOverview(*overview.value);
                  });
}

void SeriesChart::setOverview(std::shared_ptr<const SeriesOverview> overview) {
  overview_ = std::move(overview);
  drawing_->start();
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
  graph->setAdaptiveSampling(false);  // What is handed to it is as much as can be seen.
  auto* alone = plot_->addGraph(across, up);
  alone->setLineStyle(QCPGraph::lsNone);
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
  return {rect, graph, alone, title, crosshair};
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
  if (!overview_) return;
  const auto [from, to] = shownTimes();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    QVector<QCPGraphData> points;
    for (const auto& point :
         overview_->seen_between(static_cast<std::size_t>(drawn_[i]), from, to, numColumns()))
      points.push_back({placeOf(point.time), point.value});
    const auto& lane = lanes_[i];
    lane.graph->valueAxis()->setRange(rangeOf(points));
    lane.alone->data()->set(loneOf(points), true);
    lane.graph->setAntialiased(points.size() <= numColumns());  // Of a filled band no one sees it.
    lane.graph->data()->set(points, true);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

/// Of pixels that the curves are drawn on.
int SeriesChart::numColumns() const {
  constexpr int kFewest = 100;
  return std::max(kFewest, lanes_.empty() ? 0 : lanes_[0].rect->width());
}

/// Those in view, as they are drawn.
std::vector<PlotSeries> SeriesChart::values() const {
  std::vector<PlotSeries> all;
  for (const auto& lane : lanes_) {
    auto& one = all.emplace_back(PlotSeries{lane.graph->name(), {}});
    for (const auto& point : *lane.graph->data()) one.points.emplace_back(point.key, point.value);
  }
  return all;
}

void SeriesChart::pointAt(double place) {
  const bool isOver = std::isfinite(place) && overview_ && !series_.times.empty();
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
  const auto row = overview_->nearest_row(series_.hasDates ? place * 1000.0 : place);
  readout_->setText(timeText(series_, series_.times[static_cast<std::size_t>(row)]));
  Q_EMIT pointed(row);
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
    lane.graph->setPen(QPen(categoryColor(drawn_[i]), 1.0));
    lane.alone->setScatterStyle({QCPScatterStyle::ssDisc, categoryColor(drawn_[i]), 3.0});
    lane.title->setColor(palette().color(QPalette::WindowText));
    lane.title->setBrush(ground);
    lane.crosshair->setPen(QPen(faint, 1));
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace pretext
