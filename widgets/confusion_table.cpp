#include "widgets/confusion_table.h"

#include "widgets/theme.h"

#include <QHeaderView>

#include <algorithm>
#include <numeric>

namespace pretext {

ConfusionTable::ConfusionTable(QWidget* parent) : QTableWidget(parent) {
  setAccessibleName(tr("Confusion matrix"));
  setTabKeyNavigation(false);
  setEditTriggers(NoEditTriggers);
  setSelectionMode(NoSelection);
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

void ConfusionTable::show(const std::vector<std::vector<std::int64_t>>& counts,
                          const std::vector<std::string>& classes) {
  const auto size = static_cast<int>(counts.size());
  setRowCount(size);
  setColumnCount(size);
  QStringList names;
  for (const auto& name : classes) names << QString::fromStdString(name);
  setHorizontalHeaderLabels(names);
  setVerticalHeaderLabels(names);
  for (int row = 0; row < size; ++row) {
    const auto& line = counts[static_cast<std::size_t>(row)];
    const auto total =
        std::max<std::int64_t>(1, std::accumulate(line.begin(), line.end(), std::int64_t{0}));
    for (int column = 0; column < size; ++column) {
      const auto count = line[static_cast<std::size_t>(column)];
      const double share = static_cast<double>(count) / static_cast<double>(total);
      auto* item = new QTableWidgetItem(QString::number(count));  // Owned by the table.
      item->setTextAlignment(Qt::AlignCenter);
      QColor shade = categoryColor(row == column ? 0 : 5);
      shade.setAlphaF(static_cast<float>(std::min(0.85, share)));
      item->setBackground(shade);
      item->setToolTip(tr("%1 taken for %2: %3 (%4 %)")
                           .arg(names.value(row), names.value(column))
                           .arg(count)
                           .arg(100.0 * share, 0, 'f', 1));
      setItem(row, column, item);
    }
  }
}

}  // namespace pretext
