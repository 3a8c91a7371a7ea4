#pragma once

#include "core/store/metric_sample.h"
#include "core/store/run_store.h"

#include <QSharedPointer>
#include <QString>

#include <cstdint>
#include <vector>

class QCPAxisTicker;
class QComboBox;

namespace pretext {

/// What the readings of a run are drawn over.
enum class CurveAxis { kStep, kEpoch, kSamples, kElapsed, kWallTime };

/// A choice of these, by their words; an item's data is the axis.
QComboBox* makeAxisChoice();

/// Places a run's readings on an axis.
class CurveScale {
 public:
  /// By step.
  CurveScale() = default;
  /// `checkpoints`: the run's; they say how long its epochs are, where it is not known how many it
  /// is to have. `startMs`: when it began.
  CurveScale(CurveAxis axis, const RunRecord& run, const std::vector<CheckpointRecord>& checkpoints,
             std::int64_t startMs);

  double at(const MetricSample& sample) const;
  bool operator==(const CurveScale&) const = default;

 private:
  CurveAxis axis_ = CurveAxis::kStep;
  double perStep_ = 1.0;
  std::int64_t startMs_ = 0;
};

/// Ticks that an axis is read by.
QSharedPointer<QCPAxisTicker> tickerOf(CurveAxis axis);

/// "step 12", "epoch 1.5", "0:10:02", …
QString placeText(CurveAxis axis, double place);

}  // namespace pretext
