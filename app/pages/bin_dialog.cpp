#include "app/pages/bin_dialog.h"

#include "app/pages/page.h"
#include "core/base/format.h"
#include "core/corpus/ingest.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"
#include "widgets/plot_export.h"
#include "widgets/run_titles.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace pretext {
namespace {

QString sizeOf(const std::vector<BinnedItem>& items) {
  std::int64_t bytes = 0;
  for (const auto& item : items) bytes += item.bytes;
  return QString::fromStdString(byte_count(bytes));
}

}  // namespace

BinDialog::BinDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      table_(new QTableWidget(0, 4)),
      restore_(new QPushButton(tr("&Put back"))),
      purge_(new QPushButton(tr("&Delete for good…"))),
      empty_(new QPushButton(tr("&Empty the bin…"))) {
  setWindowTitle(tr("Pretext — bin"));
  resize(640, 360);
  table_->setAccessibleName(tr("What is in the bin"));
  table_->setTabKeyNavigation(false);
  table_->setHorizontalHeaderLabels({tr("What"), tr("Name"), tr("Deleted"), tr("Files")});
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  table_->verticalHeader()->hide();
  table_->setSelectionBehavior(QTableWidget::SelectRows);
  table_->setEditTriggers(QTableWidget::NoEditTriggers);
  offerCopy(*table_);
  restore_->setAccessibleName(tr("Put back"));
  purge_->setAccessibleName(tr("Delete for good"));
  empty_->setAccessibleName(tr("Empty the bin"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(empty_);
  buttons->addStretch(1);
  buttons->addWidget(purge_);
  buttons->addWidget(restore_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(message_);
  layout->addWidget(table_, 1);
  layout->addLayout(buttons);
  connect(restore_, &QPushButton::clicked, this, &BinDialog::restore);
  connect(purge_, &QPushButton::clicked, this, [this] { purge(selected()); });
  connect(empty_, &QPushButton::clicked, this, [this] { purge(items_); });
  connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
    for (auto* button : {restore_, purge_}) button->setEnabled(!selected().empty());
  });
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (isVisible()) refresh();
  });
}

void BinDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  message_->say({});
  refresh();
}

void BinDialog::refresh() {
  items_ = binned_items(workspace_.database());
  table_->clearContents();
  table_->setRowCount(static_cast<int>(items_.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto& item = items_[static_cast<std::size_t>(row)];
    const auto name = QString::fromStdString(item.name);
    const QString cells[] = {item.run > 0 ? tr("Run") : tr("Corpus"),
                             item.run > 0 ? runTitle(item.run, item.name) : name,
                             QString::fromStdString(local_time(item.deleted_ms)),
                             QString::fromStdString(byte_count(item.bytes))};
    for (int column = 0; column < 4; ++column)
      table_->setItem(row, column, new QTableWidgetItem(cells[column]));
  }
  if (!items_.empty() && table_->currentRow() < 0) table_->selectRow(0);
  for (auto* button : {restore_, purge_}) button->setEnabled(!selected().empty());
  empty_->setEnabled(!items_.empty());
}

std::vector<BinnedItem> BinDialog::selected() const {
  std::vector<BinnedItem> items;
  for (const auto& index : table_->selectionModel()->selectedRows())
    items.push_back(items_[static_cast<std::size_t>(index.row())]);
  return items;
}

void BinDialog::restore() {
  message_->attempt([this] {
    for (const auto& item : selected()) {
      if (item.run > 0) {
        RunStore(workspace_.database()).restore(item.run);
      } else {
        CorpusStore(workspace_.database()).restore(item.name);
      }
    }
    message_->say({});
  });
  workspace_.announceChange();
}

void BinDialog::purge(const std::vector<BinnedItem>& items) {
  const auto question = tr("Delete %n of these for good, with files of %1? There is no undo.",
                           nullptr, static_cast<int>(items.size()))
                            .arg(sizeOf(items));
  if (QMessageBox::question(this, windowTitle(), question) != QMessageBox::Yes) return;
  message_->attempt([&] {
    // Runs first: a corpus goes only when no run stands on it.
    for (const auto& item : items)
      if (item.run > 0) purge_run(workspace_.database(), item.run);
    for (const auto& item : items)
      if (item.run == 0) CorpusStore(workspace_.database()).purge(item.name);
    message_->say({});
  });
  workspace_.announceChange();
}

}  // namespace pretext
