#include "app/pages/class_list_dialog.h"

#include "widgets/plot_export.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace pretext {
namespace {

constexpr std::size_t kMostInWords = 12;

struct ClassCounts {
  std::vector<std::int64_t> of_class;
  std::int64_t unlabelled = 0;
};

ClassCounts countsOf(const Corpus& corpus) {
  ClassCounts counts;
  counts.of_class.resize(corpus.record().classes.size());
  for (std::int64_t position = 0; position < corpus.size(); ++position) {
    const auto label = corpus.label(position);
    ++(label == Corpus::kNoLabel ? counts.unlabelled
                                 : counts.of_class[static_cast<std::size_t>(label)]);
  }
  return counts;
}

}  // namespace

QString classesInWords(const Corpus& corpus) {
  const auto& names = corpus.record().classes;
  if (names.empty()) return ClassListDialog::tr("No labels.");
  const auto counts = countsOf(corpus);
  QStringList shown;
  for (std::size_t i = 0; i < std::min(names.size(), kMostInWords); ++i)
    shown << QStringLiteral("%1 (%2)").arg(
        QString::fromStdString(names[i]).toHtmlEscaped(),
        QLocale().toString(static_cast<qlonglong>(counts.of_class[i])));
  auto text = ClassListDialog::tr("Classes: %1").arg(shown.join(QStringLiteral(", ")));
  if (names.size() > kMostInWords)
    text += QStringLiteral(" <a href=\"classes\">%1</a>")
                .arg(ClassListDialog::tr("… and %L1 more").arg(names.size() - kMostInWords));
  return text;
}

ClassListDialog::ClassListDialog(const Corpus& corpus, QWidget* parent) : QDialog(parent) {
  setAttribute(Qt::WA_DeleteOnClose);
  const auto& record = corpus.record();
  setWindowTitle(tr("Pretext — classes of %1").arg(QString::fromStdString(record.name)));
  const auto counts = countsOf(corpus);
  auto* classes = new QStandardItemModel(0, 2, this);
  classes->setHorizontalHeaderLabels({tr("Class"), tr("Samples")});
  for (std::size_t i = 0; i < record.classes.size(); ++i) {
    auto* count = new QStandardItem;  // Owned by the model, as the other.
    count->setData(static_cast<qlonglong>(counts.of_class[i]), Qt::DisplayRole);
    count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    classes->appendRow({new QStandardItem(QString::fromStdString(record.classes[i])), count});
  }
  auto* found = new QSortFilterProxyModel(this);
  found->setSourceModel(classes);
  found->setFilterCaseSensitivity(Qt::CaseInsensitive);
  auto* search = new QLineEdit;
  search->setPlaceholderText(tr("Find a class"));
  search->setAccessibleName(tr("Find a class"));
  search->setClearButtonEnabled(true);
  auto* table = new QTableView;
  table->setModel(found);
  table->setAccessibleName(tr("Classes"));
  table->setTabKeyNavigation(false);
  table->setEditTriggers(QTableView::NoEditTriggers);
  table->setSelectionBehavior(QTableView::SelectRows);
  table->setShowGrid(false);
  table->setSortingEnabled(true);
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table->verticalHeader()->hide();
  found->sort(-1);  // As the corpus has them, until somebody clicks.
  table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  offerCopy(*table);
  auto* sum = new QLabel(tr("%L1 classes; samples without a label: %L2")
                             .arg(record.classes.size())
                             .arg(counts.unlabelled));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(search);
  layout->addWidget(table, 1);
  auto* bottom = new QHBoxLayout;
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  bottom->addWidget(sum, 1);
  bottom->addWidget(buttons);
  layout->addLayout(bottom);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  connect(search, &QLineEdit::textChanged, found, &QSortFilterProxyModel::setFilterFixedString);
  resize(420, 520);
}

}  // namespace pretext
