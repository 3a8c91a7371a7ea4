#include "app/pages/compare_parallel.h"

#include "widgets/buddy_label.h"
#include "widgets/parallel_plot.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

/// An axis of a column, and the runs' places on it.
std::pair<ParallelPlot::Axis, std::vector<double>> axisOf(const std::vector<RunRow>& rows,
                                                          const std::string& column) {
  ParallelPlot::Axis axis{columnTitle(column), {}, false};
  std::vector<double> values;
  bool hasText = false;
  for (const auto& row : rows)
    hasText = hasText || std::holds_alternative<std::string>(value_of(row, column));
  if (hasText) {
    for (const auto& row : rows) {
      const auto text = cellText(row, column);
      if (!text.isEmpty() && !axis.names.contains(text)) axis.names << text;
    }
    axis.names.sort();
    for (const auto& row : rows) {
      const auto place = axis.names.indexOf(cellText(row, column));
      values.push_back(place < 0 ? std::nan("") : static_cast<double>(place));
    }
    return {std::move(axis), std::move(values)};
  }
  double low = HUGE_VAL;
  double high = -HUGE_VAL;
  for (const auto& row : rows) {
    const auto value = value_of(row, column);
    const auto* number = std::get_if<double>(&value);
    values.push_back(number ? *number : std::nan(""));
    if (!number) continue;
    low = std::min(low, *number);
    high = std::max(high, *number);
  }
  axis.isLog = isDrawnByPowers(column, low, high);
  return {std::move(axis), std::move(values)};
}

}  // namespace

CompareParallel::CompareParallel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      reader_(workspace.database()),
      measure_(new QComboBox),
      brushed_(new QLabel),
      keep_(new QPushButton(tr("&Keep only these"))),
      plot_(new ParallelPlot) {
  measure_->setAccessibleName(tr("Measure of the parallel coordinates"));
  keep_->setAccessibleName(tr("Keep only the brushed runs"));
  brushed_->setAccessibleName(tr("Brushed runs"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Measure"), measure_));
  top->addWidget(measure_);
  top->addStretch(1);
  top->addWidget(brushed_);
  top->addWidget(keep_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addLayout(top);
  layout->addWidget(plot_, 1);
  connect(measure_, &QComboBox::activated, this, &CompareParallel::draw);
  connect(plot_, &ParallelPlot::brushedChanged, this, &CompareParallel::sayWhatIsBrushed);
  connect(keep_, &QPushButton::clicked, this, [this] { Q_EMIT wanted(plot_->brushed()); });
}

void CompareParallel::show(const ComparedRuns& compared) {
  compared_ = compared;
  const auto measures = measureColumns();
  auto columns = compared_.differing;
  columns.insert(columns.end(), measures.begin(), measures.end());
  rows_ = rowsOf(reader_, compared_, columns);
  const auto old = measure_->currentData();
  measure_->clear();
  for (const auto& column : measures) {
    const bool isKnown = std::ranges::any_of(rows_, [&](const RunRow& row) {
      return std::holds_alternative<double>(value_of(row, column));
    });
    if (isKnown) measure_->addItem(columnTitle(column), QString::fromStdString(column));
  }
  measure_->setCurrentIndex(std::max(0, measure_->findData(old)));
  draw();
}

void CompareParallel::draw() {
  auto columns = compared_.differing;
  if (measure_->currentIndex() >= 0)
    columns.push_back(measure_->currentData().toString().toStdString());
  std::vector<ParallelPlot::Axis> axes;
  std::vector<ParallelPlot::Line> lines;
  lines.reserve(rows_.size());
  for (const auto& row : rows_)
    lines.push_back({row.run.id, categoryColor(compared_.colours.at(row.run.id)), {}});
  for (const auto& column : columns) {
    auto [axis, values] = axisOf(rows_, column);
    axes.push_back(std::move(axis));
    for (std::size_t i = 0; i < rows_.size(); ++i) lines[i].values.push_back(values[i]);
  }
  plot_->show(std::move(axes), std::move(lines));
}

void CompareParallel::sayWhatIsBrushed() {
  const auto brushed = plot_->brushed().size();
  const bool isPart = brushed < compared_.runs.size();
  brushed_->setText(isPart ? tr("%L1 of %L2 runs pass").arg(brushed).arg(compared_.runs.size())
                           : QString());
  keep_->setVisible(isPart);
  keep_->setEnabled(brushed > 0);
}

}  // namespace pretext
