#include "app/pages/image_browser.h"

#include "core/base/numbers.h"
#include "widgets/background.h"
#include "widgets/bar_delegate.h"
#include "widgets/histogram.h"
#include "widgets/plot_export.h"
#include "widgets/thumbnail_model.h"

#include <QHeaderView>
#include <QListView>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pretext {
namespace {

constexpr std::int64_t kAll = -2;  // Beside the numbers of the classes and `Corpus::kNoLabel`.

QListView* makeGrid(ThumbnailModel* model) {
  auto* grid = new QListView;
  grid->setModel(model);
  grid->setViewMode(QListView::IconMode);
  grid->setUniformItemSizes(true);
  grid->setLayoutMode(QListView::Batched);
  grid->setResizeMode(QListView::Adjust);
  grid->setMovement(QListView::Static);
  grid->setIconSize({ThumbnailModel::kThumbnailSize, ThumbnailModel::kThumbnailSize});
  return grid;
}

std::vector<std::int64_t> shorterSides(const Corpus& corpus) {
  std::vector<std::int64_t> sides;
  sides.reserve(static_cast<std::size_t>(corpus.size()));
  for (std::int64_t position = 0; position < corpus.size(); ++position) {
    const auto image = corpus.images().image(position);
    sides.push_back(std::min(image.width, image.height));
  }
  return sides;
}

}  // namespace

ImageBrowser::ImageBrowser(QWidget* parent)
    : QWidget(parent),
      thumbnails_(new ThumbnailModel(this)),
      side_(new QWidget),
      classes_(new QTableWidget(0, 2)),
      bars_(new BarDelegate(this)),
      sizes_(new Histogram(tr("Shorter side of the images"), tr("px"))) {
  classes_->setAccessibleName(tr("Images of each class"));
  classes_->setTabKeyNavigation(false);
  classes_->setHorizontalHeaderLabels({tr("Class"), tr("Images")});
  classes_->setEditTriggers(QTableWidget::NoEditTriggers);
  classes_->setSelectionBehavior(QTableWidget::SelectRows);
  classes_->setSelectionMode(QTableWidget::SingleSelection);
  classes_->setToolTip(tr("A class that is chosen is shown alone"));
  classes_->verticalHeader()->hide();
  classes_->verticalHeader()->setDefaultSectionSize(classes_->fontMetrics().height() + 8);
  classes_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  classes_->setItemDelegateForColumn(1, bars_);
  offerCopy(*classes_);
  auto* sideLayout = new QVBoxLayout(side_);
  sideLayout->setContentsMargins({});
  sideLayout->addWidget(classes_, 1);
  sideLayout->addWidget(sizes_);
  auto* grid = makeGrid(thumbnails_);
  grid->setAccessibleName(tr("Thumbnails"));
  auto* splitter = new QSplitter;
  splitter->addWidget(grid);
  splitter->addWidget(side_);
  splitter->setStretchFactor(0, 1);
  splitter->setSizes({560, 240});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(splitter);
  connect(classes_, &QTableWidget::itemSelectionChanged, this, &ImageBrowser::showPictures);
}

void ImageBrowser::show(std::shared_ptr<const Corpus> corpus) {
  corpus_ = std::move(corpus);
  side_->setVisible(corpus_ != nullptr);
  if (!corpus_) return thumbnails_->show(nullptr, {});
  listClasses();
  showSizes();
  side_->setVisible(!classes_->isHidden() || !sizes_->isHidden());
}

void ImageBrowser::listClasses() {
  const auto& names = corpus_->record().classes;
  std::vector<std::int64_t> counts(names.size() + 1, 0);  // Those without a label last.
  for (std::int64_t position = 0; position < corpus_->size(); ++position) {
    const auto label = corpus_->label(position);
    const bool isKnown = label >= 0 && label < std::ssize(names);
    ++counts[isKnown ? static_cast<std::size_t>(label) : names.size()];
  }
  classes_->clearSelection();  // Of another corpus.
  classes_->setRowCount(0);
  const auto add = [this](std::int64_t number, const QString& name, std::int64_t count) {
    const int row = classes_->rowCount();
    classes_->insertRow(row);
    auto* title = new QTableWidgetItem(name);
    title->setData(Qt::UserRole, QVariant::fromValue<qint64>(number));
    title->setToolTip(name);
    auto* figure = new QTableWidgetItem;
    figure->setData(Qt::DisplayRole, QVariant::fromValue<qint64>(count));
    figure->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    classes_->setItem(row, 0, title);
    classes_->setItem(row, 1, figure);
  };
  bars_->setLargest(static_cast<double>(*std::ranges::max_element(counts)));
  add(kAll, tr("All of them"), corpus_->size());
  for (std::size_t i = 0; i < names.size(); ++i)
    add(static_cast<std::int64_t>(i), QString::fromStdString(names[i]), counts[i]);
  if (counts.back() > 0) add(Corpus::kNoLabel, tr("without a label"), counts.back());
  classes_->setVisible(!names.empty());
  classes_->setCurrentCell(0, 0);  // Shows all.
}

void ImageBrowser::showSizes() {
  const auto& record = corpus_->record();
  sizes_->show({});
  sizes_->setVisible(record.min_width != record.max_width ||
                     record.min_height != record.max_height);
  if (sizes_->isHidden()) return;  // The page says how large all of them are.
  runInBackground(
      this, [measured = corpus_] { return shorterSides(*measured); },
      [this, measured = corpus_](const Outcome<std::vector<std::int64_t>>& sides) {
        if (measured == corpus_ && sides.value) sizes_->show(*sides.value);
      });
}

void ImageBrowser::showPictures() {
  const auto* item = classes_->item(classes_->currentRow(), 0);
  if (!corpus_ || !item || classes_->selectedItems().isEmpty()) return;
  const auto wanted = item->data(Qt::UserRole).toLongLong();
  auto positions = numbers_up_to(corpus_->size());
  if (wanted != kAll)
    std::erase_if(positions, [&](auto position) { return corpus_->label(position) != wanted; });
  thumbnails_->show(corpus_, std::move(positions));
}

}  // namespace pretext
