#pragma once

#include "core/store/database.h"
#include "core/store/metric_bucket.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pretext {

class MetricChart;

/// Over so many buckets a curve is drawn by them: 20,480 steps.
constexpr std::size_t kLongCurve = 80;

/// Brings a chart's curve up to what the store holds of a run's metric. A long curve is drawn by
/// its buckets, but for the newest, which may still change; `database` outlives the chart.
void followCurve(MetricChart& chart, int curve, Database& database, std::int64_t run,
                 const std::string& key);

/// The means of buckets as readings, each at the last step of its bucket.
std::vector<MetricSample> bucketMeans(const std::vector<MetricBucket>& buckets);

}  // namespace pretext
