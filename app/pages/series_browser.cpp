#include "app/pages/series_browser.h"

#include "core/corpus/class_name.h"
#include "core/corpus/series_ingest.h"
#include "widgets/background.h"
#include "widgets/histogram.h"
#include "widgets/plot_export.h"
#include "widgets/series_chart.h"

#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStringListModel>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

enum Column { kName, kHere, kMean, kDeviation, kLeast, kGreatest, kMissing, kNumColumns };

QString number(double value) {
  return std::isnan(value) ? QString() : QLocale().toString(value, 'g', 6);
}

ShownSeries shownSeries(const std::shared_ptr<const Corpus>& corpus, std::int64_t position) {
  const auto details = SeriesDetails::from_json(corpus->record().details);
  ShownSeries shown{.hasDates = details.has_dates,
                    .times = corpus->series().times(position),
                    .values = corpus->series().values(position),
                    .owner = corpus};
  for (const auto& name : details.variables) shown.variables << QString::fromStdString(name);
  return shown;
}

std::vector<std::int64_t> lengthsOf(const Corpus& corpus) {
  std::vector<std::int64_t> lengths;
  lengths.reserve(static_cast<std::size_t>(corpus.size()));
  for (std::int64_t position = 0; position < corpus.size(); ++position)
    lengths.push_back(std::ssize(corpus.series().times(position)));
  return lengths;
}

}  // namespace

SeriesBrowser::SeriesBrowser(QWidget* parent)
    : QWidget(parent),
      side_(new QWidget),
      names_(new QStringListModel(this)),
      list_(new QListView),
      lengths_(new Histogram(tr("Points a series"), tr("points"))),
      sheet_(new QSplitter(Qt::Vertical)),
      about_(new QLabel),
      curves_(new SeriesChart),
      variables_(new QTableWidget(0, kNumColumns)) {
  auto* splitter = new QSplitter;
  splitter->addWidget(makeSide());
  splitter->addWidget(makeSheet());
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({220, 580});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(splitter);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& current) { showSeries(current.row()); });
  connect(curves_, &SeriesChart::pointed, this, &SeriesBrowser::showValuesAt);
  connect(variables_, &QTableWidget::itemChanged, this, &SeriesBrowser::drawTicked);
}

QWidget* SeriesBrowser::makeSide() {
  list_->setModel(names_);
  list_->setAccessibleName(tr("Series"));
  list_->setUniformItemSizes(true);
  list_->setEditTriggers(QListView::NoEditTriggers);
  list_->setTextElideMode(Qt::ElideLeft);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* layout = new QVBoxLayout(side_);
  layout->setContentsMargins({});
  layout->addWidget(list_, 1);
  layout->addWidget(lengths_);
  return side_;
}

QWidget* SeriesBrowser::makeSheet() {
  about_->setWordWrap(true);
  about_->setAccessibleName(tr("About the series"));
  variables_->setAccessibleName(tr("Variables"));
  variables_->setHorizontalHeaderLabels({tr("Variable"), tr("At the pointer"), tr("Mean"),
                                         tr("Deviation"), tr("Least"), tr("Greatest"),
                                         tr("Missing")});
  variables_->setEditTriggers(QTableWidget::NoEditTriggers);
  variables_->setSelectionBehavior(QTableWidget::SelectRows);
  variables_->setTabKeyNavigation(false);
  variables_->setToolTip(tr("What is ticked is drawn"));
  variables_->verticalHeader()->hide();
  variables_->verticalHeader()->setDefaultSectionSize(variables_->fontMetrics().height() + 8);
  variables_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  variables_->horizontalHeader()->setSectionResizeMode(kName, QHeaderView::ResizeToContents);
  offerCopy(*variables_);
  auto* above = new QWidget;
  auto* aboveLayout = new QVBoxLayout(above);
  aboveLayout->setContentsMargins({});
  aboveLayout->addWidget(about_);
  aboveLayout->addWidget(curves_, 1);
  sheet_->addWidget(above);
  sheet_->addWidget(variables_);
  sheet_->setStretchFactor(0, 1);
  return sheet_;
}

void SeriesBrowser::show(std::shared_ptr<const Corpus> corpus) {
  corpus_ = std::move(corpus);
  shown_ = -1;
  curves_->show({});
  variables_->setRowCount(0);
  about_->clear();
  list();
}

void SeriesBrowser::list() {
  QStringList names;
  for (std::int64_t position = 0; corpus_ && position < corpus_->size(); ++position) {
    auto name = QString::fromStdString(corpus_->source(position));
    const auto label = QString::fromStdString(class_name(*corpus_, position));
    if (!label.isEmpty() && !name.startsWith(label + QLatin1Char('/')))
      name += QStringLiteral(" · ") + label;
    names << name;
  }
  names_->setStringList(names);
  side_->setVisible(names.size() > 1);
  if (!corpus_) return;
  lengths_->show(lengthsOf(*corpus_));
  list_->setCurrentIndex(names_->index(0));
}

void SeriesBrowser::showSeries(std::int64_t position) {
  if (!corpus_ || position < 0 || position == shown_) return;
  shown_ = position;
  const auto series = shownSeries(corpus_, position);
  curves_->show(series);
  const auto [first, last] = std::ranges::minmax(series.times);
  about_->setText(tr("%1: %L2 points from %3 to %4.")
                      .arg(QString::fromStdString(corpus_->source(position)))
                      .arg(series.times.size())
                      .arg(timeText(series, first), timeText(series, last)));
  const QScopedValueRollback filling(isFilling_, true);
  variables_->setRowCount(static_cast<int>(series.numVariables()));
  for (int row = 0; row < variables_->rowCount(); ++row) {
    for (int column = 0; column < kNumColumns; ++column) {
      auto* item = new QTableWidgetItem;
      if (column > kName) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      variables_->setItem(row, column, item);
    }
    auto* name = variables_->item(row, kName);
    name->setText(series.variables[row]);
    name->setToolTip(series.variables[row]);
    const bool isDrawn = std::ranges::find(curves_->drawn(), row) != curves_->drawn().end();
    name->setCheckState(isDrawn ? Qt::Checked : Qt::Unchecked);
  }
  const int height = variables_->verticalHeader()->defaultSectionSize();
  variables_->setMaximumHeight((variables_->rowCount() + 2) * height);
  sheet_->setSizes({sheet_->height(), std::min(variables_->maximumHeight(), 8 * height)});
  runInBackground(
      this,
      [series] {
        return summarise_series(series.values, static_cast<std::size_t>(series.numVariables()));
      },
      [this, of = corpus_, position](const Outcome<std::vector<VariableSummary>>& summaries) {
        if (of == corpus_ && position == shown_ && summaries.value) showSummaries(*summaries.value);
      });
}

void SeriesBrowser::showSummaries(const std::vector<VariableSummary>& summaries) {
  const QScopedValueRollback filling(isFilling_, true);
  for (int row = 0; row < variables_->rowCount(); ++row) {
    const auto& summary = summaries[static_cast<std::size_t>(row)];
    variables_->item(row, kMean)->setText(number(summary.mean));
    variables_->item(row, kDeviation)->setText(number(summary.deviation));
    variables_->item(row, kLeast)->setText(number(summary.least));
    variables_->item(row, kGreatest)->setText(number(summary.greatest));
    variables_->item(row, kMissing)
        ->setText(QLocale().toString(static_cast<qlonglong>(summary.num_missing)));
  }
}

void SeriesBrowser::showValuesAt(qint64 row) {
  if (!corpus_ || shown_ < 0) return;
  const QScopedValueRollback filling(isFilling_, true);
  const auto values = corpus_->series().values(shown_);
  for (int variable = 0; variable < variables_->rowCount(); ++variable) {
    const auto place = static_cast<std::size_t>(row * variables_->rowCount() + variable);
    variables_->item(variable, kHere)->setText(row < 0 ? QString() : number(values[place]));
  }
}

void SeriesBrowser::drawTicked() {
  if (isFilling_) return;
  std::vector<int> drawn;
  for (int row = 0; row < variables_->rowCount(); ++row) {
    if (variables_->item(row, kName)->checkState() == Qt::Checked) drawn.push_back(row);
  }
  if (drawn != curves_->drawn()) curves_->draw(std::move(drawn));
}

}  // namespace pretext
