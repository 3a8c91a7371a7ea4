#include "app/pages/series_ingest_panel.h"

#include "core/base/format.h"
#include "widgets/buddy_label.h"
#include "widgets/series_chart.h"

#include <QComboBox>
#include <QFormLayout>

namespace pretext {
namespace {

constexpr std::int64_t kNumRows = 2'000;  // Of the first series, to look at.

QString joined(const std::vector<std::string>& names) {
  constexpr int kMost = 12;
  QStringList list;
  for (const auto& name : names) {
    if (list.size() == kMost) {
      list << QStringLiteral("…");
      break;
    }
    list << QString::fromStdString(name);
  }
  return list.join(QStringLiteral(", "));
}

}  // namespace

/// What a look in the background brought.
struct SeriesIngestPanel::Answer {
  SeriesSourceLook look;
  std::shared_ptr<const Series> series;  // The first rows of the first.
  std::int64_t freeBytes = 0;
};

SeriesIngestPanel::SeriesIngestPanel(Workspace& workspace, QWidget* parent)
    : SourcePanel(workspace, QStringLiteral("series"), parent),
      curves_(new SeriesChart),
      timeColumn_(new QComboBox),
      labels_(new QComboBox) {
  setUpdateHint(tr("A corpus of that name is there: this becomes a new version of it."));
  curves_->setMinimumHeight(200);
  addPreview(curves_, 1);
  timeColumn_->setAccessibleName(tr("Column of the times"));
  labels_->setAccessibleName(tr("Labels"));
  labels_->addItem(tr("As recognised: sub-folders"), QString());
  labels_->addItem(tr("None"), QStringLiteral("none"));
  form()->addRow(buddyLabel(tr("&Times in"), timeColumn_), timeColumn_);
  form()->addRow(buddyLabel(tr("&Labels"), labels_), labels_);
  for (auto* box : {timeColumn_, labels_})
    connect(box, &QComboBox::activated, this, [this] { look(); });
}

void SeriesIngestPanel::reset() {
  timeColumn_->clear();
  labels_->setCurrentIndex(0);
}

SeriesIngestChoice SeriesIngestPanel::chosen() const {
  return {.path = path(),
          .name = corpusName(),
          .reading = {.time_column = timeColumn_->currentData().toString().toStdString(),
                      .labels = labels_->currentData().toString().toStdString()},
          .update = isUpdate()};
}

void SeriesIngestPanel::beginLook() {
  const auto work = [folder = workspace().folder(), choice = chosen()] {
    const SeriesSource source(choice.path.toStdString(), choice.reading);
    return Answer{source.look(), std::make_shared<const Series>(source.first_rows(kNumRows)),
                  static_cast<std::int64_t>(std::filesystem::space(folder).available)};
  };
  lookInBackground(work, [this](const Answer& answer) { showAnswer(answer); });
}

void SeriesIngestPanel::clearLook() {
  curves_->show({});
}

void SeriesIngestPanel::showAnswer(const Answer& answer) {
  const auto& look = answer.look;
  ShownSeries shown{.hasDates = look.has_dates,
                    .times = answer.series->times,
                    .values = answer.series->values,
                    .owner = answer.series};
  for (const auto& name : look.variables) shown.variables << QString::fromStdString(name);
  curves_->show(std::move(shown));
  listColumns(look);
  auto text = tr("%n series", nullptr, static_cast<int>(look.num_files)) + QStringLiteral(", ") +
              QString::fromStdString(byte_count(look.num_bytes)) + QStringLiteral(". ") +
              tr("Times in \"%1\" (%2). Variables: %3.")
                  .arg(QString::fromStdString(look.time_column),
                       look.has_dates ? tr("dates in UTC") : tr("numbers"), joined(look.variables));
  if (!look.left_out.empty())
    text += QLatin1Char(' ') + tr("Left out, being no numbers: %1.").arg(joined(look.left_out));
  showFound(text, look.packed_bytes, answer.freeBytes);
}

/// Once a source: what was chosen meanwhile stays chosen.
void SeriesIngestPanel::listColumns(const SeriesSourceLook& look) {
  if (timeColumn_->count() > 0) return;
  for (const auto& column : look.columns) {
    const auto name = QString::fromStdString(column);
    timeColumn_->addItem(name, name);
  }
  timeColumn_->setCurrentIndex(timeColumn_->findData(QString::fromStdString(look.time_column)));
}

}  // namespace pretext
