#include "app/pages/embeddings_page.h"

#include "core/base/error.h"
#include "core/store/job_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/embedding_scatter.h"
#include "widgets/embedding_table_model.h"
#include "widgets/image_conversion.h"
#include "widgets/text_document_model.h"
#include "widgets/thumbnail_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

constexpr int kPictureSize = 140;  // Device-independent pixels.
constexpr std::size_t kNeighbours = 12;

void makeUnit(std::vector<float>& rows, std::int64_t dimensions) {
  for (std::size_t begin = 0; begin < rows.size(); begin += static_cast<std::size_t>(dimensions)) {
    double sum = 0.0;
    for (std::int64_t d = 0; d < dimensions; ++d)
      sum += static_cast<double>(rows[begin + d]) * rows[begin + d];
    const auto scale = static_cast<float>(1.0 / std::max(1e-12, std::sqrt(sum)));
    for (std::int64_t d = 0; d < dimensions; ++d) rows[begin + d] *= scale;
  }
}

}  // namespace

EmbeddingsPage::EmbeddingsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      run_(new QComboBox),
      caption_(new QLabel),
      compute_(new QPushButton(tr("&Compute them"))),
      scatter_(new EmbeddingScatter),
      table_(new EmbeddingTableModel(this)),
      picture_(new QLabel),
      classes_(new QListWidget),
      classesTitle_(buddyLabel(tr("Classes: choose one to pick it out"), classes_)),
      description_(new QLabel),
      neighbourList_(new QListView),
      neighbours_(new ThumbnailModel(this)),
      nextDocuments_(new TextDocumentModel(this)) {
  run_->setAccessibleName(tr("Run"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("Run"), run_));
  top->addWidget(run_, 1);
  top->addWidget(caption_, 2);
  top->addWidget(compute_);
  auto* asTable = new QCheckBox(tr("table"));
  asTable->setAccessibleName(tr("Embeddings, as a table"));
  asTable->setToolTip(tr("Show the points as a table"));
  top->addWidget(asTable);
  compute_->setAccessibleName(tr("Compute embeddings"));
  connect(compute_, &QPushButton::clicked, this, [this] { compute(); });
  auto* splitter = new QSplitter;
  splitter->addWidget(makeCanvas(asTable));
  splitter->addWidget(makeSide());
  splitter->setStretchFactor(0, 1);
  splitter->setSizes({700, 280});
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(splitter, 1);
  connect(run_, &QComboBox::currentIndexChanged, this, [this] { load(); });
  connect(scatter_, &EmbeddingScatter::hovered, this,
          [this](qint64 position, const QPoint& place) { hover(position, place); });
  connect(scatter_, &EmbeddingScatter::clicked, this, &EmbeddingsPage::choose);
  connect(&workspace_, &Workspace::changed, this, [this] { refreshRuns(); });
  refreshRuns();
}

QWidget* EmbeddingsPage::makeSide() {
  picture_->setFixedSize(kPictureSize, kPictureSize);
  picture_->setFrameShape(QFrame::StyledPanel);
  picture_->setAlignment(Qt::AlignCenter);
  picture_->setAccessibleName(tr("Chosen sample"));
  description_->setAccessibleName(tr("Chosen sample, in words"));
  description_->setWordWrap(true);
  description_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  neighbourList_->setIconSize({ThumbnailModel::kThumbnailSize, ThumbnailModel::kThumbnailSize});
  neighbourList_->setAccessibleName(tr("Nearest neighbours"));
  forgetSample();
  fitToKind(false);
  auto* side = new QWidget;
  auto* sideLayout = new QVBoxLayout(side);
  classes_->setAccessibleName(tr("Classes"));
  classes_->setFixedHeight(148);
  sideLayout->addWidget(classesTitle_);
  sideLayout->addWidget(classes_);
  sideLayout->addWidget(picture_, 0, Qt::AlignHCenter);
  sideLayout->addWidget(description_);
  sideLayout->addWidget(buddyLabel(tr("Nearest neighbours, by cosine"), neighbourList_));
  sideLayout->addWidget(neighbourList_, 1);
  connect(classes_, &QListWidget::currentRowChanged, this, [this](int row) {
    scatter_->setEmphasis(row > 0 ? std::optional(row - 1) : std::nullopt);
  });
  return side;
}

QWidget* EmbeddingsPage::makeCanvas(QCheckBox* asTable) {
  auto* points = new QTableView;
  points->setModel(table_);
  points->setAccessibleName(tr("Embeddings"));
  points->setSelectionBehavior(QTableView::SelectRows);
  points->verticalHeader()->hide();
  points->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* stack = new QStackedWidget;
  stack->addWidget(scatter_);
  stack->addWidget(points);
  connect(asTable, &QCheckBox::toggled, stack,
          [stack](bool on) { stack->setCurrentIndex(on ? 1 : 0); });
  connect(points->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& row) {
            if (row.isValid()) choose(table_->position(row.row()));
          });
  return stack;
}

void EmbeddingsPage::choose(std::int64_t position) {
  scatter_->setSelected(position);
  showSample(position);
  showNeighbours(position);
}

void EmbeddingsPage::showRun(std::int64_t run) {
  const int index = run_->findData(QVariant::fromValue<qint64>(run));
  if (index >= 0) run_->setCurrentIndex(index);
}

void EmbeddingsPage::refreshRuns() {
  RunStore runs(workspace_.database());
  QVariantList wanted;
  QStringList names;
  for (const auto& run : runs.list()) {
    // A run of no steps keeps what it was given.
    if (run.step == 0 && run.status != RunStatus::kFinished) continue;
    wanted << QVariant::fromValue<qint64>(run.id);
    names << QStringLiteral("%1 · %2").arg(run.id).arg(QString::fromStdString(run.name));
  }
  bool same = wanted.size() == run_->count();
  for (int i = 0; same && i < run_->count(); ++i)
    same = run_->itemData(i) == wanted[i] && run_->itemText(i) == names[i];
  if (!same) {
    const auto old = run_->currentData();
    const QSignalBlocker blocker(run_);  // What is shown stays, unless its run is gone.
    run_->clear();
    for (int i = 0; i < wanted.size(); ++i) run_->addItem(names[i], wanted[i]);
    showRun(wanted.contains(old)
                ? old.toLongLong()
                : ResultStore(workspace_.database()).newest_projected_run().value_or(-1));
    if (run_->currentData() != old) return load();
  }
  const auto run = run_->currentData().toLongLong();
  if (ResultStore(workspace_.database()).newest_projection_id(run) != shownProjection_) {
    load();
  } else if (shownStep_) {
    sayWhatIsShown();
  } else {
    sayThatNoneAreThere(run);
  }
}

void EmbeddingsPage::load() {
  forgetSample();
  positions_.clear();
  features_.clear();
  shownStep_.reset();
  shownProjection_.reset();
  scatter_->setPoints({});
  table_->show({}, {});
  classes_->clear();
  const auto id = run_->currentData().toLongLong();
  compute_->hide();
  RunStore runs(workspace_.database());
  const auto run = runs.find(id);
  ResultStore results(workspace_.database());
  const auto projection = results.newest_projection(id);
  if (!run || !projection) {
    sayThatNoneAreThere(id);
    return;
  }
  try {
    corpus_ = workspace_.corpus(run->corpus_id);
  } catch (const UserError& error) {
    caption_->setText(QString::fromUtf8(error.what()));
    return;
  }
  fitToKind(corpus_->is_text());
  auto embeddings = results.embeddings(id, run->corpus_id);
  dimensions_ = embeddings.dimensions;
  positions_ = std::move(embeddings.positions);
  features_ = std::move(embeddings.rows);
  makeUnit(features_, std::max<std::int64_t>(1, dimensions_));
  shownStep_ = projection->step;
  shownProjection_ = projection->id;
  const bool isLabelled = !corpus_->record().classes.empty();
  std::vector<EmbeddingScatter::Point> points;
  for (std::size_t i = 0; i < projection->positions.size(); ++i) {
    const auto position = projection->positions[i];
    points.push_back({projection->coordinates[2 * i], projection->coordinates[2 * i + 1],
                      isLabelled ? static_cast<int>(corpus_->label(position)) : 0, position});
  }
  shown_ = tr("%1 of %L2 samples at step %L3")
               .arg(QString::fromStdString(projection->method).toUpper())
               .arg(points.size())
               .arg(projection->step);
  sayWhatIsShown();
  table_->show(corpus_, points);
  scatter_->setPoints(std::move(points));
  showClasses();
}

bool EmbeddingsPage::isBeingComputed(std::int64_t run) {
  return std::ranges::any_of(
      JobStore(workspace_.database()).pending_interactive(), [&](const JobRecord& job) {
        const bool isOfAnother = nlohmann::json::parse(job.parameters).contains("corpus");
        return job.run_id == run && !isOfAnother && (job.kind == "embed" || job.kind == "project");
      });
}

void EmbeddingsPage::sayWhatIsShown() {
  const auto run = run_->currentData().toLongLong();
  const auto newest = RunStore(workspace_.database()).newest_checkpoint(run);
  const bool isStale = newest && newest->step > shownStep_;
  const bool isUnderWay = isStale && isBeingComputed(run);
  compute_->setVisible(isStale && !isUnderWay);
  caption_->setText(!isStale     ? shown_
                    : isUnderWay ? tr("%1 — newer ones are being computed…").arg(shown_)
                                 : tr("%1 — stale: the run has a newer checkpoint").arg(shown_));
}

void EmbeddingsPage::sayThatNoneAreThere(std::int64_t run) {
  const bool isUnderWay = isBeingComputed(run);
  const bool hasCheckpoint = RunStore(workspace_.database()).newest_checkpoint(run).has_value();
  compute_->setVisible(hasCheckpoint && !isUnderWay);
  caption_->setText(run_->count() == 0 ? tr("A finished run leaves its embeddings here.")
                    : isUnderWay       ? tr("The embeddings of this run are being computed…")
                    : hasCheckpoint
                        ? tr("This run has no embeddings yet.")
                        : tr("This run has no embeddings yet: they come when it has finished."));
}

void EmbeddingsPage::compute() {
  try {
    JobStore jobs(workspace_.database());
    jobs.submit("embed", run_->currentData().toLongLong(), "{}");
    jobs.ensure_engines();
    workspace_.announceChange();
  } catch (const UserError& error) {
    caption_->setText(QString::fromUtf8(error.what()));
  }
}

void EmbeddingsPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  // The marks are drawn in the theme's colours.
  if (event->type() == QEvent::PaletteChange && shownStep_) showClasses();
}

void EmbeddingsPage::showClasses() {
  classes_->clear();
  const auto& names = corpus_->record().classes;
  for (QWidget* widget : {static_cast<QWidget*>(classesTitle_), static_cast<QWidget*>(classes_)})
    widget->setVisible(!names.empty());
  if (names.empty()) return;
  classes_->addItem(tr("All classes"));
  for (std::size_t i = 0; i < names.size(); ++i) {
    new QListWidgetItem(EmbeddingScatter::categoryMark(static_cast<int>(i), devicePixelRatioF()),
                        QString::fromStdString(names[i]), classes_);
  }
  classes_->setCurrentRow(0);
}

void EmbeddingsPage::hover(std::int64_t position, const QPoint& place) {
  if (position < 0 || !corpus_) {
    QToolTip::hideText();
    return;
  }
  QToolTip::showText(place, describe(position), scatter_);
  showSample(position);
}

void EmbeddingsPage::fitToKind(bool isText) {
  picture_->setVisible(!isText);
  neighbourList_->setModel(isText ? static_cast<QAbstractItemModel*>(nextDocuments_) : neighbours_);
  neighbourList_->setViewMode(isText ? QListView::ListMode : QListView::IconMode);
  neighbourList_->setResizeMode(QListView::Adjust);
  neighbourList_->setMovement(QListView::Static);
  neighbourList_->setWordWrap(isText);
  neighbourList_->setAlternatingRowColors(isText);
  neighbourList_->setHorizontalScrollBarPolicy(isText ? Qt::ScrollBarAlwaysOff
                                                      : Qt::ScrollBarAsNeeded);
}

QString EmbeddingsPage::describe(std::int64_t position) const {
  constexpr int kShownCharacters = 400;
  constexpr std::ptrdiff_t kMostShown = 4 * kShownCharacters;  // Bytes.
  auto sentence = describeSample(*corpus_, position).toHtmlEscaped();
  if (!corpus_->is_text()) return sentence;
  try {
    const auto bytes = corpus_->text().documents().text(position);
    const auto text = QString::fromUtf8(bytes.data(), std::min(std::ssize(bytes), kMostShown));
    const bool isLong = text.size() > kShownCharacters;
    sentence = QStringLiteral("<p>%1%2</p><p><small>%3</small></p>")
                   .arg(text.left(kShownCharacters).toHtmlEscaped(),
                        isLong ? QStringLiteral("…") : QString(), sentence);
  } catch (const UserError& error) {
    sentence += QStringLiteral("<p>%1</p>").arg(QString::fromUtf8(error.what()).toHtmlEscaped());
  }
  return sentence;
}

void EmbeddingsPage::forgetSample() {
  picture_->clear();
  neighbours_->show(nullptr, {});
  nextDocuments_->show(nullptr, {});
  description_->setText(tr(
      "Hover to see a sample, click for its nearest neighbours. The wheel zooms, dragging moves."));
}

void EmbeddingsPage::showSample(std::int64_t position) {
  description_->setText(describe(position));
  if (corpus_->is_text()) return;
  const auto image = toImage(corpus_->images().image(position), corpus_->value_window());
  const double ratio = devicePixelRatioF();
  auto pixmap = QPixmap::fromImage(image.scaled(
      QSize(kPictureSize, kPictureSize) * ratio, Qt::KeepAspectRatio,
      image.width() < kPictureSize ? Qt::FastTransformation : Qt::SmoothTransformation));
  pixmap.setDevicePixelRatio(ratio);
  picture_->setPixmap(pixmap);
}

void EmbeddingsPage::showNeighbours(std::int64_t position) {
  const auto found = std::ranges::find(positions_, position);
  if (found == positions_.end()) return;
  const auto width = static_cast<std::size_t>(dimensions_);
  const float* query = &features_[static_cast<std::size_t>(found - positions_.begin()) * width];
  std::vector<std::pair<float, std::int64_t>> ranked;
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    if (positions_[i] == position) continue;
    float cosine = 0.f;
    for (std::size_t d = 0; d < width; ++d) cosine += query[d] * features_[i * width + d];
    ranked.emplace_back(-cosine, positions_[i]);
  }
  const auto count = std::min(kNeighbours, ranked.size());
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::int64_t> nearest;
  for (std::size_t i = 0; i < count; ++i) nearest.push_back(ranked[i].second);
  if (corpus_->is_text()) return nextDocuments_->show(corpus_, std::move(nearest));
  neighbours_->show(corpus_, std::move(nearest));
}

}  // namespace pretext
