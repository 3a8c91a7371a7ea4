#include "app/pages/image_checks_dialog.h"

#include "app/csv_file.h"
#include "app/pages/leave_out_dialog.h"
#include "core/base/error.h"
#include "core/corpus/class_name.h"
#include "core/corpus/duplicates.h"
#include "core/corpus/image_checks.h"
#include "widgets/background.h"
#include "widgets/image_conversion.h"
#include "widgets/plot_export.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPixmap>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <filesystem>
#include <string>
#include <utility>

namespace pretext {
namespace {

enum Page { kCopies, kNear, kSmall };

constexpr int kSide = 32;         // Of a picture, device-independent pixels.
constexpr int kMostRows = 2'000;  // Of a table; the command lists all.
constexpr int kLookMs = 100;      // Between two looks at the search.

}  // namespace

ImageChecksDialog::ImageChecksDialog(Database& database, std::shared_ptr<const Corpus> corpus,
                                     const QString& first, QWidget* parent)
    : QDialog(parent),
      database_(database),
      corpus_(std::move(corpus)),
      tabs_(new QTabWidget),
      copiesText_(new QLabel),
      copies_(new QTableWidget),
      nearText_(new QLabel),
      near_(new QTableWidget),
      progress_(new QProgressBar),
      stop_(new QPushButton(tr("&Stop"))),
      smallText_(new QLabel),
      small_(new QTableWidget),
      outcome_(new QLabel),
      folder_(new QPushButton(tr("Show in its &folder"))),
      export_(new QPushButton(tr("&Export the list…"))),
      leaveOut_(new QPushButton(tr("&Make a corpus without them…"))),
      share_(std::make_shared<std::atomic<double>>(0.0)) {
  setWindowTitle(tr("Pretext — copies and small images of %1")
                     .arg(QString::fromStdString(corpus_->record().name)));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(680, 460);
  tabs_->setAccessibleName(tr("Checks of the images"));
  tabs_->addTab(makePage(copiesText_, copies_, tr("Exact duplicates")), tr("Exact copies"));
  auto* nearPage = makePage(nearText_, near_, tr("Near-duplicates"));
  auto* row = new QHBoxLayout;
  row->addWidget(progress_, 1);
  row->addWidget(stop_);
  static_cast<QVBoxLayout*>(nearPage->layout())->insertLayout(1, row);
  tabs_->addTab(nearPage, tr("Nearly alike"));
  tabs_->addTab(makePage(smallText_, small_, tr("Images that are too small")), tr("Too small"));
  progress_->setAccessibleName(tr("Progress of the search"));
  stop_->setAccessibleName(tr("Stop the search"));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(tabs_, 1);
  layout->addWidget(outcome_);
  layout->addLayout(makeActions());
  connect(stop_, &QPushButton::clicked, this, [this] { stopSource_.request_stop(); });
  showCopies();
  showSmall();
  // It reads all of the corpus: not before it is wanted.
  connect(tabs_, &QTabWidget::currentChanged, this, [this](int page) {
    if (page == kNear && !isSearched_) lookForNear();
    showActions();
  });
  turnTo(first);
}

ImageChecksDialog::~ImageChecksDialog() {
  stopSource_.request_stop();
}

void ImageChecksDialog::turnTo(const QString& page) {
  tabs_->setCurrentIndex(page == "near" ? kNear : page == "small" ? kSmall : kCopies);
  showActions();
}

QWidget* ImageChecksDialog::makePage(QLabel* text, QTableWidget* table, const QString& name) {
  text->setWordWrap(true);
  table->setAccessibleName(name);
  table->setTabKeyNavigation(false);
  table->setColumnCount(4);
  table->setHorizontalHeaderLabels({tr("Group"), tr("File"), tr("Class"), tr("Size (px)")});
  table->setIconSize({kSide, kSide});
  table->setEditTriggers(QTableWidget::NoEditTriggers);
  table->setSelectionBehavior(QTableWidget::SelectRows);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(kSide + 4);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
  offerCopy(*table);
  connect(table, &QTableWidget::itemSelectionChanged, this, &ImageChecksDialog::showActions);
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->addWidget(text);
  layout->addWidget(table, 1);
  return page;
}

void ImageChecksDialog::showCopies() {
  const auto groups = duplicate_groups(database_, corpus_->record().id);
  copiesText_->setText(
      groups.empty() ? tr("No image is an exact copy of another.")
                     : tr("%n groups of exact copies. Copies are always in the same part: none is "
                          "in training and test at once.",
                          nullptr, static_cast<int>(groups.size())));
  fill(kCopies, groups);
}

void ImageChecksDialog::showSmall() {
  Groups alone;
  for (const auto position : small_images(*corpus_)) alone.push_back({position});
  const auto size = corpus_->record().natural_size();
  smallText_->setText(
      alone.empty()
          ? tr("Views are %1 px large by default: no image is enlarged more than twofold for them.")
                .arg(size)
          : tr("%n images have a side below half of the %1 px that views have by default: they are "
               "enlarged more than twofold, and look blurred.",
               nullptr, static_cast<int>(alone.size()))
                .arg(size));
  fill(kSmall, alone);
  small_->hideColumn(0);  // Each is alone.
}

void ImageChecksDialog::lookForNear() {
  isSearched_ = true;
  stopSource_ = {};
  *share_ = 0.0;
  progress_->show();
  stop_->show();
  nearText_->setText(tr("Looking for images that look nearly alike…"));
  auto* clock = new QTimer(this);
  connect(clock, &QTimer::timeout, this,
          [this] { progress_->setValue(static_cast<int>(100.0 * *share_)); });
  clock->start(kLookMs);
  runInBackground(
      this,
      [corpus = corpus_, share = share_, token = stopSource_.get_token()] {
        return near_duplicate_groups(
            *corpus, [share](double done) { *share = done; }, token);
      },
      [this, clock](const Outcome<Groups>& groups) {
        clock->deleteLater();
        if (groups.value) return showNear(*groups.value);
        isSearched_ = false;  // It begins again when the page is next turned to.
        endSearch(groups.complaint);
      });
}

void ImageChecksDialog::showNear(const Groups& groups) {
  endSearch(
      groups.empty()
          ? tr("No two images look nearly alike, but for exact copies.")
          : tr("%n groups of images that look nearly alike: saved again, resized, or shots of "
               "one scene. They may stand in different parts; the first of each group is "
               "what the others resemble.",
               nullptr, static_cast<int>(groups.size())));
  hasNear_ = true;
  fill(kNear, groups);
  showActions();
}

void ImageChecksDialog::endSearch(const QString& text) {
  progress_->hide();
  stop_->hide();
  nearText_->setText(text);
}

QTableWidget& ImageChecksDialog::table(int page) const {
  return page == kNear ? *near_ : page == kSmall ? *small_ : *copies_;
}

void ImageChecksDialog::fill(int page, const Groups& groups) {
  auto& table = this->table(page);
  found_[static_cast<std::size_t>(page)] = groups;
  const auto pictureOf = [&](std::int64_t position) {
    return QPixmap::fromImage(
        toImage(corpus_->images().image(position), corpus_->value_window())
            .scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation));
  };
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const auto position : groups[group]) {
      const int row = table.rowCount();
      if (row == kMostRows) {
        table.setToolTip(tr("The first %L1; the command \"duplicates\" lists all.").arg(kMostRows));
        return;
      }
      const auto image = corpus_->images().image(position);
      table.insertRow(row);
      table.setItem(row, 0, new QTableWidgetItem(QString::number(group + 1)));
      table.setItem(row, 1,
                    new QTableWidgetItem(pictureOf(position),
                                         QString::fromStdString(corpus_->source(position))));
      table.item(row, 1)->setData(Qt::UserRole, QVariant::fromValue<qint64>(position));
      table.setItem(row, 2,
                    new QTableWidgetItem(QString::fromStdString(class_name(*corpus_, position))));
      table.setItem(
          row, 3,
          new QTableWidgetItem(QStringLiteral("%1 × %2").arg(image.width).arg(image.height)));
    }
  }
}

QLayout* ImageChecksDialog::makeActions() {
  outcome_->setWordWrap(true);
  outcome_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  outcome_->setAccessibleName(tr("What was done"));
  folder_->setAccessibleName(tr("Show in its folder"));
  export_->setAccessibleName(tr("Export the list"));
  leaveOut_->setAccessibleName(tr("Make a corpus without them"));
  leaveOut_->setToolTip(
      tr("A copy of this corpus: of a group the largest stays, of equally large ones that with the "
         "shortest name. Labels and parts stay as they are."));
  auto* row = new QHBoxLayout;
  row->addWidget(folder_);
  row->addWidget(export_);
  row->addStretch(1);
  row->addWidget(leaveOut_);
  auto* close = new QPushButton(tr("&Close"));
  close->setAccessibleName(tr("Close"));
  row->addWidget(close);
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(folder_, &QPushButton::clicked, this, &ImageChecksDialog::showInFolder);
  connect(export_, &QPushButton::clicked, this, &ImageChecksDialog::exportList);
  connect(leaveOut_, &QPushButton::clicked, this, &ImageChecksDialog::askForCopy);
  return row;
}

const ImageChecksDialog::Groups& ImageChecksDialog::inHand() const {
  return found_[static_cast<std::size_t>(tabs_->currentIndex())];
}

void ImageChecksDialog::showActions() {
  folder_->setEnabled(!table(tabs_->currentIndex()).selectedItems().isEmpty());
  export_->setEnabled(!inHand().empty());
  leaveOut_->setEnabled(!inHand().empty());
}

void ImageChecksDialog::showInFolder() {
  const auto& shown = table(tabs_->currentIndex());
  const auto* item = shown.item(shown.currentRow(), 1);
  if (!item) return;
  const std::filesystem::path root = corpus_->record().source;
  const auto file = root / corpus_->source(item->data(Qt::UserRole).toLongLong());
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return outcome_->setText(tr("%1 is no file any more, or one of many in an archive.")
                                 .arg(QString::fromStdString(file.string())));
  QDesktopServices::openUrl(
      QUrl::fromLocalFile(QString::fromStdString(file.parent_path().string())));
}

void ImageChecksDialog::exportList() {
  const auto path =
      QFileDialog::getSaveFileName(this, tr("Export the list"),
                                   QString::fromStdString(corpus_->record().name) +
                                       QStringLiteral(" ") + tr("checks") + QStringLiteral(".csv"),
                                   tr("CSV (*.csv)"));
  if (path.isEmpty()) return;
  try {
    CsvFile file(path.toStdString(), {"group", "file", "class", "width", "height"});
    for (std::size_t group = 0; group < inHand().size(); ++group) {
      for (const auto position : inHand()[group]) {
        const auto image = corpus_->images().image(position);
        file.add({std::to_string(group + 1), corpus_->source(position),
                  class_name(*corpus_, position), std::to_string(image.width),
                  std::to_string(image.height)});
      }
    }
    file.write();
    outcome_->setText(tr("The list is in %1.").arg(path));
  } catch (const UserError& error) {
    outcome_->setText(QString::fromUtf8(error.what()));
  }
}

void ImageChecksDialog::askForCopy() {
  ImageFindings findings{found_[kCopies], found_[kNear], {}, hasNear_};
  for (const auto& alone : found_[kSmall]) findings.small.push_back(alone.front());
  auto* question = new LeaveOutDialog(database_, corpus_, std::move(findings),
                                      tabs_->currentIndex() == kSmall, this);
  connect(question, &LeaveOutDialog::wanted, this, &ImageChecksDialog::leaveOutWanted);
  question->open();  // Deletes itself when it is closed.
}

}  // namespace pretext
