#include "app/pages/compared_chart.h"

#include "app/pages/stored_curve.h"
#include "core/store/mean_curve.h"
#include "core/store/metric_store.h"
#include "widgets/metric_chart.h"
#include "widgets/theme.h"

#include <algorithm>
#include <utility>

namespace pretext {
namespace {

constexpr double kRestPerWork = 20.0;  // Means are read again after this many times what it took.

}  // namespace

void ComparedChart::draw(const std::vector<ComparedCurve>& curves, const std::string& key,
                         CurveAxis axis) {
  if (curves != curves_ || key != key_) {
    chart_.clear();
    chart_.setAxis(axis);
    for (const auto& curve : curves)
      chart_.addCurve(curve.name, categoryColor(curve.colour), curve.scale);
    curves_ = curves;
    drawnSteps_.assign(curves_.size(), {});
    meansTook_ = 0.0;
    key_ = key;
  }
  const bool areMeansDue = sinceMeans_.seconds() >= kRestPerWork * meansTook_;
  Stopwatch watch;
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    const auto& runs = curves_[i].runs;
    if (runs.size() == 1) {
      followCurve(chart_, static_cast<int>(i), workspace_.database(), runs.front(), key);
    } else if (areMeansDue) {
      drawMean(i);
    }
  }
  if (!areMeansDue) return;
  meansTook_ = watch.seconds();
  sinceMeans_.restart();
}

void ComparedChart::drawMean(std::size_t curve) {
  MetricStore metrics(workspace_.database());
  const auto& runs = curves_[curve].runs;
  std::vector<std::int64_t> lastSteps;
  lastSteps.reserve(runs.size());
  for (const auto run : runs) {
    const auto latest = metrics.latest(run);
    const auto found = latest.find(key_);
    lastSteps.push_back(found == latest.end() ? -1 : found->second.step);
  }
  if (lastSteps == drawnSteps_[curve]) return;
  // Of long curves the means of their buckets: as many steps each.
  std::vector<std::vector<MetricSample>> readings;
  readings.reserve(runs.size());
  for (const auto run : runs) readings.push_back(bucketMeans(metrics.buckets(run, key_)));
  const bool areLong =
      std::ranges::any_of(readings, [](const auto& means) { return means.size() > kLongCurve; });
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!areLong) readings[i] = metrics.curve(runs[i], key_);
    const auto behind = curves_[curve].starts[i] - curves_[curve].starts.front();
    for (auto& sample : readings[i]) sample.wall_ms -= behind;
  }
  const auto mean = mean_of_curves(readings);
  chart_.setSamples(static_cast<int>(curve), mean.mean);
  chart_.setBand(static_cast<int>(curve), mean.low, mean.high);
  drawnSteps_[curve] = std::move(lastSteps);
}

}  // namespace pretext
