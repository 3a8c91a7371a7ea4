#include "app/pages/compare_page.h"

#include "core/base/format.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/metric_chart.h"
#include "widgets/metric_titles.h"
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

}  // namespace

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      runs_(new QListWidget),
      metric_(new QComboBox),
      chart_(new MetricChart(tr("Curves"))),
      differences_(new QTableWidget) {
  runs_->setAccessibleName(tr("Runs to compare"));
  runs_->setTextElideMode(Qt::ElideRight);
  runs_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  metric_->setAccessibleName(tr("Metric"));
  differences_->setAccessibleName(tr("What differs"));
  differences_->setEditTriggers(QTableWidget::NoEditTriggers);
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
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (isVisible()) refresh();  // A hidden page reads no curves.
  });
}

void ComparePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void ComparePage::refresh() {
  refreshRuns();
  compare();
}

void ComparePage::refreshRuns() {
  const auto runs = RunStore(workspace_.database()).list();
  std::set<std::int64_t> ticked;
  for (const auto run : chosen()) ticked.insert(run);
  const bool isFirst = runs_->count() == 0;
  const QSignalBlocker blocker(runs_);
  runs_->clear();
  int row = 0;
  for (const auto& run : runs) {
    auto* item = new QListWidgetItem(
        swatch(categoryColor(row)),
        QStringLiteral("%1 · %2").arg(run.id).arg(QString::fromStdString(run.name)), runs_);
    item->setToolTip(QString::fromStdString(run.name));
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.id));
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    const bool on = isFirst ? row < 2 : ticked.contains(run.id);
    item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    ++row;
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
  const auto runs = chosen();
  MetricStore metrics(workspace_.database());
  RunStore store(workspace_.database());
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

  chart_->clear();
  std::vector<Experiment> experiments;
  QStringList names;
  std::vector<std::string> differing;
  std::vector<std::int64_t> shown;  // Those of `runs` that are still there: the columns.
  for (const auto id : runs) {
    const auto run = store.find(id);
    if (!run) continue;
    shown.push_back(id);
    int row = 0;
    while (row < runs_->count() && runs_->item(row)->data(Qt::UserRole).toLongLong() != id) ++row;
    const int curve = chart_->addCurve(QString::fromStdString(run->name), categoryColor(row));
    chart_->appendSamples(curve,
                          metrics.curve(id, metric_->currentData().toString().toStdString()));
    names << QStringLiteral("%1 · %2").arg(id).arg(QString::fromStdString(run->name));
    experiments.push_back(Experiment::from_json(run->resolved.empty() ? run->spec : run->resolved));
    for (const auto& key : experiments.front().differences(experiments.back())) {
      if (std::ranges::find(differing, key) == differing.end()) differing.push_back(key);
    }
  }
  QStringList rows;
  for (const auto& key : differing) rows << QString::fromStdString(key);
  std::vector<std::map<std::string, double>> accuracies;  // Of each column, by kind.
  std::set<std::string> kinds = {"knn", "linear"};
  for (const auto run : shown) {
    auto& own = accuracies.emplace_back();
    for (const auto& [kind, byBaseline] :
         ResultStore(workspace_.database()).newest_evaluations(run)) {
      const auto trained = byBaseline.find("trained");
      if (trained == byBaseline.end()) continue;
      own[kind] = trained->second.accuracy;
      kinds.insert(kind);
    }
  }
  for (const auto& kind : kinds) rows << tr("%1 accuracy").arg(QString::fromStdString(kind));
  differences_->setRowCount(rows.size());
  differences_->setColumnCount(static_cast<int>(experiments.size()));
  differences_->setHorizontalHeaderLabels(names);
  differences_->setVerticalHeaderLabels(rows);
  for (std::size_t column = 0; column < experiments.size(); ++column) {
    const auto put = [&](int row, const QString& text) {
      differences_->setItem(row, static_cast<int>(column), new QTableWidgetItem(text));
    };
    for (std::size_t row = 0; row < differing.size(); ++row) {
      const auto& experiment = experiments[column];
      const auto& key = differing[row];
      put(static_cast<int>(row), experiment.has(key)
                                     ? QString::fromStdString(to_toml(experiment.value(key)))
                                     : QStringLiteral("–"));
    }
    int row = static_cast<int>(differing.size());
    for (const auto& kind : kinds) {
      const auto found = accuracies[column].find(kind);
      if (found != accuracies[column].end()) {
        put(row, QString::fromStdString(percent(found->second)));
      } else {
        put(row, {});
      }
      ++row;
    }
  }
}

}  // namespace pretext
