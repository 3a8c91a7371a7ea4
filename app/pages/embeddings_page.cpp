#include "app/pages/embeddings_page.h"

#include "app/pages/film_bar.h"
#include "app/pages/label_panel.h"
#include "app/pages/page.h"
#include "app/pages/point_legend.h"
#include "app/pages/projection_bar.h"
#include "app/pages/sample_panel.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/objective/objective_registry.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "widgets/background.h"
#include "widgets/buddy_label.h"
#include "widgets/embedding_scatter.h"
#include "widgets/embedding_table_model.h"
#include "widgets/run_titles.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

namespace pretext {
namespace {

constexpr const char* kMethod = "embeddings/method";

QString nameOfMethod(const std::string& method) {
  return method == "tsne" ? QStringLiteral("t-SNE") : QString::fromStdString(method).toUpper();
}

/// Divides each row by its length.
void makeUnit(Embeddings& features) {
  const auto width = static_cast<std::size_t>(std::max<std::int64_t>(1, features.dimensions));
  for (std::size_t begin = 0; begin < features.rows.size(); begin += width) {
    const auto row = std::span(features.rows).subspan(begin, width);
    double sum = 0.0;
    for (const double value : row) sum += value * value;
    const auto scale = static_cast<float>(1.0 / std::max(1e-12, std::sqrt(sum)));
    for (auto& value : row) value *= scale;
  }
}

}  // namespace

EmbeddingsPage::EmbeddingsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      message_(new MessageLine(this)),
      sheets_(new QStackedWidget),
      run_(new QComboBox),
      caption_(new QLabel),
      projectionBar_(new ProjectionBar(workspace)),
      scatter_(new EmbeddingScatter),
      table_(new EmbeddingTableModel(this)),
      film_(new FilmBar(workspace)),
      legend_(new PointLegend(workspace)),
      tabs_(new QTabWidget),
      sample_(new SamplePanel),
      labels_(new LabelPanel(workspace)) {
  auto* splitter = new QSplitter;
  splitter->addWidget(makeCanvas());
  splitter->addWidget(makeSide());
  splitter->setStretchFactor(0, 1);
  splitter->setSizes({680, 300});
  auto* content = new QWidget;
  auto* contentLayout = new QVBoxLayout(content);
  contentLayout->setContentsMargins({});
  contentLayout->addWidget(makeTop());
  contentLayout->addWidget(splitter, 1);
  auto* empty = new EmptyState(tr("No embeddings yet"),
                               tr("A run leaves here what its encoder makes of each sample: heaps "
                                  "of what it takes to be alike."),
                               tr("New run…"), this);
  connect(empty, &EmptyState::pressed, this, &EmbeddingsPage::newRunRequested);
  sheets_->addWidget(empty);
  sheets_->addWidget(content);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(sheets_, 1);
  layout->addWidget(message_);  // Below, so that nothing moves away under the pointer.
  projectionBar_->setMethod(
      QSettings().value(QLatin1String(kMethod), QStringLiteral("pca")).toString().toStdString());
  connectParts();
}

void EmbeddingsPage::connectParts() {
  connect(run_, &QComboBox::currentIndexChanged, this, [this] {
    if (isVisible()) message_->attempt([this] { load(); });
  });
  connect(projectionBar_, &ProjectionBar::methodChosen, this, [this] {
    QSettings().setValue(QLatin1String(kMethod), QString::fromStdString(projectionBar_->method()));
    loadProjection();
  });
  connect(scatter_, &EmbeddingScatter::hovered, this,
          [this](qint64 position, const QPoint& place) { hover(position, place); });
  connect(scatter_, &EmbeddingScatter::clicked, this, [this](qint64 position) {
    choose(position);
    tabs_->setCurrentWidget(sample_);
  });
  connect(scatter_, &EmbeddingScatter::lassoed, this,
          [this](const std::vector<std::int64_t>& positions) {
            labels_->setSelection(positions);
            if (!positions.empty()) tabs_->setCurrentWidget(labels_);
          });
  connect(sample_, &SamplePanel::chosen, this, &EmbeddingsPage::choose);
  connect(labels_, &LabelPanel::chosen, scatter_, &EmbeddingScatter::setSelected);
  connect(labels_, &LabelPanel::changed, this, [this] {
    legend_->setLabels(labels_->labels(), labels_->probe());
    markLabelled();
  });
  connect(film_, &FilmBar::toggled, this, &EmbeddingsPage::showPoints);
  connect(film_, &FilmBar::wanted, this, &EmbeddingsPage::askForFilm);
  connect(film_, &FilmBar::moved, this, [this] {
    const auto places = film_->places();
    scatter_->setPlaces(places);
    if (!scatter_->isVisible()) table_->setPlaces(places);
  });
  connect(legend_, &PointLegend::coloured, this, [this](const PointColours& colours) {
    scatter_->setCategories(colours.categories);
    scatter_->setValues(colours.values);
  });
  connect(legend_, &PointLegend::emphasised, this, [this](int category) {
    scatter_->setEmphasis(category >= 0 ? std::optional(category) : std::nullopt);
  });
  const auto say = [this](const QString& reason) { message_->say(reason); };
  connect(labels_, &LabelPanel::failed, this, say);
  connect(labels_, &LabelPanel::told, message_, &MessageLine::tell);
  connect(legend_, &PointLegend::failed, this, say);
  connect(projectionBar_, &ProjectionBar::failed, this, say);
  connect(&workspace_, &Workspace::changed, this, [this] {
    if (isVisible()) refresh();
  });
}

QWidget* EmbeddingsPage::makeTop() {
  run_->setAccessibleName(tr("Run"));
  run_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  run_->setMinimumContentsLength(16);
  caption_->setAccessibleName(tr("What is shown"));
  auto* top = new QWidget;
  auto* layout = new QHBoxLayout(top);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buddyLabel(tr("Run"), run_));
  layout->addWidget(run_, 1);
  layout->addWidget(projectionBar_);
  return top;
}

QWidget* EmbeddingsPage::makeCanvas() {
  auto* points = new QTableView;
  points->setModel(table_);
  points->setAccessibleName(tr("Embeddings"));
  points->setTabKeyNavigation(false);
  points->setSelectionBehavior(QTableView::SelectRows);
  points->verticalHeader()->hide();
  points->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* asTable = new QCheckBox(tr("table"));
  asTable->setAccessibleName(tr("Embeddings, as a table"));
  asTable->setToolTip(
      tr("Show the points as a table; rows that are selected there can be labelled"));
  auto* lasso = new QCheckBox(tr("lasso"));
  lasso->setAccessibleName(tr("Lasso"));
  lasso->setToolTip(tr("Dragging selects points, as it does with Shift held; Escape drops them"));
  auto* row = new QHBoxLayout;
  row->addWidget(caption_, 1);
  row->addWidget(lasso);
  row->addWidget(asTable);
  auto* stack = new QStackedWidget;
  stack->addWidget(scatter_);
  stack->addWidget(points);
  auto* canvas = new QWidget;
  auto* layout = new QVBoxLayout(canvas);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(row);
  layout->addWidget(stack, 1);
  layout->addWidget(film_);
  connect(lasso, &QCheckBox::toggled, scatter_, &EmbeddingScatter::setLassoing);
  connect(asTable, &QCheckBox::toggled, stack,
          [stack](bool on) { stack->setCurrentIndex(on ? 1 : 0); });
  auto* selection = points->selectionModel();
  connect(selection, &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid()) choose(table_->position(current.row()));
          });
  connect(selection, &QItemSelectionModel::selectionChanged, this, [this, selection] {
    std::vector<std::int64_t> positions;
    for (const auto& index : selection->selectedRows())
      positions.push_back(table_->position(index.row()));
    select(positions);
  });
  return canvas;
}

QWidget* EmbeddingsPage::makeSide() {
  tabs_->setAccessibleName(tr("Sample or labels"));
  tabs_->addTab(sample_, tr("Sample"));
  tabs_->addTab(labels_, tr("Labels"));
  tabs_->setDocumentMode(true);
  auto* side = new QWidget;
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(legend_);
  layout->addWidget(tabs_, 1);
  return side;
}

std::int64_t EmbeddingsPage::run() const {
  return run_->currentIndex() < 0 ? -1 : run_->currentData().toLongLong();
}

void EmbeddingsPage::choose(std::int64_t position) {
  scatter_->setSelected(position);
  sample_->choose(position);
}

void EmbeddingsPage::select(const std::vector<std::int64_t>& positions) {
  scatter_->setLassoed(positions);
  labels_->setSelection(positions);
}

void EmbeddingsPage::showRun(std::int64_t run) {
  wantedRun_ = run;
  if (isVisible()) refresh();
}

void EmbeddingsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void EmbeddingsPage::refresh() {
  message_->attempt([this] { refreshRuns(); });
}

void EmbeddingsPage::offerRuns() {
  QVariantList ids;
  QStringList names;
  for (const auto& title : RunStore(workspace_.database()).titles()) {
    // A run of no steps keeps what it was given.
    if (title.step == 0 && title.status != RunStatus::kFinished) continue;
    ids << QVariant::fromValue<qint64>(title.id);
    names << runTitle(title.id, title.name);
  }
  bool isSame = ids.size() == run_->count();
  for (int i = 0; isSame && i < run_->count(); ++i)
    isSame = run_->itemData(i) == ids[i] && run_->itemText(i) == names[i];
  const auto before = run_->currentData();
  const QSignalBlocker blocker(run_);
  if (!isSame) {
    run_->clear();
    for (int i = 0; i < ids.size(); ++i) run_->addItem(names[i], ids[i]);
    run_->setCurrentIndex(run_->findData(before));
  }
  const auto wanted = QVariant::fromValue<qint64>(std::exchange(wantedRun_, -1));
  if (ids.contains(wanted)) run_->setCurrentIndex(run_->findData(wanted));
  if (run_->currentIndex() >= 0) return;
  const auto newest = ProjectionStore(workspace_.database()).newest_run().value_or(-1);
  run_->setCurrentIndex(std::max(0, run_->findData(QVariant::fromValue<qint64>(newest))));
}

void EmbeddingsPage::refreshRuns() {
  offerRuns();
  sheets_->setCurrentIndex(run_->count() == 0 ? 0 : 1);
  if (run() != loadedRun_) return load();
  ProjectionStore projections(workspace_.database());
  // Its labels were attached, or it was restored.
  if (corpus_ && workspace_.corpus(corpus_->record().id) != corpus_) return load();
  if (projections.newest_id(run(), projectionBar_->method()) != triedProjection_) {
    const auto embedded =
        corpus_
            ? ResultStore(workspace_.database()).embedded_checkpoint(run(), corpus_->record().id)
            : std::nullopt;
    if (embedded != loadedCheckpoint_) return load();
    loadProjection();
  }
  film_->setRun(run(), projectionBar_->method());
  labels_->refresh();
  legend_->refresh();
  projectionBar_->refresh();
  sayWhatIsShown();
}

void EmbeddingsPage::load() {
  loadedRun_ = run();
  corpus_.reset();
  positions_.clear();  // They are of another run.
  scatter_->setPoints({});
  legend_->setPoints({});
  loadedCheckpoint_.reset();
  const auto record = RunStore(workspace_.database()).find(run());
  message_->attempt([&] {
    if (!record) return;
    corpus_ = workspace_.corpus(record->corpus_id);
    loadedCheckpoint_ =
        ResultStore(workspace_.database()).embedded_checkpoint(run(), record->corpus_id);
  });
  std::optional<Experiment> recipe;
  message_->attempt([&] {
    if (!record || !corpus_ || find_objective(record->objective).num_views != 2) return;
    auto experiment = Experiment::from_json(record->settings());
    if (experiment.has("views.preset")) recipe = std::move(experiment);
  });
  sample_->setSamples(corpus_, std::move(recipe));
  if (corpus_ && loadedCheckpoint_) loadFeatures(record->corpus_id);
  labels_->setRun(run(), corpus_);
  projectionBar_->setRun(run());
  legend_->setRun(run(), corpus_, loadedCheckpoint_);
  legend_->setLabels(labels_->labels(), labels_->probe());
  loadProjection();
}

void EmbeddingsPage::loadFeatures(std::int64_t corpus) {
  const auto read = [folder = workspace_.folder(), run = run(), corpus] {
    Database database(folder);
    auto features = ResultStore(database).embeddings(run, corpus);
    makeUnit(features);
    return features;
  };
  runInBackground(this, read, [this, run = run()](Outcome<Embeddings>&& features) {
    if (run != loadedRun_) return;  // Another is in hand by now.
    if (features.value && features.value->checkpoint_id == loadedCheckpoint_)
      sample_->setFeatures(std::move(*features.value));
    if (!features.value) message_->say(features.complaint);
  });
}

void EmbeddingsPage::askForFilm() {
  message_->attempt([this] { workspace_.submit("film", run(), projectionBar_->parameters()); });
}

void EmbeddingsPage::loadProjection() {
  ProjectionStore projections(workspace_.database());
  triedProjection_ = projections.newest_id(run(), projectionBar_->method());
  projection_.reset();
  if (corpus_) projection_ = projections.newest(run(), projectionBar_->method());
  film_->setRun(run(), projectionBar_->method());
  showPoints();
}

void EmbeddingsPage::showPoints() {
  const bool isFilm = film_->isOn();
  positions_ = isFilm        ? film_->frames().front().positions
               : projection_ ? projection_->positions
                             : std::vector<std::int64_t>();
  const auto places = isFilm        ? film_->places()
                      : projection_ ? projection_->coordinates
                                    : std::vector<float>();
  auto points = pointsAt(positions_, places);
  table_->show(corpus_, points);
  scatter_->setPoints(std::move(points));
  if (isFilm) {
    for (const auto& frame : film_->frames()) scatter_->include(frame.coordinates);
  }
  scatter_->setLassoed(labels_->selection());
  scatter_->setSelected(sample_->chosenSample());
  markLabelled();
  labels_->setNumShown(std::ssize(positions_));
  legend_->setPoints(positions_);
  sayWhatIsShown();
}

void EmbeddingsPage::markLabelled() {
  std::vector<std::int64_t> labelled;
  labelled.reserve(labels_->labels().size());
  for (const auto& [position, label] : labels_->labels()) labelled.push_back(position);
  scatter_->setMarked(labelled);
}

void EmbeddingsPage::sayWhatIsShown() {
  RunStore runs(workspace_.database());
  const auto newest = runs.newest_checkpoint(run());
  const bool isUnderWay = projectionBar_->isUnderWay();
  const bool isStale = projection_ && newest && newest->step > projection_->step;
  projectionBar_->setShown(projection_ ? std::optional(projection_->parameters) : std::nullopt,
                           isStale);
  if (film_->isOn()) {
    const auto count = film_->frames().front().positions.size();
    return caption_->setText(
        tr("Film of %L1 samples by %2").arg(count).arg(nameOfMethod(projectionBar_->method())));
  }
  if (!projection_) {
    const auto method = nameOfMethod(projectionBar_->method());
    return caption_->setText(
        isUnderWay ? tr("The embeddings of this run are being computed…")
        : newest   ? tr("This run has no %1 yet: compute it.").arg(method)
                   : tr("This run has no embeddings yet: they come when it has finished."));
  }
  auto text = tr("%1 of %L2 samples at step %L3")
                  .arg(nameOfMethod(projection_->method))
                  .arg(projection_->positions.size())
                  .arg(projection_->step);
  const auto parameters = nlohmann::json::parse(projection_->parameters);
  if (parameters.contains("trustworthiness")) {
    text += tr(", trustworthiness %1").arg(parameters["trustworthiness"].get<double>(), 0, 'f', 3);
    caption_->setToolTip(
        tr("How far points that are neighbours here were neighbours before: 1 is "
           "always, 0.5 about chance"));
  }
  if (isUnderWay) {
    text = tr("%1 — newer ones are being computed…").arg(text);
  } else if (isStale) {
    text = tr("%1 — stale: the run has a newer checkpoint").arg(text);
  }
  caption_->setText(text);
}

void EmbeddingsPage::hover(std::int64_t position, const QPoint& place) {
  if (position < 0 || !corpus_) {
    QToolTip::hideText();
    return;
  }
  QToolTip::showText(place, sample_->describe(position), scatter_);
  if (tabs_->currentWidget() == sample_) sample_->show(position);
}

}  // namespace pretext
