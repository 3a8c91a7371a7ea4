#include "app/pages/compare_page.h"

#include "core/base/format.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"
#include "widgets/smoothing_slider.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include <set>

namespace pretext {
namespace {

QIcon swatch(const QColor& color) {
  QPixmap pixmap(12, 12);
  pixmap.fill(color);
  return QIcon(pixmap);
}

QString runTitle(const RunRecord& run) {
  return QStringLiteral("%1 · %2").arg(run.id).arg(QString::fromStdString(run.name));
}

QString accuracyText(const std::map<std::string, double>& accuracies, const std::string& kind) {
  const auto found = accuracies.find(kind);
  return found == accuracies.end() ? QString() : QString::fromStdString(percent(found->second));
}

}  // namespace

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      runs_(new QListWidget),
      metric_(new QComboBox),
      axis_(makeAxisChoice()),
      chart_(new MetricChart(tr("Curves"))),
      differences_(new QTableWidget) {
  runs_->setAccessibleName(tr("Runs to compare"));
  runs_->setTextElideMode(Qt::ElideRight);
  runs_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  metric_->setAccessibleName(tr("Metric"));
  differences_->setAccessibleName(tr("What differs"));
  differences_->setEditTriggers(QTableWidget::NoEditTriggers);
  offerCopy(*differences_);
  differences_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  differences_->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins({});
  leftLayout->addWidget(buddyLabel(tr("Tick the runs to compare"), runs_));
  leftLayout->addWidget(runs_, 1);
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Metric"), metric_));
  top->addWidget(metric_, 1);
  top->addWidget(axis_);
  auto* smoothing = new SmoothingSlider;
  top->addWidget(smoothing);
  connect(smoothing, &SmoothingSlider::changed, chart_, &MetricChart::setSmoothing);
  auto* charts = new QWidget;
  auto* chartLayout = new QVBoxLayout(charts);
  chartLayout->setContentsMargins({});
  chartLayout->addLayout(top);
  chartLayout->addWidget(chart_, 1);
  auto* right = new QSplitter(Qt::Vertical);
  right->addWidget(charts);
  right->addWidget(differences_);
  right->setSizes({400, 240});
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(right);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({240, 800});
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(splitter);
  connect(runs_, &QListWidget::itemChanged, this, [this] { compare(); });
  connect(metric_, &QComboBox::activated, this, [this] { compare(); });
  connect(axis_, &QComboBox::currentIndexChanged, this, [this] { compare(); });
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (isVisible()) refresh();  // A hidden page reads no curves.
  });
}

void ComparePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void ComparePage::showRuns(const std::vector<std::int64_t>& runs) {
  hasTicked_ = true;
  refreshRuns();
  {
    const QSignalBlocker blocker(runs_);
    for (int row = 0; row < runs_->count(); ++row) {
      const auto run = runs_->item(row)->data(Qt::UserRole).toLongLong();
      const bool isTicked = std::ranges::find(runs, run) != runs.end();
      runs_->item(row)->setCheckState(isTicked ? Qt::Checked : Qt::Unchecked);
    }
  }
  compare();
}

void ComparePage::refresh() {
  refreshRuns();
  compare();
}

void ComparePage::refreshRuns() {
  const auto runs = RunStore(workspace_.database()).list();
  std::set<std::int64_t> ticked;
  for (const auto run : chosen()) ticked.insert(run);
  for (const auto& run : runs) {
    if (!hasTicked_ && run.step > 0 && ticked.size() < 2) ticked.insert(run.id);
  }
  hasTicked_ = hasTicked_ || !ticked.empty();
  const QSignalBlocker blocker(runs_);
  runs_->clear();
  for (const auto& run : runs) {
    auto* item = new QListWidgetItem(runTitle(run), runs_);
    item->setToolTip(QString::fromStdString(run.name));
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.id));
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked.contains(run.id) ? Qt::Checked : Qt::Unchecked);
  }
}

void ComparePage::giveColours(const std::vector<std::int64_t>& runs) {
  std::erase_if(colours_,
                [&](const auto& one) { return std::ranges::find(runs, one.first) == runs.end(); });
  for (const auto run : runs) {
    if (colours_.contains(run)) continue;
    const auto isTaken = [this](int colour) {
      return std::ranges::any_of(colours_, [=](const auto& one) { return one.second == colour; });
    };
    int free = 0;
    while (isTaken(free)) ++free;
    colours_[run] = free;
  }
  const QSignalBlocker blocker(runs_);
  for (int row = 0; row < runs_->count(); ++row) {
    const auto colour = colours_.find(runs_->item(row)->data(Qt::UserRole).toLongLong());
    runs_->item(row)->setIcon(
        swatch(colour == colours_.end() ? QColor(Qt::transparent) : categoryColor(colour->second)));
  }
}

std::vector<std::int64_t> ComparePage::chosen() const {
  std::vector<std::int64_t> runs;
  for (int row = 0; row < runs_->count(); ++row) {
    if (runs_->item(row)->checkState() == Qt::Checked)
      runs.push_back(runs_->item(row)->data(Qt::UserRole).toLongLong());
  }
  return runs;
}

void ComparePage::compare() {
  const auto ids = chosen();
  giveColours(ids);
  refreshMetrics(ids);
  RunStore store(workspace_.database());
  std::vector<RunRecord> runs;  // Those that are still there.
  for (const auto id : ids) {
    if (auto run = store.find(id)) runs.push_back(std::move(*run));
  }
  drawCurves(runs);
  showDifferences(runs);
}

void ComparePage::refreshMetrics(const std::vector<std::int64_t>& runs) {
  MetricStore metrics(workspace_.database());
  std::set<std::string> keys;
  for (const auto run : runs) {
    for (const auto& key : metrics.keys(run)) keys.insert(key);
  }
  std::vector<std::string> ranked(keys.begin(), keys.end());
  std::ranges::stable_sort(ranked, {}, metricRank);
  const auto old = metric_->currentData();
  metric_->clear();
  for (const auto& key : ranked) metric_->addItem(metricTitle(key), QString::fromStdString(key));
  metric_->setCurrentIndex(std::max(0, metric_->findData(old)));
}

void ComparePage::drawCurves(const std::vector<RunRecord>& runs) {
  MetricStore metrics(workspace_.database());
  std::vector<Curve> wanted;
  wanted.reserve(runs.size());
  const auto axis = static_cast<CurveAxis>(axis_->currentData().toInt());
  for (const auto& run : runs) {
    const CurveScale scale(axis, run, RunStore(workspace_.database()).checkpoints(run.id),
                           run.started_ms.value_or(run.created_ms));
    wanted.push_back(
        {run.id, QString::fromStdString(run.name), run.num_attempts, colours_.at(run.id), scale});
  }
  const auto key = metric_->currentData().toString().toStdString();
  if (wanted != curves_ || key != curvesKey_) {
    chart_->clear();
    chart_->setAxis(axis);
    for (const auto& curve : wanted)
      chart_->addCurve(curve.name, categoryColor(curve.colour), curve.scale);
    curves_ = std::move(wanted);
    curvesKey_ = key;
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto curve = static_cast<int>(i);
    chart_->appendSamples(curve, metrics.curve(runs[i].id, key, chart_->lastStep(curve)));
  }
}

void ComparePage::showDifferences(const std::vector<RunRecord>& runs) {
  std::vector<Experiment> experiments;
  experiments.reserve(runs.size());
  for (const auto& run : runs) experiments.push_back(Experiment::from_json(run.settings()));
  const auto differing = differing_keys(experiments);
  std::vector<std::map<std::string, double>> accuracies;  // Of each column, by kind.
  std::set<std::string> kinds;
  for (const auto& run : runs) {
    accuracies.push_back(ResultStore(workspace_.database()).own_accuracies(run.id));
    for (const auto& [kind, accuracy] : accuracies.back()) kinds.insert(kind);
  }
  QStringList rows;
  for (const auto& key : differing) rows << QString::fromStdString(key);
  for (const auto& kind : kinds) rows << tr("%1 accuracy").arg(evaluationTitle(kind));
  differences_->setRowCount(rows.size());
  differences_->setColumnCount(static_cast<int>(runs.size()));
  differences_->setVerticalHeaderLabels(rows);
  for (int column = 0; column < differences_->columnCount(); ++column) {
    const auto index = static_cast<std::size_t>(column);
    differences_->setHorizontalHeaderItem(column, new QTableWidgetItem(runTitle(runs[index])));
    QStringList cells;
    for (const auto& key : differing) cells << settingText(experiments[index], key);
    for (const auto& kind : kinds) cells << accuracyText(accuracies[index], kind);
    for (int row = 0; row < cells.size(); ++row)
      differences_->setItem(row, column, new QTableWidgetItem(cells[row]));
  }
}

}  // namespace pretext
