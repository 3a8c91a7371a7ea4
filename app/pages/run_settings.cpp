#include "app/pages/run_settings.h"

#include "widgets/buddy_label.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <optional>

namespace pretext {
namespace {

using namespace std::chrono_literals;

enum Column { kSetting, kValue, kParent, kNumColumns };

}  // namespace

RunSettings::RunSettings(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      search_(new QLineEdit),
      onlyChanged_(new QCheckBox(tr("&Only what differs from its parent"))),
      table_(new QTableWidget),
      note_(new QPlainTextEdit),
      pause_(new QTimer(this)) {
  search_->setPlaceholderText(tr("Find a setting"));
  search_->setAccessibleName(tr("Find a setting"));
  search_->setClearButtonEnabled(true);
  onlyChanged_->setAccessibleName(tr("Only what differs from its parent"));
  onlyChanged_->setChecked(true);
  table_->setAccessibleName(tr("Settings"));
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  table_->setColumnCount(kNumColumns);
  table_->setHorizontalHeaderLabels({tr("Setting"), tr("Value"), tr("Parent's value")});
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
  offerCopy(*table_);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  note_->setAccessibleName(tr("Note"));
  note_->setTabChangesFocus(true);
  note_->setPlaceholderText(tr("What this run is for, and what it showed"));
  note_->setMaximumHeight(80);
  pause_->setSingleShot(true);
  pause_->setInterval(600ms);
  auto* top = new QHBoxLayout;
  top->addWidget(search_, 1);
  top->addWidget(onlyChanged_);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(table_, 1);
  layout->addWidget(buddyLabel(tr("&Note"), note_));
  layout->addWidget(note_);
  connect(search_, &QLineEdit::textChanged, this, &RunSettings::hideOthers);
  connect(onlyChanged_, &QCheckBox::toggled, this, &RunSettings::hideOthers);
  connect(note_, &QPlainTextEdit::textChanged, pause_, QOverload<>::of(&QTimer::start));
  connect(pause_, &QTimer::timeout, this, &RunSettings::storeNote);
}

RunSettings::~RunSettings() {
  if (!pause_->isActive()) return;
  try {  // The pages that would hear of it are going as well.
    RunStore(workspace_.database()).set_notes(run_, note_->toPlainText().toStdString());
  } catch (const std::exception&) {
    return;  // There is nobody left to tell.
  }
}

void RunSettings::showRun(const RunRecord& run) {
  if (run.id != run_) {
    if (pause_->isActive()) storeNote();
    run_ = run.id;
    shown_.clear();
  }
  const auto note = QString::fromStdString(run.notes);
  if (!pause_->isActive() && note_->toPlainText() != note) {
    const QSignalBlocker blocker(note_);
    note_->setPlainText(note);
  }
  if (shown_ == run.settings()) return;
  shown_ = run.settings();
  fillTable(run);
}

void RunSettings::fillTable(const RunRecord& run) {
  const auto experiment = Experiment::from_json(run.settings());
  std::optional<Experiment> parent;
  if (run.parent_run) {
    if (const auto record = RunStore(workspace_.database()).find(*run.parent_run))
      parent = Experiment::from_json(record->settings());
  }
  std::vector<std::string> keys;
  for (const auto& field : experiment.fields()) keys.push_back(field.key);
  const auto differing = parent ? experiment.differences(*parent) : std::vector<std::string>();
  for (const auto& key : differing) {
    if (!experiment.has(key)) keys.push_back(key);  // The parent's alone.
  }
  table_->setColumnHidden(kParent, !parent);
  onlyChanged_->setVisible(parent.has_value());
  table_->setRowCount(static_cast<int>(keys.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto& key = keys[static_cast<std::size_t>(row)];
    const bool differs = std::ranges::find(differing, key) != differing.end();
    const QString cells[] = {QString::fromStdString(key), settingText(experiment, key),
                             parent ? settingText(*parent, key) : QString()};
    for (int column = 0; column < kNumColumns; ++column) {
      auto* item = new QTableWidgetItem(cells[column]);
      auto font = item->font();
      font.setBold(differs);
      item->setFont(font);
      item->setData(Qt::UserRole, differs);
      if (experiment.has(key)) item->setToolTip(QString::fromStdString(experiment.field(key).help));
      table_->setItem(row, column, item);
    }
  }
  hideOthers();
}

void RunSettings::hideOthers() {
  const bool onlyChanged = !onlyChanged_->isHidden() && onlyChanged_->isChecked();
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto* item = table_->item(row, kSetting);
    const bool isFound = item->text().contains(search_->text(), Qt::CaseInsensitive);
    table_->setRowHidden(row, !isFound || (onlyChanged && !item->data(Qt::UserRole).toBool()));
  }
}

void RunSettings::storeNote() {
  pause_->stop();
  try {
    RunStore(workspace_.database()).set_notes(run_, note_->toPlainText().toStdString());
    workspace_.announceChange();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
