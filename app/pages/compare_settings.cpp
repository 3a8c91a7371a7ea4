#include "app/pages/compare_settings.h"

#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "widgets/metric_titles.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr int kWidestColumn = 240;
constexpr int kPadding = 16;  // Of a heading.

using Evaluations = std::map<std::string, Accuracies>;  // By kind and baseline.

/// Beside a baseline with how far it is from that, "81.2 % ± 2.4  (+1.4)".
QString figureText(const ComparedFigures& own, const std::string& kind,
                   const ComparedFigures* baseline) {
  const auto found = own.find(kind);
  if (found == own.end()) return {};
  if (!baseline || !baseline->contains(kind) || !baseline->at(kind).isOfSameSamples(found->second))
    return found->second.text();
  const double more = 100.0 * (found->second.accuracy - baseline->at(kind).accuracy);
  return QStringLiteral("%1  (%2%3)")
      .arg(found->second.text(), more < 0 ? QStringLiteral("−") : QStringLiteral("+"),
           QLocale().toString(std::abs(more), 'f', 1));
}

/// What an accuracy is of, for whoever points at it.
QString originOf(const ComparedFigures& own, const std::string& kind) {
  const auto found = own.find(kind);
  if (found == own.end() || found->second.one.num_samples() == 0) return {};
  const auto& evaluation = found->second.one;
  const auto spread = found->second.num_runs > 1
                          ? CompareSettings::tr("s.d. is the standard deviation over %n seeds.",
                                                nullptr, static_cast<int>(found->second.num_runs))
                          : CompareSettings::tr("± is half of the interval of 95 % confidence.");
  return CompareSettings::tr(
             "%1, on %L2 samples of the %3 split. Always naming the most frequent class would get "
             "%4.")
             .arg(QString::fromStdString(evaluation.protocol))
             .arg(evaluation.num_samples())
             .arg(QString::fromStdString(evaluation.split),
                  QString::fromStdString(percent(evaluation.majority_share()))) +
         QLatin1Char(' ') + spread;
}

/// As the runs of a group have it: a value that they share once.
QString settingOf(const ComparedRuns& compared, const std::vector<std::size_t>& group,
                  const std::string& key) {
  QStringList values;
  for (const auto run : group) {
    const auto value = settingText(compared.experiments[run], key);
    if (!values.contains(value)) values << value;
  }
  return values.join(QStringLiteral(", "));
}

QString headingOf(const ComparedRuns& compared, const std::vector<std::size_t>& group) {
  const auto& first = compared.runs[group.front()];
  auto title = runTitle(first.id, first.name);
  if (group.size() > 1) title = CompareSettings::tr("%1, %L2 seeds").arg(title).arg(group.size());
  return isBaseline(first) ? CompareSettings::tr("%1 (baseline)").arg(title) : title;
}

/// What an encoder has to beat to have learned anything, by the words of its row.
Accuracies referencesOf(const RunRecord& run, const Evaluations& evaluations) {
  Accuracies references;
  const bool isText = find_objective(run.objective).corpus_kind == "text";
  for (const auto& [kind, byBaseline] : evaluations) {
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
    : QWidget(parent),
      workspace_(workspace),
      verdict_(new QLabel),
      search_(new QLineEdit),
      table_(new QTableWidget) {
  verdict_->setWordWrap(true);
  verdict_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  verdict_->setAccessibleName(tr("Which run is the best"));
  verdict_->hide();
  search_->setPlaceholderText(tr("search what differs"));
  search_->setAccessibleName(tr("Search what differs"));
  search_->setClearButtonEnabled(true);
  table_->setAccessibleName(tr("What differs"));
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  offerCopy(*table_);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setMaximumSectionSize(kWidestColumn);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 4, 0, 0);
  layout->addWidget(verdict_);
  layout->addWidget(search_);
  layout->addWidget(table_, 1);
  connect(search_, &QLineEdit::textChanged, this, &CompareSettings::filter);
}

void CompareSettings::show(const ComparedRuns& compared) {
  ResultStore results(workspace_.database());
  const auto groups = compared.groups();
  std::vector<ComparedFigures> figures, references, raw;
  std::set<std::string> kinds;
  QStringList referenceRows;  // Kinds beside which there is something to be beaten.
  for (const auto& group : groups) {
    std::vector<Accuracies> own, toBeat, withoutEncoder;
    for (const auto run : group) {
      own.push_back(results.own_evaluations(compared.runs[run].id));
      const auto evaluations = results.newest_evaluations(compared.runs[run].id);
      toBeat.push_back(referencesOf(compared.runs[run], evaluations));
      auto& rawOfRun = withoutEncoder.emplace_back();
      for (const auto& [kind, byBaseline] : evaluations)
        if (const auto found = byBaseline.find("raw"); found != byBaseline.end())
          rawOfRun[kind] = found->second;
    }
    figures.push_back(figuresOf(own));
    references.push_back(figuresOf(toBeat));
    raw.push_back(figuresOf(withoutEncoder));
    for (const auto& [kind, figure] : figures.back()) kinds.insert(kind);
    for (const auto& [name, figure] : references.back())
      if (const auto row = QString::fromStdString(name); !referenceRows.contains(row))
        referenceRows << row;
  }
  QStringList rows;
  for (const auto& kind : kinds) rows << tr("%1 accuracy").arg(evaluationTitle(kind));
  rows << referenceRows;
  for (const auto& key : compared.differing) rows << QString::fromStdString(key);
  table_->setRowCount(static_cast<int>(rows.size()));
  table_->setColumnCount(static_cast<int>(groups.size()));
  table_->setVerticalHeaderLabels(rows);
  const bool hasBaseline = !groups.empty() && isBaseline(compared.runs[groups[0].front()]);
  for (std::size_t column = 0; column < groups.size(); ++column) {
    const auto* baseline = hasBaseline && column > 0 ? figures.data() : nullptr;
    QStringList cells, origins;
    for (const auto& kind : kinds) {
      cells << figureText(figures[column], kind, baseline);
      origins << originOf(figures[column], kind);
    }
    for (const auto& row : referenceRows) {
      cells << figureText(references[column], row.toStdString(), nullptr);
      origins << originOf(references[column], row.toStdString());
    }
    for (const auto& key : compared.differing) cells << settingOf(compared, groups[column], key);
    fillColumn(static_cast<int>(column), headingOf(compared, groups[column]), cells, origins);
  }
  markBest(figures, std::vector<std::string>(kinds.begin(), kinds.end()));
  verdict_->setText(verdictOn(compared, {groups, figures, raw}));
  verdict_->setVisible(!verdict_->text().isEmpty());
  filter();
}

void CompareSettings::fillColumn(int column, const QString& heading, const QStringList& cells,
                                 const QStringList& origins) {
  auto* title = new QTableWidgetItem(
      fontMetrics().elidedText(heading, Qt::ElideMiddle, kWidestColumn - kPadding));
  title->setToolTip(heading);
  table_->setHorizontalHeaderItem(column, title);
  for (int row = 0; row < cells.size(); ++row) {
    auto* item = new QTableWidgetItem(cells[row]);
    item->setToolTip(origins.value(row));
    table_->setItem(row, column, item);
  }
}

void CompareSettings::markBest(const std::vector<ComparedFigures>& figures,
                               const std::vector<std::string>& kinds) {
  if (figures.size() < 2) return;
  for (std::size_t row = 0; row < kinds.size(); ++row) {
    double best = 0.0;
    std::set<std::pair<std::int64_t, std::string>> samples;
    for (const auto& own : figures) {
      const auto found = own.find(kinds[row]);
      if (found == own.end()) continue;
      best = std::max(best, found->second.accuracy);
      samples.emplace(found->second.one.corpus_id, found->second.one.split);
    }
    if (samples.size() > 1) continue;  // Of different samples none is the better.
    for (std::size_t column = 0; column < figures.size(); ++column) {
      const auto found = figures[column].find(kinds[row]);
      if (found == figures[column].end() || found->second.accuracy < best) continue;
      auto* cell = table_->item(static_cast<int>(row), static_cast<int>(column));
      auto font = cell->font();
      font.setBold(true);
      cell->setFont(font);
      cell->setIcon(themedIcon(QStringLiteral("star")));
      cell->setData(Qt::AccessibleTextRole, tr("best: %1").arg(cell->text()));
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
