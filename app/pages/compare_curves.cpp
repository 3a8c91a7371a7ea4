#include "app/pages/compare_curves.h"

#include "app/pages/stored_curve.h"
#include "core/store/mean_curve.h"
#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"
#include "widgets/smoothing_slider.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace pretext {
namespace {

constexpr double kRestPerWork = 20.0;  // Means are read again after this many times what it took.

std::int64_t startOf(const RunRecord& run) {
  return run.started_ms.value_or(run.created_ms);
}

}  // namespace

CompareCurves::CompareCurves(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      metric_(new QComboBox),
      axis_(makeAxisChoice()),
      overSeeds_(new QCheckBox(tr("mean over seeds"))),
      chart_(new MetricChart(tr("Curves"))) {
  metric_->setAccessibleName(tr("Metric"));
  overSeeds_->setAccessibleName(tr("Mean over seeds"));
  overSeeds_->setToolTip(
      tr("Runs that are alike but for their seeds become one curve: their mean, with one standard "
         "deviation to either side"));
  auto* smoothing = new SmoothingSlider;
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Metric"), metric_));
  top->addWidget(metric_, 1);
  top->addWidget(overSeeds_);
  top->addWidget(axis_);
  top->addWidget(smoothing);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addLayout(top);
  layout->addWidget(chart_, 1);
  connect(smoothing, &SmoothingSlider::changed, chart_, &MetricChart::setSmoothing);
  connect(metric_, &QComboBox::activated, this, &CompareCurves::draw);
  connect(axis_, &QComboBox::currentIndexChanged, this, &CompareCurves::draw);
  connect(overSeeds_, &QCheckBox::toggled, this, &CompareCurves::draw);
}

void CompareCurves::show(const ComparedRuns& compared) {
  compared_ = compared;
  refreshMetrics();
  draw();
}

void CompareCurves::refreshMetrics() {
  MetricStore metrics(workspace_.database());
  std::set<std::string> keys;
  for (const auto& run : compared_.runs) {
    for (const auto& key : metrics.keys(run.id)) keys.insert(key);
  }
  std::vector<std::string> ranked(keys.begin(), keys.end());
  std::ranges::stable_sort(ranked, {}, metricRank);
  const auto old = metric_->currentData();
  metric_->clear();
  for (const auto& key : ranked) metric_->addItem(metricTitle(key), QString::fromStdString(key));
  metric_->setCurrentIndex(std::max(0, metric_->findData(old)));
}

std::vector<CompareCurves::Curve> CompareCurves::wantedCurves() const {
  const auto axis = static_cast<CurveAxis>(axis_->currentData().toInt());
  std::vector<std::vector<std::size_t>> groups;
  if (overSeeds_->isChecked()) {
    groups = compared_.overSeeds();
  } else {
    for (std::size_t i = 0; i < compared_.runs.size(); ++i) groups.push_back({i});
  }
  std::vector<Curve> curves;
  for (const auto& group : groups) {
    const auto& first = compared_.runs[group.front()];
    const CurveScale scale(axis, first, RunStore(workspace_.database()).checkpoints(first.id),
                           startOf(first));
    auto name = QString::fromStdString(first.name);
    if (group.size() > 1) name = tr("%1, %L2 seeds").arg(name).arg(group.size());
    Curve curve{{}, {}, name, 0, compared_.colours.at(first.id), scale};
    for (const auto member : group) {
      curve.runs.push_back(compared_.runs[member].id);
      curve.starts.push_back(startOf(compared_.runs[member]));
      curve.num_attempts += compared_.runs[member].num_attempts;
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

void CompareCurves::draw() {
  auto wanted = wantedCurves();
  const auto key = metric_->currentData().toString().toStdString();
  if (wanted != curves_ || key != key_) {
    chart_->clear();
    chart_->setAxis(static_cast<CurveAxis>(axis_->currentData().toInt()));
    for (const auto& curve : wanted)
      chart_->addCurve(curve.name, categoryColor(curve.colour), curve.scale);
    curves_ = std::move(wanted);
    drawnSteps_.assign(curves_.size(), {});
    meansTook_ = 0.0;
    key_ = key;
  }
  const bool areMeansDue = sinceMeans_.seconds() >= kRestPerWork * meansTook_;
  Stopwatch watch;
  for (std::size_t i = 0; i < curves_.size(); ++i) {
    const auto curve = static_cast<int>(i);
    const auto& runs = curves_[i].runs;
    if (runs.size() == 1) {
      followCurve(*chart_, curve, workspace_.database(), runs.front(), key);
    } else if (areMeansDue) {
      drawMean(i);
    }
  }
  if (!areMeansDue) return;
  meansTook_ = watch.seconds();
  sinceMeans_.restart();
}

void CompareCurves::drawMean(std::size_t curve) {
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
  for (const auto run : runs) readings.push_back(bucketMeans(metrics.buckets(run, key_)));
  const bool areLong =
      std::ranges::any_of(readings, [](const auto& means) { return means.size() > kLongCurve; });
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!areLong) readings[i] = metrics.curve(runs[i], key_);
    const auto behind = curves_[curve].starts[i] - curves_[curve].starts.front();
    for (auto& sample : readings[i]) sample.wall_ms -= behind;
  }
  const auto mean = mean_of_curves(readings);
  chart_->setSamples(static_cast<int>(curve), mean.mean);
  chart_->setBand(static_cast<int>(curve), mean.low, mean.high);
  drawnSteps_[curve] = std::move(lastSteps);
}

}  // namespace pretext
