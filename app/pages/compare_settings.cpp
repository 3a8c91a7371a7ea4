#include "app/pages/compare_settings.h"

#include "core/base/format.h"
#include "core/objective/objective_registry.h"
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

/// "81.2 % ± 2.4", beside a baseline "81.2 % ± 2.4  (+1.4)".
QString accuracyText(const Accuracies& own, const std::string& kind,
                     const std::optional<Accuracies>& baseline) {
  const auto found = own.find(kind);
  if (found == own.end()) return {};
  auto text = QString::fromStdString(accuracy_text(found->second));
  if (!baseline || !baseline->contains(kind)) return text;
  const double more = 100.0 * (found->second.accuracy - baseline->at(kind).accuracy);
  return QStringLiteral("%1  (%2%3)")
      .arg(text, more < 0 ? QStringLiteral("−") : QStringLiteral("+"),
           QLocale().toString(std::abs(more), 'f', 1));
}

/// What an accuracy is of, for whoever points at it.
QString originOf(const Accuracies& own, const std::string& kind) {
  const auto found = own.find(kind);
  if (found == own.end() || found->second.num_samples() == 0) return {};
  const auto& evaluation = found->second;
  return CompareSettings::tr(
             "%1, on %L2 samples of the %3 split; ± is half of the interval of 95 % confidence. "
             "Always naming the most frequent class would get %4.")
      .arg(QString::fromStdString(evaluation.protocol))
      .arg(evaluation.num_samples())
      .arg(QString::fromStdString(evaluation.split),
           QString::fromStdString(percent(evaluation.majority_share())));
}

/// What an encoder has to beat to have learned anything, by the words of its row.
Accuracies referencesOf(ResultStore& results, const RunRecord& run) {
  Accuracies references;
  const bool isText = find_objective(run.objective).corpus_kind == "text";
  for (const auto& [kind, byBaseline] : results.newest_evaluations(run.id)) {
    const auto add = [&](const char* baseline, const QString& row) {
      const auto found = byBaseline.find(baseline);
      if (found != byBaseline.end())
        references[row.arg(evaluationTitle(kind)).toStdString()] = found->second;
    };
    if (!byBaseline.contains("trained")) continue;
    add("untrained", CompareSettings::tr("%1, untrained"));
    add("raw", isText ? CompareSettings::tr("%1, TF-IDF") : CompareSettings::tr("%1, raw pixels"));
  }
  return references;
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
  std::vector<Accuracies> accuracies, references;
  std::set<std::string> kinds;
  QStringList referenceRows;  // Kinds beside which there is something to be beaten.
  for (const auto& run : compared.runs) {
    accuracies.push_back(results.own_evaluations(run.id));
    for (const auto& [kind, accuracy] : accuracies.back()) kinds.insert(kind);
    references.push_back(referencesOf(results, run));
    for (const auto& [name, accuracy] : references.back())
      if (const auto row = QString::fromStdString(name); !referenceRows.contains(row))
        referenceRows << row;
  }
  const bool hasBaseline = !compared.runs.empty() && isBaseline(compared.runs.front());
  const auto baseline = hasBaseline ? std::optional(accuracies.front()) : std::nullopt;
  QStringList rows;
  for (const auto& kind : kinds) rows << tr("%1 accuracy").arg(evaluationTitle(kind));
  rows << referenceRows;
  for (const auto& key : compared.differing) rows << QString::fromStdString(key);
  table_->setRowCount(static_cast<int>(rows.size()));
  table_->setColumnCount(static_cast<int>(compared.runs.size()));
  table_->setVerticalHeaderLabels(rows);
  for (int column = 0; column < table_->columnCount(); ++column) {
    const auto index = static_cast<std::size_t>(column);
    auto title = runTitle(compared.runs[index].id, compared.runs[index].name);
    if (isBaseline(compared.runs[index])) title = tr("%1 (baseline)").arg(title);
    table_->setHorizontalHeaderItem(column, new QTableWidgetItem(title));
    table_->horizontalHeaderItem(column)->setToolTip(title);
    QStringList cells, origins;
    for (const auto& kind : kinds) {
      cells << accuracyText(accuracies[index], kind, column == 0 ? std::nullopt : baseline);
      origins << originOf(accuracies[index], kind);
    }
    for (const auto& row : referenceRows) {
      cells << accuracyText(references[index], row.toStdString(), std::nullopt);
      origins << originOf(references[index], row.toStdString());
    }
    for (const auto& key : compared.differing)
      cells << settingText(compared.experiments[index], key);
    for (int row = 0; row < cells.size(); ++row) {
      auto* item = new QTableWidgetItem(cells[row]);
      item->setToolTip(origins.value(row));
      table_->setItem(row, column, item);
    }
  }
  markBest(accuracies, std::vector<std::string>(kinds.begin(), kinds.end()));
  filter();
}

void CompareSettings::markBest(const std::vector<Accuracies>& accuracies,
                               const std::vector<std::string>& kinds) {
  for (std::size_t row = 0; row < kinds.size(); ++row) {
    double best = 0.0;
    for (const auto& own : accuracies)
      if (const auto found = own.find(kinds[row]); found != own.end())
        best = std::max(best, found->second.accuracy);
    for (std::size_t column = 0; column < accuracies.size(); ++column) {
      const auto found = accuracies[column].find(kinds[row]);
      if (found == accuracies[column].end() || found->second.accuracy < best ||
          accuracies.size() < 2)
        continue;
      auto* cell = table_->item(static_cast<int>(row), static_cast<int>(column));
      auto font = cell->font();
      font.setBold(true);
      cell->setFont(font);
      cell->setText(QStringLiteral("★ ") + cell->text());
    }
  }
}

void CompareSettings::filter() {
  const auto wanted = search_->text().trimmed();
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto name = table_->verticalHeaderItem(row)->text();
    table_->setRowHidden(row, !name.contains(wanted, Qt::CaseInsensitive));
  }
}

}  // namespace pretext
