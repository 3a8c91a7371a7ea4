#include "widgets/metric_curve.h"

#include <qcustomplot.h>

#include <cmath>

namespace pretext {
namespace {

constexpr int kFewSamples = 40;        // So few are marked one by one: a single one has no line.
constexpr double kCrossHeight = 0.03;  // Above the lower edge, share of the chart.

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
}

void MetricCurve::append(std::span<const MetricSample> samples) {
  for (const auto& sample : samples) {
    const double place = scale_.at(sample);
    lastStep_ = sample.step;
    const bool isFinite = std::isfinite(sample.value);
    readings_->addData(place, isFinite ? sample.value : qQNaN());
    if (!isFinite) crosses_->addData(place, kCrossHeight);
    if (smoothing_ > 0) smooth(place, isFinite ? sample.value : qQNaN());
  }
  applyPens();
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
  if (weight > 0) {
    for (const auto& reading : *readings_->data()) smooth(reading.key, reading.value);
  }
  applyPens();
}

bool MetricCurve::isSmoothed() const {
  return smoothing_ > 0 && !isFew(*readings_);
}

void MetricCurve::smooth(double place, double value) {
  if (std::isfinite(value)) {
    sum_ = smoothing_ * sum_ + (1.0 - smoothing_) * value;
    weight_ = smoothing_ * weight_ + (1.0 - smoothing_);
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
