#include "app/pages/sweep_view.h"

#include "core/base/format.h"
#include "core/store/sweep_store.h"
#include "widgets/metric_titles.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pretext {
namespace {

QString measureTitle(const SweepSummary& summary) {
  return summary.is_loss ? metricTitle(summary.measure)
                         : SweepView::tr("%1 accuracy").arg(evaluationTitle(summary.measure));
}

/// What each setting did on its own, where several vary.
QString effectsOf(const SweepSummary& summary) {
  QStringList lines;
  for (const auto& effect : summary.effects()) {
    QStringList values;
    for (const auto& [value, mean] : effect.means)
      values << QStringLiteral("%1 (%2)").arg(
          valueText(value),
          QString::fromStdString(summary.is_loss ? significant(mean) : percent(mean)));
    lines << QStringLiteral("%1: %2").arg(QString::fromStdString(effect.key),
                                          values.join(QStringLiteral(", ")));
  }
  if (lines.isEmpty()) return {};
  return SweepView::tr("<br>On average over the other settings: %1.")
      .arg(lines.join(QStringLiteral("; ")).toHtmlEscaped());
}

/// How far it is, and what the order below it means.
QString sentence(const SweepSummary& summary) {
  auto text = SweepView::tr("<b>Sweep %1 · %2</b> · %3 of %4 runs finished")
                  .arg(summary.sweep.id)
                  .arg(QString::fromStdString(summary.sweep.name).toHtmlEscaped())
                  .arg(summary.sweep.num_finished)
                  .arg(summary.sweep.num_runs);
  if (summary.measure.empty())
    return text + SweepView::tr("<br>The runs are ranked once one of them is finished.");
  if (!summary.incomparable.empty())
    return text + SweepView::tr(
                      "<br>Not ranked: %1 changes what the loss means. With labels, the "
                      "accuracy of a linear probe would tell.")
                      .arg(QString::fromStdString(summary.incomparable.front()));
  text += SweepView::tr("<br>Ranked by %1, the best first.").arg(measureTitle(summary));
  const auto ties = summary.num_ties();
  if (ties > 0)
    text += SweepView::tr(
        " The best and the %n after it lie within one standard deviation over seeds: they "
        "cannot be told apart.",
        nullptr, static_cast<int>(ties));
  return text + effectsOf(summary);
}

}  // namespace

SweepView::SweepView(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      heading_(new QLabel),
      table_(new QTableWidget),
      compare_(new QPushButton(tr("Co&mpare its runs"))),
      stop_(new QPushButton(tr("S&top the sweep"))),
      delete_(new QPushButton(tr("De&lete the sweep"))) {
  heading_->setWordWrap(true);
  table_->setAccessibleName(tr("Combinations of the sweep"));
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  table_->setSelectionBehavior(QTableWidget::SelectRows);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
  offerCopy(*table_);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  compare_->setAccessibleName(tr("Compare the runs of the sweep"));
  stop_->setAccessibleName(tr("Stop the sweep"));
  stop_->setToolTip(tr("Stops its runs, those under way and those that wait"));
  delete_->setAccessibleName(tr("Delete the sweep"));
  delete_->setToolTip(tr("Puts its runs into the bin, once none of them goes on"));
  auto* top = new QHBoxLayout;
  top->addWidget(heading_, 1);
  top->addWidget(compare_, 0, Qt::AlignTop);
  top->addWidget(stop_, 0, Qt::AlignTop);
  top->addWidget(delete_, 0, Qt::AlignTop);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addLayout(top);
  layout->addWidget(table_, 1);
  connect(compare_, &QPushButton::clicked, this, [this] {
    std::vector<std::int64_t> runs;
    for (const auto& run : RunStore(workspace_.database()).of_sweep(sweep_)) runs.push_back(run.id);
    Q_EMIT compareRequested(runs);
  });
  connect(stop_, &QPushButton::clicked, this, [this] { Q_EMIT stopRequested(sweep_); });
  connect(delete_, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(sweep_); });
  connect(table_, &QTableWidget::cellActivated, this, [this](int row) {
    Q_EMIT runActivated(table_->item(row, 0)->data(Qt::UserRole).toLongLong());
  });
}

void SweepView::showSweep(std::int64_t sweep) {
  sweep_ = sweep;
  const auto summary = SweepStore(workspace_.database()).summarize(sweep);
  heading_->setText(sentence(summary));
  const auto runs = RunStore(workspace_.database()).of_sweep(sweep);
  stop_->setEnabled(std::ranges::any_of(
      runs, [](const RunRecord& run) { return run.allows(RunCommand::kStop); }));
  delete_->setEnabled(std::ranges::all_of(
      runs, [](const RunRecord& run) { return run.allows(RunCommand::kDelete); }));
  fillTable(summary);
}

void SweepView::fillTable(const SweepSummary& summary) {
  QStringList titles = {tr("Runs")};
  for (const auto& key : summary.keys) titles << QString::fromStdString(key);
  titles << (summary.measure.empty() ? tr("Figure") : measureTitle(summary)) << tr("Measured");
  table_->setColumnCount(titles.size());
  table_->setHorizontalHeaderLabels(titles);
  table_->setRowCount(static_cast<int>(summary.groups.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto& group = summary.groups[static_cast<std::size_t>(row)];
    QStringList runs;
    for (const auto run : group.runs) runs << QString::number(run);
    QStringList cells = {runs.join(QStringLiteral(", "))};
    for (const auto& value : group.values) cells << valueText(value);
    const bool isBest = row == 0 && summary.has_best();
    cells << QString::fromStdString(figure_text(summary, group))
          << tr("%1 of %2").arg(group.num_measured).arg(group.runs.size());
    for (int column = 0; column < cells.size(); ++column) {
      auto* item = new QTableWidgetItem(cells[column]);
      auto font = item->font();
      font.setBold(isBest);
      item->setFont(font);
      item->setData(Qt::UserRole, QVariant::fromValue<qint64>(group.runs.front()));
      const bool isFigure = column == cells.size() - 2;
      if (isBest && isFigure) {
        item->setIcon(themedIcon(QStringLiteral("star")));
        item->setData(Qt::AccessibleTextRole, tr("best: %1").arg(cells[column]));
      }
      table_->setItem(row, column, item);
    }
  }
}

}  // namespace pretext
