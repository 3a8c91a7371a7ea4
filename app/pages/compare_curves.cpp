#include "app/pages/compare_curves.h"

#include "core/store/metric_store.h"
#include "core/store/run_store.h"
#include "core/store/sweep_store.h"
#include "widgets/buddy_label.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"
#include "widgets/smoothing_slider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace pretext {
namespace {

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
      smoothing_(new SmoothingSlider),
      warning_(new QLabel),
      sheets_(new QStackedWidget),
      grid_(new QGridLayout),
      one_(workspace, *new MetricChart(tr("Curves"))) {
  metric_->setAccessibleName(tr("Metric"));
  overSeeds_->setAccessibleName(tr("Mean over seeds"));
  overSeeds_->setToolTip(
      tr("Runs that are alike but for their seeds become one curve: their mean, with one standard "
         "deviation to either side"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Metric"), metric_));
  top->addWidget(metric_, 1);
  top->addWidget(overSeeds_);
  top->addWidget(axis_);
  top->addWidget(smoothing_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addLayout(top);
  layout->addWidget(warning_);
  layout->addWidget(sheets_, 1);
  warning_->setWordWrap(true);
  warning_->hide();
  auto* all = new QWidget;
  all->setLayout(grid_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(all);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  sheets_->addWidget(&one_.chart());
  sheets_->addWidget(scroll);
  connect(smoothing_, &SmoothingSlider::changed, &one_.chart(), &MetricChart::setSmoothing);
  connect(metric_, &QComboBox::activated, this, [this] {
    hasChosen_ = true;
    draw();
  });
  connect(axis_, &QComboBox::currentIndexChanged, this, &CompareCurves::draw);
  connect(overSeeds_, &QCheckBox::toggled, this, &CompareCurves::averaged);
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
  if (ranked.size() > 1) metric_->addItem(tr("all of them"), QString());
  for (const auto& key : ranked) {
    metric_->addItem(metricTitle(key), QString::fromStdString(key));
    metric_->setItemData(metric_->count() - 1, metricMeaning(key), Qt::ToolTipRole);
  }
  // At first an accuracy, which means the same whatever the runs are trained for, else what stands
  // first.
  const auto accuracy =
      std::ranges::find_if(ranked, [](const std::string& key) { return key.starts_with("eval/"); });
  const auto place = accuracy == ranked.end() ? 0 : static_cast<int>(accuracy - ranked.begin());
  const int first = place + (ranked.size() > 1 ? 1 : 0);
  metric_->setCurrentIndex(hasChosen_ ? std::max(0, metric_->findData(old)) : first);
}

std::vector<ComparedCurve> CompareCurves::wantedCurves() const {
  const auto axis = static_cast<CurveAxis>(axis_->currentData().toInt());
  std::vector<ComparedCurve> curves;
  for (const auto& group : compared_.groups()) {
    const auto& first = compared_.runs[group.front()];
    const CurveScale scale(axis, first, RunStore(workspace_.database()).checkpoints(first.id),
                           startOf(first));
    auto name = QString::fromStdString(first.name);
    if (group.size() > 1) name = tr("%1: mean ± s.d. of %L2 seeds").arg(name).arg(group.size());
    ComparedCurve curve{{}, {}, name, 0, compared_.colours.at(first.id), scale};
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
  const auto wanted = wantedCurves();
  const auto axis = static_cast<CurveAxis>(axis_->currentData().toInt());
  const auto key = metric_->currentData().toString().toStdString();
  const bool isAll = metric_->count() > 0 && key.empty();
  warnOfLosses(key);
  sheets_->setCurrentIndex(isAll ? 1 : 0);
  if (!isAll) return one_.draw(wanted, key, axis);
  for (int i = 1; i < metric_->count(); ++i) {
    const auto one = metric_->itemData(i).toString().toStdString();
    chartOf(one).draw(wanted, one, axis);
  }
}

void CompareCurves::warnOfLosses(const std::string& key) {
  warning_->hide();
  if (!key.empty() && !key.ends_with("loss")) return;
  const auto& objective = compared_.runs.empty() ? std::string() : compared_.runs.front().objective;
  QStringList reasons;
  for (const auto& setting : compared_.differing)
    if (changes_task(setting, objective)) reasons << QString::fromStdString(setting);
  if (reasons.isEmpty()) return;
  constexpr int kNamed = 3;
  const auto named = reasons.mid(0, kNamed).join(QStringLiteral(", ")) +
                     (reasons.size() > kNamed ? QStringLiteral(" …") : QString());
  warning_->setText(
      tr("The losses are of different tasks, since these settings differ: %1. A lower "
         "one is not the better run; accuracies tell.")
          .arg(named));
  warning_->show();
}

ComparedChart& CompareCurves::chartOf(const std::string& key) {
  const auto found = all_.find(key);
  if (found != all_.end()) return found->second;
  auto* chart =
      new MetricChart(metricTitle(key), metricMeaning(key));  // Owned by the grid's widget.
  chart->setSmoothing(smoothing_->weight());
  const int cell = grid_->count();
  grid_->addWidget(chart, cell / 2, cell % 2);
  connect(smoothing_, &SmoothingSlider::changed, chart, &MetricChart::setSmoothing);
  connect(chart, &MetricChart::pointed, this, [this, chart](double place) {
    for (auto& [other, follower] : all_)
      if (&follower.chart() != chart) follower.chart().pointAt(place);
  });
  return all_.emplace(key, ComparedChart(workspace_, *chart)).first->second;
}

}  // namespace pretext
