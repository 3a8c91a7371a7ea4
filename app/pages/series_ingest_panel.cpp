#include "app/pages/series_ingest_panel.h"

#include "core/base/error.h"
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
  std::vector<std::string> columns;
  SeriesSourceLook look;
  std::shared_ptr<const Series> series;  // The first rows of the first; null: see `complaint`.
  std::int64_t freeBytes = 0;
  QString complaint;
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
    Answer answer;
    try {
      const SeriesSource source(choice.path.toStdString(), choice.reading);
      answer.look = source.look();
      answer.columns = answer.look.columns;
      answer.series = std::make_shared<const Series>(source.first_rows(kNumRows));
      answer.freeBytes = static_cast<std::int64_t>(std::filesystem::space(folder).available);
    } catch (const UserError& error) {  // A column that is chosen may help.
      answer.columns = series_columns(choice.path.toStdString());
      answer.complaint = QString::fromUtf8(error.what());
    }
    return answer;
  };
  lookInBackground(work, [this](const Answer& answer) { showAnswer(answer); });
}

void SeriesIngestPanel::clearLook() {
  curves_->show({});
}

void SeriesIngestPanel::showAnswer(const Answer& answer) {
  const auto& look = answer.look;
  listColumns(answer.columns, look.time_column);
  if (!answer.series) {
    clearLook();
    return showComplaint(answer.complaint);
  }
  ShownSeries shown{.hasDates = look.has_dates,
                    .times = answer.series->times,
                    .values = answer.series->values,
                    .owner = answer.series};
  for (const auto& name : look.variables) shown.variables << QString::fromStdString(name);
  curves_->show(std::move(shown));
  auto text = tr("%n series", nullptr, static_cast<int>(look.num_files)) + QStringLiteral(", ") +
              QString::fromStdString(byte_count(look.num_bytes)) + QStringLiteral(". ") +
              tr("Times in \"%1\" (%2). Variables: %3.")
                  .arg(QString::fromStdString(look.time_column),
                       look.has_dates ? tr("dates in UTC") : tr("numbers"), joined(look.variables));
  if (!look.left_out.empty())
    text += QLatin1Char(' ') + tr("Left out, being no numbers: %1.").arg(joined(look.left_out));
  if (std::ssize(answer.series->times) == kNumRows)
    text += QLatin1Char(' ') + tr("Below are the first %L1 rows of %2.")
                                   .arg(kNumRows)
                                   .arg(QString::fromStdString(look.first));
  showFound(text, look.packed_bytes, answer.freeBytes);
}

/// Once a source: what was chosen meanwhile stays chosen.
void SeriesIngestPanel::listColumns(const std::vector<std::string>& columns,
                                    const std::string& chosen) {
  if (timeColumn_->count() > 0) return;
  for (const auto& column : columns) {
    const auto name = QString::fromStdString(column);
    timeColumn_->addItem(name, name);
  }
  timeColumn_->setCurrentIndex(timeColumn_->findData(QString::fromStdString(chosen)));
}

}  // namespace pretext
