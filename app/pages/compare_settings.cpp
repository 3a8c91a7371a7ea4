#include "app/pages/compare_settings.h"

#include "core/base/format.h"
#include "core/store/result_store.h"
#include "widgets/metric_titles.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

#include <optional>
#include <set>

namespace pretext {
namespace {

constexpr int kWidestColumn = 240;

using Accuracies = std::map<std::string, double>;  // By kind.

/// "81.2 %", beside a baseline "81.2 %  (+1.4)".
QString accuracyText(const Accuracies& own, const std::string& kind,
                     const std::optional<Accuracies>& baseline) {
  const auto found = own.find(kind);
  if (found == own.end()) return {};
  auto text = QString::fromStdString(percent(found->second));
  if (!baseline || !baseline->contains(kind)) return text;
  const double more = 100.0 * (found->second - baseline->at(kind));
  return QStringLiteral("%1  (%2%3)")
      .arg(text, more < 0 ? QStringLiteral("−") : QStringLiteral("+"),
           QLocale().toString(std::abs(more), 'f', 1));
}

}  // namespace

CompareSettings::CompareSettings(Workspace& workspace, QWidget* parent)
    : QWidget(parent), workspace_(workspace), search_(new QLineEdit), table_(new QTableWidget) {
  search_->setPlaceholderText(tr("search what differs"));
  search_->setAccessibleName(tr("Search what differs"));
  search_->setClearButtonEnabled(true);
  table_->setAccessibleName(tr("What differs"));
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  offerCopy(*table_);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setMaximumSectionSize(kWidestColumn);
  table_->horizontalHeader()->setTextElideMode(Qt::ElideRight);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addWidget(search_);
  layout->addWidget(table_, 1);
  connect(search_, &QLineEdit::textChanged, this, &CompareSettings::filter);
}

void CompareSettings::show(const ComparedRuns& compared) {
  ResultStore results(workspace_.database());
  std::vector<Accuracies> accuracies;
  std::set<std::string> kinds;
  for (const auto& run : compared.runs) {
    accuracies.push_back(results.own_accuracies(run.id));
    for (const auto& [kind, accuracy] : accuracies.back()) kinds.insert(kind);
  }
  const bool hasBaseline = !compared.runs.empty() && isBaseline(compared.runs.front());
  const auto baseline = hasBaseline ? std::optional(accuracies.front()) : std::nullopt;
  QStringList rows;
  for (const auto& key : compared.differing) rows << QString::fromStdString(key);
  for (const auto& kind : kinds) rows << tr("%1 accuracy").arg(evaluationTitle(kind));
  table_->setRowCount(static_cast<int>(rows.size()));
  table_->setColumnCount(static_cast<int>(compared.runs.size()));
  table_->setVerticalHeaderLabels(rows);
  for (int column = 0; column < table_->columnCount(); ++column) {
    const auto index = static_cast<std::size_t>(column);
    auto title = runTitle(compared.runs[index].id, compared.runs[index].name);
    if (isBaseline(compared.runs[index])) title = tr("%1 (baseline)").arg(title);
    table_->setHorizontalHeaderItem(column, new QTableWidgetItem(title));
    table_->horizontalHeaderItem(column)->setToolTip(title);
    QStringList cells;
    for (const auto& key : compared.differing)
      cells << settingText(compared.experiments[index], key);
    for (const auto& kind : kinds)
      cells << accuracyText(accuracies[index], kind, column == 0 ? std::nullopt : baseline);
    for (int row = 0; row < cells.size(); ++row)
      table_->setItem(row, column, new QTableWidgetItem(cells[row]));
  }
  filter();
}

void CompareSettings::filter() {
  const auto wanted = search_->text().trimmed();
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto name = table_->verticalHeaderItem(row)->text();
    table_->setRowHidden(row, !name.contains(wanted, Qt::CaseInsensitive));
  }
}

}  // namespace pretext
