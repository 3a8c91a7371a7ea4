#include "app/pages/thoughts_view.h"

#include "core/base/format.h"
#include "core/base/json_file.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

QString text(const nlohmann::json& value) {
  return QString::fromStdString(value.get<std::string>());
}

/// "river 61 %, lake 12 %, …".
QString candidates(const nlohmann::json& list) {
  QStringList parts;
  for (const auto& candidate : list) {
    parts << text(candidate["piece"]) + QLatin1Char(' ') +
                 QString::fromStdString(percent(candidate["probability"].get<double>()));
  }
  return parts.join(QStringLiteral(", "));
}

}  // namespace

ThoughtsView::ThoughtsView(QWidget* parent)
    : QWidget(parent), heading_(new QLabel), table_(new QTableWidget) {
  heading_->setWordWrap(true);
  table_->verticalHeader()->hide();
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  table_->setWordWrap(true);
  table_->setAccessibleName(tr("What the model answers"));
  table_->setTabKeyNavigation(false);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(heading_);
  layout->addWidget(table_, 1);
}

void ThoughtsView::addRow(const QStringList& cells) {
  const int row = table_->rowCount();
  table_->insertRow(row);
  for (int column = 0; column < cells.size(); ++column)
    table_->setItem(row, column, new QTableWidgetItem(cells[column]));
}

void ThoughtsView::show(std::int64_t step, const std::string& answers) {
  const auto json = parse_json(answers, "What the model answered", "train it on for new answers");
  const bool hasBlanks = json.contains("blanks");
  heading_->setText(hasBlanks
                        ? tr("What the model puts into blanks of the validation part, as of step "
                             "%L1. It has never learned from these sentences.")
                              .arg(step)
                        : tr("How the model goes on with sentences of the validation part, as of "
                             "step %L1. It has never learned from them.")
                              .arg(step));
  table_->setRowCount(0);
  table_->setColumnCount(hasBlanks ? 3 : 2);
  table_->setHorizontalHeaderLabels(
      hasBlanks ? QStringList{tr("Sentence"), tr("Hidden"), tr("The model's guesses")}
                : QStringList{tr("Begins"), tr("The model goes on")});
  if (hasBlanks) {
    for (const auto& blank : json["blanks"])
      addRow({text(blank["text"]), text(blank["original"]), candidates(blank["candidates"])});
  } else {
    for (const auto& sample : json["samples"])
      addRow({text(sample["start"]), text(sample["text"])});
  }
  for (int column = 0; column < table_->columnCount(); ++column) {
    const bool isWord = hasBlanks && column == 1;
    table_->horizontalHeader()->setSectionResizeMode(
        column, isWord ? QHeaderView::ResizeToContents : QHeaderView::Stretch);
  }
  table_->resizeRowsToContents();
}

}  // namespace pretext
