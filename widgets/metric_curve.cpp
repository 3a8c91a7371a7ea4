#include "widgets/metric_curve.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

constexpr int kFewSamples = 40;  // So few are marked one by one: a single one has no line.
constexpr std::ptrdiff_t kMostDetailed = 32;  // Buckets in view: 8,192 readings, many to a pixel.
constexpr double kCrossHeight = 0.03;         // Above the lower edge, share of the chart.

bool isFew(const QCPGraph& graph) {
  return graph.dataCount() < kFewSamples;
}

}  // namespace

MetricCurve::MetricCurve(QCustomPlot& plot, const QString& name, const QColor& color,
                         const CurveScale& scale)
    : plot_(plot),
      color_(color),
      scale_(scale),
      readings_(plot.addGraph()),
      smoothed_(plot.addGraph()),
      crosses_(plot.addGraph(plot.xAxis, plot.yAxis2)) {
  readings_->setName(name);
  smoothed_->setName(name);
  smoothed_->setProperty("isSmoothed", true);  // So that exports leave it out.
  crosses_->setLineStyle(QCPGraph::lsNone);
  crosses_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCross, QPen(color, 2), {}, 8));
  applyPens();
}

void MetricCurve::clear() {
  for (auto* graph : {readings_, smoothed_, crosses_}) graph->data()->clear();
  lastStep_ = -1;
  sum_ = 0.0;
  weight_ = 0.0;
  overview_ = {};
  detail_.clear();
  firstDetailed_ = endDetailed_ = 0;
  numOverviewPoints_ = 0;
}

void MetricCurve::append(std::span<const MetricSample> samples) {
  for (const auto& sample : samples) {
    lastStep_ = sample.step;
    drawReading(sample);
    if (smoothing_ > 0) smooth(scale_.at(sample), sample.value);
  }
  applyPens();
}

void MetricCurve::setOverview(CurveOverview overview) {
  clear();
  overview_ = std::move(overview);
  if (!overview_.buckets.empty()) lastStep_ = overview_.buckets.back().last_step();
  drawOverview();
}

bool MetricCurve::showDetail(double firstPlace, double lastPlace) {
  const auto& buckets = overview_.buckets;
  if (buckets.empty()) return false;
  const auto place = [this](const MetricBucket& bucket) { return placeOf(bucket); };
  auto first = std::ranges::upper_bound(buckets, firstPlace, {}, place);
  if (first != buckets.begin()) --first;
  auto end = std::ranges::upper_bound(buckets, lastPlace, {}, place);
  const auto inView = end - first;
  if (inView > kMostDetailed || inView <= 0) {
    if (detail_.empty()) return false;
    detail_.clear();
    firstDetailed_ = endDetailed_ = 0;
  } else {
    const auto isDetailed = static_cast<std::size_t>(first - buckets.begin()) >= firstDetailed_ &&
                            static_cast<std::size_t>(end - buckets.begin()) <= endDetailed_;
    if (isDetailed) return false;
    const auto margin = inView / 2 + 1;  // So that not every move reads again.
    first -= std::min(margin, first - buckets.begin());
    end += std::min(margin, buckets.end() - end);
    readDetail(static_cast<std::size_t>(first - buckets.begin()),
               static_cast<std::size_t>(end - buckets.begin()));
  }
  drawOverview();
  return true;
}

void MetricCurve::readDetail(std::size_t first, std::size_t end) {
  const auto& buckets = overview_.buckets;
  std::vector<MetricSample> detail;
  const auto read = [&](std::size_t from, std::size_t to) {
    if (from >= to) return;
    const auto some = overview_.readings(buckets[from].first_step, buckets[to - 1].last_step());
    detail.insert(detail.end(), some.begin(), some.end());
  };
  const auto keptFirst = std::clamp(firstDetailed_, first, end);
  const auto keptEnd = std::clamp(endDetailed_, keptFirst, end);
  read(first, keptFirst);
  if (keptFirst < keptEnd) {
    const auto from =
        std::ranges::lower_bound(detail_, buckets[keptFirst].first_step, {}, &MetricSample::step);
    const auto to = std::ranges::upper_bound(detail_, buckets[keptEnd - 1].last_step(), {},
                                             &MetricSample::step);
    detail.insert(detail.end(), from, to);
  }
  read(keptEnd, end);
  detail_ = std::move(detail);
  firstDetailed_ = first;
  endDetailed_ = end;
}

std::vector<PlotSeries> MetricCurve::values() const {
  PlotSeries all{readings_->name(), {}};
  if (!overview_.buckets.empty()) {
    for (const auto& sample : overview_.readings(0, overview_.buckets.back().last_step()))
      all.points.emplace_back(scale_.at(sample), sample.value);
  }
  for (int i = numOverviewPoints_; i < readings_->dataCount(); ++i)
    all.points.emplace_back(readings_->data()->at(i)->key, readings_->data()->at(i)->value);
  std::vector<PlotSeries> series{std::move(all)};
  for (const auto* edge : {low_, high_}) {
    if (!edge) continue;
    auto& points = series.emplace_back(PlotSeries{edge->name(), {}}).points;
    for (const auto& point : *edge->data()) points.emplace_back(point.key, point.value);
  }
  return series;
}

void MetricCurve::setBand(std::span<const MetricSample> low, std::span<const MetricSample> high) {
  if (!low_) {
    low_ = plot_.addGraph();
    high_ = plot_.addGraph();
    low_->setName(QStringLiteral("%1 − s.d.").arg(readings_->name()));
    high_->setName(QStringLiteral("%1 + s.d.").arg(readings_->name()));
    auto fill = color_;
    fill.setAlphaF(0.18f);
    for (auto* edge : {low_, high_}) edge->setPen(Qt::NoPen);
    high_->setBrush(fill);
    high_->setChannelFillGraph(low_);
  }
  const auto fillIn = [this](QCPGraph& edge, std::span<const MetricSample> samples) {
    edge.data()->clear();
    for (const auto& sample : samples) edge.addData(scale_.at(sample), sample.value);
  };
  fillIn(*low_, low);
  fillIn(*high_, high);
}

void MetricCurve::setSmoothing(double weight) {
  smoothing_ = weight;
  sum_ = weight_ = 0.0;
  smoothed_->data()->clear();
  if (!overview_.buckets.empty()) return drawOverview();
  if (weight > 0) {
    for (const auto& reading : *readings_->data()) smooth(reading.key, reading.value);
  }
  applyPens();
}

void MetricCurve::drawOverview() {
  const QList<QCPGraphData> later(readings_->data()->constBegin() + numOverviewPoints_,
                                  readings_->data()->constEnd());
  for (auto* graph : {readings_, smoothed_, crosses_}) graph->data()->clear();
  sum_ = weight_ = 0.0;
  for (std::size_t i = 0; i < overview_.buckets.size(); ++i) {
    if (i == firstDetailed_ && endDetailed_ > firstDetailed_) {
      for (const auto& sample : detail_) {
        drawReading(sample);
        if (smoothing_ > 0) smooth(scale_.at(sample), sample.value);
      }
      i = endDetailed_;
      if (i == overview_.buckets.size()) break;
    }
    drawBucket(overview_.buckets[i]);
  }
  numOverviewPoints_ = readings_->dataCount();
  for (const auto& reading : later) {
    readings_->addData(reading.key, reading.value);
    if (!std::isfinite(reading.value)) crosses_->addData(reading.key, kCrossHeight);
    if (smoothing_ > 0) smooth(reading.key, reading.value);
  }
  applyPens();
}

void MetricCurve::drawBucket(const MetricBucket& bucket) {
  std::vector<MetricSample> samples;
  if (bucket.num_finite > 0) samples = {bucket.low, bucket.high};
  if (bucket.num_finite == 1) samples.pop_back();
  if (bucket.gap) samples.push_back(*bucket.gap);
  std::ranges::sort(samples, {}, &MetricSample::step);
  for (const auto& sample : samples) drawReading(sample);
  if (smoothing_ > 0 && bucket.num_finite > 0)
    smooth(placeOf(bucket), bucket.mean, bucket.num_finite);
}

void MetricCurve::drawReading(const MetricSample& sample) {
  const double place = scale_.at(sample);
  const bool isFinite = std::isfinite(sample.value);
  readings_->addData(place, isFinite ? sample.value : qQNaN());
  if (!isFinite) crosses_->addData(place, kCrossHeight);
}

double MetricCurve::placeOf(const MetricBucket& bucket) const {
  return scale_.at(bucket.num_finite > 0 ? bucket.low : *bucket.gap);
}

bool MetricCurve::isSmoothed() const {
  return smoothing_ > 0 && !isFew(*readings_);
}

void MetricCurve::smooth(double place, double value, std::int64_t numReadings) {
  if (std::isfinite(value)) {
    const double kept = std::pow(smoothing_, static_cast<double>(numReadings));
    sum_ = kept * sum_ + (1.0 - kept) * value;
    weight_ = kept * weight_ + (1.0 - kept);
  }
  smoothed_->addData(place, std::isfinite(value) ? sum_ / weight_ : qQNaN());
}

void MetricCurve::applyPens() {
  auto behind = color_;
  if (isSmoothed()) behind.setAlphaF(0.3);
  readings_->setPen(QPen(behind, isSmoothed() ? 1.0 : 1.6));
  smoothed_->setPen(QPen(color_, 1.8));
  smoothed_->setVisible(isSmoothed());
  readings_->setScatterStyle(isFew(*readings_) ? QCPScatterStyle(QCPScatterStyle::ssDisc, 5)
                                               : QCPScatterStyle(QCPScatterStyle::ssNone));
}

}  // namespace pretext
