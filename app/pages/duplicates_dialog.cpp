#include "app/pages/duplicates_dialog.h"

#include "core/corpus/class_name.h"
#include "core/corpus/duplicates.h"
#include "widgets/image_conversion.h"
#include "widgets/plot_export.h"

#include <QHeaderView>
#include <QLabel>
#include <QPixmap>
#include <QTableWidget>
#include <QVBoxLayout>

namespace pretext {

DuplicatesDialog::DuplicatesDialog(Database& database, const Corpus& corpus, QWidget* parent)
    : QDialog(parent) {
  constexpr int kSide = 32;  // Of a picture, device-independent pixels.
  setWindowTitle(tr("Pretext — duplicates"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(620, 420);
  const auto groups = duplicate_groups(database, corpus.record().id);
  auto* text = new QLabel(
      tr("%n groups of exact copies. Copies are always in the same part: none is in training and "
         "test at once.",
         nullptr, static_cast<int>(groups.size())));
  text->setWordWrap(true);
  auto* table = new QTableWidget(0, 3);
  table->setAccessibleName(tr("Exact duplicates"));
  table->setTabKeyNavigation(false);
  table->setHorizontalHeaderLabels({tr("Group"), tr("File"), tr("Class")});
  table->setIconSize({kSide, kSide});
  table->setEditTriggers(QTableWidget::NoEditTriggers);
  table->setSelectionBehavior(QTableWidget::SelectRows);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(kSide + 4);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  offerCopy(*table);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const auto position : groups[group]) {
      const int row = table->rowCount();
      table->insertRow(row);
      table->setItem(row, 0, new QTableWidgetItem(QString::number(group + 1)));
      auto* file = new QTableWidgetItem(QString::fromStdString(corpus.source(position)));
      file->setIcon(
          QPixmap::fromImage(toImage(corpus.images().image(position), corpus.value_window())));
      table->setItem(row, 1, file);
      table->setItem(row, 2,
                     new QTableWidgetItem(QString::fromStdString(class_name(corpus, position))));
    }
  }
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(text);
  layout->addWidget(table, 1);
}

}  // namespace pretext
