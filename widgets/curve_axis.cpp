#include "widgets/curve_axis.h"

#include "core/spec/experiment.h"
#include "widgets/run_titles.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
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

QString text(const char* words) {
  return QCoreApplication::translate("CurveAxis", words);
}

double epochsPerStep(const RunRecord& run, const std::vector<CheckpointRecord>& checkpoints) {
  for (const auto& checkpoint : checkpoints) {
    if (checkpoint.epoch > 0.0) return checkpoint.epoch / static_cast<double>(checkpoint.step);
  }
  const auto epochs = Experiment::from_json(run.settings()).integer("training.epochs");
  return run.total_steps > 0 ? static_cast<double>(epochs) / static_cast<double>(run.total_steps)
                             : 1.0;
}

}  // namespace

QComboBox* makeAxisChoice() {
  auto* choice = new QComboBox;
  const char* words[] = {QT_TRANSLATE_NOOP("CurveAxis", "by step"),
                         QT_TRANSLATE_NOOP("CurveAxis", "by epoch"),
                         QT_TRANSLATE_NOOP("CurveAxis", "by samples"),
                         QT_TRANSLATE_NOOP("CurveAxis", "by time since the start"),
                         QT_TRANSLATE_NOOP("CurveAxis", "by date and time")};
  for (int axis = 0; axis < 5; ++axis) choice->addItem(text(words[axis]), axis);
  choice->setAccessibleName(text(QT_TRANSLATE_NOOP("CurveAxis", "Horizontal axis")));
  return choice;
}

CurveScale::CurveScale(CurveAxis axis, const RunRecord& run,
                       const std::vector<CheckpointRecord>& checkpoints, std::int64_t startMs)
    : axis_(axis), startMs_(axis == CurveAxis::kElapsed ? startMs : 0) {
  if (axis == CurveAxis::kEpoch) perStep_ = epochsPerStep(run, checkpoints);
  if (axis == CurveAxis::kSamples)
    perStep_ =
        static_cast<double>(Experiment::from_json(run.settings()).integer("training.batch_size"));
}

double CurveScale::at(const MetricSample& sample) const {
  if (axis_ == CurveAxis::kElapsed || axis_ == CurveAxis::kWallTime)
    return static_cast<double>(sample.wall_ms - startMs_) / 1000.0;
  return perStep_ * static_cast<double>(sample.step);
}

QSharedPointer<QCPAxisTicker> tickerOf(CurveAxis axis) {
  switch (axis) {
    case CurveAxis::kStep:
    case CurveAxis::kSamples:
      return QSharedPointer<StepTicker>::create();
    case CurveAxis::kElapsed: {
      const auto ticker = QSharedPointer<QCPAxisTickerTime>::create();
      ticker->setTimeFormat(QStringLiteral("%h:%m:%s"));
      return ticker;
    }
    case CurveAxis::kWallTime: {
      const auto ticker = QSharedPointer<QCPAxisTickerDateTime>::create();
      ticker->setDateTimeFormat(QStringLiteral("MM-dd\nhh:mm"));
      return ticker;
    }
    case CurveAxis::kEpoch:
      break;
  }
  return QSharedPointer<QCPAxisTicker>::create();
}

QString placeText(CurveAxis axis, double place) {
  switch (axis) {
    case CurveAxis::kStep:
      return text(QT_TRANSLATE_NOOP("CurveAxis", "step %1")).arg(std::llround(place));
    case CurveAxis::kEpoch:
      return text(QT_TRANSLATE_NOOP("CurveAxis", "epoch %1")).arg(place, 0, 'f', 2);
    case CurveAxis::kSamples:
      return text(QT_TRANSLATE_NOOP("CurveAxis", "%L1 samples")).arg(std::llround(place));
    case CurveAxis::kElapsed:
      return numberText("time", place);
    case CurveAxis::kWallTime:
      break;
  }
  return QLocale().toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(1000.0 * place)),
                            QLocale::ShortFormat);
}

}  // namespace pretext
