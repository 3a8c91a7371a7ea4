#include "app/pages/compare_page.h"

#include "app/pages/compare_curves.h"
#include "app/pages/compare_embeddings.h"
#include "app/pages/compare_parallel.h"
#include "app/pages/compare_scatter.h"
#include "app/pages/compare_settings.h"
#include "app/pages/page.h"
#include "app/report/report.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/run_titles.h"
#include "widgets/theme.h"

#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr std::size_t kFirstTicked = 3;  // Runs, before somebody chooses.

QIcon swatch(const QColor& color) {
  QPixmap pixmap(12, 12);
  pixmap.fill(color);
  return QIcon(pixmap);
}

QString pinText(const RunRecord& run) {
  return isBaseline(run) ? ComparePage::tr("No baseline any more")
                         : ComparePage::tr("Pin as a baseline");
}

}  // namespace

ComparePage::ComparePage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      sheets_(new QStackedWidget),
      right_(new QStackedWidget),
      runs_(new QListWidget),
      pin_(new QPushButton),
      report_(new QPushButton(tr("&Report…"))),
      curves_(new CompareCurves(workspace)),
      tabs_(new QTabWidget),
      settings_(new CompareSettings(workspace)),
      parallel_(new CompareParallel(workspace)),
      scatter_(new CompareScatter(workspace)),
      embeddings_(new CompareEmbeddings(workspace)) {
  runs_->setAccessibleName(tr("Runs to compare"));
  runs_->setTextElideMode(Qt::ElideMiddle);  // A seed stands at the end.
  runs_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  runs_->setContextMenuPolicy(Qt::CustomContextMenu);
  tabs_->setAccessibleName(tr("What differs between the runs"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(settings_, tr("What differs"));
  tabs_->addTab(parallel_, tr("Parallel coordinates"));
  tabs_->addTab(scatter_, tr("Scatter"));
  tabs_->addTab(embeddings_, tr("Embeddings"));
  auto* left = new QWidget;
  auto* leftLayout = new QVBoxLayout(left);
  leftLayout->setContentsMargins({});
  leftLayout->addWidget(buddyLabel(tr("Tick the runs to compare"), runs_));
  leftLayout->addWidget(runs_, 1);
  report_->setAccessibleName(tr("Report of the ticked runs"));
  report_->setToolTip(
      tr("What differs, curves, accuracies, confusions, views and embeddings in one file"));
  leftLayout->addWidget(pin_);
  leftLayout->addWidget(report_);
  pin_->setAccessibleName(tr("Pin the run in hand as a baseline"));
  pin_->setToolTip(tr("A baseline stands first, and others show how far they are from it"));
  connect(pin_, &QPushButton::clicked, this,
          [this] { pin(runs_->currentItem()->data(Qt::UserRole).toLongLong()); });
  connect(report_, &QPushButton::clicked, this, &ComparePage::report);
  auto* parts = new QSplitter(Qt::Vertical);
  parts->addWidget(curves_);
  parts->addWidget(tabs_);
  parts->setSizes({360, 280});
  auto* hint = new QLabel(tr("Tick runs on the left: their curves and what differs come here."));
  hint->setAlignment(Qt::AlignCenter);
  hint->setForegroundRole(QPalette::PlaceholderText);
  right_->addWidget(hint);
  right_->addWidget(parts);
  auto* splitter = new QSplitter;
  splitter->addWidget(left);
  splitter->addWidget(right_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({240, 800});
  auto* empty = new EmptyState(tr("No runs to compare yet"),
                               tr("Runs stand here side by side: their curves, their accuracies, "
                                  "and which of their settings made the difference."),
                               tr("New run…"), this);
  connect(empty, &EmptyState::pressed, this, &ComparePage::newRunRequested);
  sheets_->addWidget(empty);
  sheets_->addWidget(splitter);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(sheets_, 1);
  layout->addWidget(message_);  // Below, so that nothing moves away under the pointer.
  connect(runs_, &QListWidget::itemChanged, this, [this] {
    isTicking_ = true;
    compare();
  });
  connect(runs_, &QListWidget::itemPressed, this, [this] { isTicking_ = false; });
  connect(runs_, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
    if (std::exchange(isTicking_, false)) return;
    item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
  });
  connect(runs_, &QListWidget::currentRowChanged, this, &ComparePage::showPin);
  connect(runs_, &QListWidget::customContextMenuRequested, this, &ComparePage::offerBaseline);
  connect(tabs_, &QTabWidget::currentChanged, this, [this] { showPart(); });
  connect(curves_, &CompareCurves::averaged, this, [this](bool isOverSeeds) {
    compared_.isOverSeeds = isOverSeeds;
    compare();
  });
  connect(parallel_, &CompareParallel::wanted, this, &ComparePage::showRuns);
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (isVisible()) refresh();  // A hidden page reads no curves.
  });
}

void ComparePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void ComparePage::showRuns(const std::vector<std::int64_t>& runs) {
  hasTicked_ = true;
  refreshRuns();
  {
    const QSignalBlocker blocker(runs_);
    for (int row = 0; row < runs_->count(); ++row) {
      const auto run = runs_->item(row)->data(Qt::UserRole).toLongLong();
      const bool isTicked = std::ranges::find(runs, run) != runs.end();
      runs_->item(row)->setCheckState(isTicked ? Qt::Checked : Qt::Unchecked);
    }
  }
  compare();
}

void ComparePage::refresh() {
  refreshRuns();
  compare();
}

void ComparePage::refreshRuns() {
  auto runs = RunStore(workspace_.database()).list();
  std::stable_partition(runs.begin(), runs.end(), isBaseline);  // Pinned to the top.
  std::set<std::int64_t> ticked;
  for (const auto run : chosen()) ticked.insert(run);
  if (!hasTicked_) {
    for (const auto& run : runs) {
      if (isBaseline(run) || (run.step > 0 && ticked.size() < kFirstTicked)) ticked.insert(run.id);
    }
  }
  hasTicked_ = hasTicked_ || !ticked.empty();
  const auto* current = runs_->currentItem();
  const auto inHand = current ? current->data(Qt::UserRole).toLongLong() : 0;
  const QSignalBlocker blocker(runs_);
  runs_->clear();
  for (const auto& run : runs) {
    auto title = runTitle(run.id, run.name);
    if (isBaseline(run)) title = tr("%1 (baseline)").arg(title);
    auto* item = new QListWidgetItem(title, runs_);
    item->setToolTip(QString::fromStdString(run.name));
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.id));
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked.contains(run.id) ? Qt::Checked : Qt::Unchecked);
    if (run.id == inHand) runs_->setCurrentItem(item);
  }
  sheets_->setCurrentIndex(runs.empty() ? 0 : 1);
  showPin();
}

void ComparePage::giveColours(const std::vector<std::int64_t>& runs) {
  std::erase_if(colours_,
                [&](const auto& one) { return std::ranges::find(runs, one.first) == runs.end(); });
  for (const auto run : runs) {
    if (colours_.contains(run)) continue;
    const auto isTaken = [this](int colour) {
      return std::ranges::any_of(colours_, [=](const auto& one) { return one.second == colour; });
    };
    int free = 0;
    while (isTaken(free)) ++free;
    colours_[run] = free;
  }
  const QSignalBlocker blocker(runs_);
  for (int row = 0; row < runs_->count(); ++row) {
    const auto colour = colours_.find(runs_->item(row)->data(Qt::UserRole).toLongLong());
    runs_->item(row)->setIcon(
        swatch(colour == colours_.end() ? QColor(Qt::transparent) : categoryColor(colour->second)));
  }
}

std::vector<std::int64_t> ComparePage::chosen() const {
  std::vector<std::int64_t> runs;
  for (int row = 0; row < runs_->count(); ++row) {
    if (runs_->item(row)->checkState() == Qt::Checked)
      runs.push_back(runs_->item(row)->data(Qt::UserRole).toLongLong());
  }
  return runs;
}

void ComparePage::compare() {
  const auto ids = chosen();
  giveColours(ids);
  RunStore store(workspace_.database());
  compared_ = {.colours = colours_, .isOverSeeds = compared_.isOverSeeds};
  for (const auto id : ids) {
    auto run = store.find(id);
    if (!run) continue;  // Gone meanwhile.
    // A run whose settings are damaged is left out.
    message_->attempt([&] {
      compared_.experiments.push_back(Experiment::from_json(run->settings()));
      compared_.runs.push_back(std::move(*run));
    });
  }
  compared_.differing = differing_keys(compared_.experiments);
  std::erase(compared_.differing, "name");  // Each part names the runs itself.
  report_->setEnabled(!compared_.runs.empty());
  right_->setCurrentIndex(compared_.runs.empty() ? 0 : 1);
  curves_->show(compared_);
  showPart();
}

void ComparePage::showPart() {
  auto* part = tabs_->currentWidget();
  if (part == settings_) settings_->show(compared_);
  if (part == parallel_) parallel_->show(compared_);
  if (part == scatter_) scatter_->show(compared_);
  if (part == embeddings_) embeddings_->show(compared_);
}

void ComparePage::report() {
  const auto file =
      QFileDialog::getSaveFileName(this, tr("Report of the ticked runs"),
                                   QStringLiteral("report.html"), tr("HTML (*.html);;PDF (*.pdf)"));
  if (file.isEmpty()) return;
  std::vector<std::int64_t> runs;
  runs.reserve(compared_.runs.size());
  for (const auto& run : compared_.runs) runs.push_back(run.id);
  QGuiApplication::setOverrideCursor(Qt::WaitCursor);
  message_->attempt([&] {
    writeReport(workspace_.database(), runs, file.toStdString());
    message_->tell(tr("The report is in %1.").arg(file));
  });
  QGuiApplication::restoreOverrideCursor();
}

void ComparePage::offerBaseline(const QPoint& place) {
  const auto* item = runs_->itemAt(place);
  if (!item) return;
  const auto id = item->data(Qt::UserRole).toLongLong();
  const auto run = RunStore(workspace_.database()).find(id);
  if (!run) return;
  QMenu menu(this);
  menu.addAction(pinText(*run), this, [this, id] { pin(id); });
  menu.exec(runs_->viewport()->mapToGlobal(place));
}

void ComparePage::pin(std::int64_t run) {
  RunStore store(workspace_.database());
  const auto record = store.find(run);
  if (!record) return;
  auto tags = record->tags;
  if (std::erase(tags, kBaselineTag) == 0) tags.emplace_back(kBaselineTag);
  store.set_tags(run, tags);
  workspace_.announceChange();
}

void ComparePage::showPin() {
  const auto* item = runs_->currentItem();
  const auto run = item
                       ? RunStore(workspace_.database()).find(item->data(Qt::UserRole).toLongLong())
                       : std::nullopt;
  pin_->setEnabled(run.has_value());
  pin_->setText(run ? pinText(*run) : tr("Pin as a baseline"));
}

}  // namespace pretext
