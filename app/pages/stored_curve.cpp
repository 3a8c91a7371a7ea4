#include "app/pages/stored_curve.h"

#include "core/store/metric_store.h"
#include "widgets/metric_chart.h"

#include <limits>

namespace pretext {

void followCurve(MetricChart& chart, int curve, Database& database, std::int64_t run,
                 const std::string& key) {
  MetricStore metrics(database);
  if (chart.lastStep(curve) < 0) {
    auto buckets = metrics.buckets(run, key);
    if (buckets.size() > kLongCurve) {
      buckets.pop_back();
      const auto readings = [&database, run, key](std::int64_t first, std::int64_t last) {
        return MetricStore(database).curve(run, key, first - 1, last);
      };
      chart.setOverview(curve, {std::move(buckets), readings});
    }
  }
  chart.appendSamples(curve, metrics.curve(run, key, chart.lastStep(curve)));
}

std::vector<MetricSample> bucketMeans(const std::vector<MetricBucket>& buckets) {
  std::vector<MetricSample> means;
  means.reserve(buckets.size());
  for (const auto& bucket : buckets) {
    const bool isFinite = bucket.num_finite > 0;
    means.push_back({bucket.last_step(),
                     isFinite ? bucket.mean : std::numeric_limits<double>::quiet_NaN(),
                     isFinite ? bucket.low.wall_ms : bucket.gap->wall_ms});
  }
  return means;
}

}  // namespace pretext
