#include "app/pages/label_panel.h"

#include "app/pages/label_menu.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/json_column.h"
#include "core/store/run_store.h"
#include "widgets/buddy_label.h"
#include "widgets/text_document_model.h"
#include "widgets/theme.h"
#include "widgets/thumbnail_model.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <utility>

namespace pretext {
namespace {

constexpr std::size_t kUnsure = 24;        // Samples that are shown as the least certain.
constexpr std::size_t kMostListed = 5000;  // Of a selection, in its list.

/// Positions of what a probe is least sure of, among those without a label, the least sure first.
std::vector<std::int64_t> leastCertain(const LabelProbe& probe,
                                       const std::map<std::int64_t, std::string>& labels) {
  std::vector<std::pair<float, std::int64_t>> ranked;
  for (std::size_t i = 0; i < probe.positions.size(); ++i) {
    if (!labels.contains(probe.positions[i]))
      ranked.emplace_back(probe.certainty[i], probe.positions[i]);
  }
  const auto count = std::min(kUnsure, ranked.size());
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::int64_t> positions;
  positions.reserve(count);
  for (std::size_t i = 0; i < count; ++i) positions.push_back(ranked[i].second);
  return positions;
}

}  // namespace

LabelPanel::LabelPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      selected_(makeList(tr("Selected samples"))),
      selectedTitle_(buddyLabel({}, selected_.view)),
      class_(new QComboBox),
      give_(new QPushButton(tr("&Label"))),
      takeAway_(new QPushButton(tr("Take a&way"))),
      labelling_(new QComboBox),
      undo_(new QToolButton),
      redo_(new QToolButton),
      menu_(new LabelMenu(workspace)),
      learn_(new QPushButton(tr("&Train a probe on these labels"))),
      progress_(new QProgressBar),
      stop_(new QPushButton(tr("&Stop"))),
      outcome_(new QLabel),
      unsure_(makeList(tr("Least certain samples"))),
      unsureTitle_(buddyLabel(tr("Least certain: label these next"), unsure_.view)) {
  outcome_->setWordWrap(true);
  outcome_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  outcome_->setMinimumHeight(3 * fontMetrics().lineSpacing());  // What is below does not jump.
  outcome_->setAccessibleName(tr("What the probe learned"));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(makeLabelling());
  layout->addWidget(selectedTitle_);
  layout->addWidget(selected_.view, 1);
  layout->addWidget(makeGiving());
  layout->addWidget(makeLearning());
  layout->addWidget(outcome_);
  layout->addWidget(unsureTitle_);
  layout->addWidget(unsure_.view, 1);
  connect(menu_, &LabelMenu::opened, this, &LabelPanel::refresh);  // A name may just be written.
  connect(menu_, &LabelMenu::failed, this, &LabelPanel::failed);
  connect(menu_, &LabelMenu::told, this, &LabelPanel::told);
  setSelection({});
  showProbe();
}

LabelPanel::SampleList LabelPanel::makeList(const QString& name) {
  SampleList list{new QListView(this), new ThumbnailModel(this), new TextDocumentModel(this)};
  list.view->setAccessibleName(name);
  list.view->setIconSize({ThumbnailModel::kThumbnailSize, ThumbnailModel::kThumbnailSize});
  list.view->setResizeMode(QListView::Adjust);
  list.view->setMovement(QListView::Static);
  list.view->setUniformItemSizes(true);
  list.view->setMinimumHeight(ThumbnailModel::kThumbnailSize + 24);
  list.view->setSelectionMode(QListView::ExtendedSelection);
  connect(list.view, &QListView::clicked, this, [this](const QModelIndex& index) {
    Q_EMIT chosen(index.data(ThumbnailModel::kPositionRole).toLongLong());
  });
  return list;
}

QWidget* LabelPanel::makeLabelling() {
  labelling_->setEditable(true);
  labelling_->setInsertPolicy(QComboBox::NoInsert);
  labelling_->setCompleter(nullptr);  // It would put another name in place of the one written.
  labelling_->setAccessibleName(tr("Labelling"));
  labelling_->setToolTip(tr("A set of labels under a name: write a new one to begin another"));
  labelling_->lineEdit()->setPlaceholderText(tr("by hand"));
  labelling_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  undo_->setIcon(themedIcon(QStringLiteral("undo")));
  undo_->setAccessibleName(tr("Undo the label"));
  redo_->setIcon(themedIcon(QStringLiteral("redo")));
  redo_->setAccessibleName(tr("Redo the label"));
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(buddyLabel(tr("Labelling"), labelling_));
  layout->addWidget(labelling_, 1);
  for (auto* button : std::initializer_list<QWidget*>{undo_, redo_, menu_})
    layout->addWidget(button);
  connect(undo_, &QToolButton::clicked, this, [this] { step(true); });
  connect(redo_, &QToolButton::clicked, this, [this] { step(false); });
  connect(labelling_, &QComboBox::activated, this, [this] {
    lastAct_ = -1;
    refresh();
  });
  connect(labelling_->lineEdit(), &QLineEdit::editingFinished, this, [this] {
    lastAct_ = -1;
    refresh();
  });
  return row;
}

QWidget* LabelPanel::makeGiving() {
  class_->setEditable(true);
  class_->setInsertPolicy(QComboBox::NoInsert);
  class_->setCompleter(nullptr);
  class_->setAccessibleName(tr("Class to give"));
  class_->lineEdit()->setPlaceholderText(tr("class"));
  class_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  give_->setAccessibleName(tr("Label the selected samples"));
  takeAway_->setAccessibleName(tr("Take the labels of the selected samples away"));
  takeAway_->setToolTip(takeAway_->accessibleName());
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(class_, 1);
  layout->addWidget(give_);
  layout->addWidget(takeAway_);
  connect(give_, &QPushButton::clicked, this, [this] { give(false); });
  connect(takeAway_, &QPushButton::clicked, this, [this] { give(true); });
  connect(class_->lineEdit(), &QLineEdit::returnPressed, this, [this] { give(false); });
  connect(class_, &QComboBox::currentTextChanged, this, &LabelPanel::showState);
  const auto keep = [this] { hasGiven_ = false; };  // It is another by now.
  connect(class_->lineEdit(), &QLineEdit::textEdited, this, keep);
  connect(class_, &QComboBox::activated, this, keep);
  return row;
}

QWidget* LabelPanel::makeLearning() {
  learn_->setAccessibleName(tr("Train a probe on these labels"));
  learn_->setToolTip(tr("A softmax layer on this run's frozen features; seconds of work"));
  connect(learn_, &QPushButton::clicked, this, &LabelPanel::learn);
  progress_->setAccessibleName(tr("Progress of the probe"));
  progress_->setMaximum(100);
  stop_->setAccessibleName(tr("Stop the probe"));
  connect(stop_, &QPushButton::clicked, this, [this] {
    attempt([this] {
      if (job_) JobStore(workspace_.database()).stop_job(job_->id);
      workspace_.announceChange();
    });
  });
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(learn_, 1);
  layout->addWidget(progress_, 1);
  layout->addWidget(stop_);
  return row;
}

void LabelPanel::setRun(std::int64_t run, std::shared_ptr<const Corpus> corpus) {
  const auto idOf = [](const auto& of) { return of ? of->record().id : -1; };
  const bool isOtherCorpus = idOf(corpus) != idOf(corpus_);
  run_ = run;
  corpus_ = std::move(corpus);
  job_.reset();
  lastAct_ = -1;
  probe_.reset();
  if (isOtherCorpus) {
    setSelection({});
    labelling_->setEditText({});  // The first of its own.
  }
  listLabellings();
  refresh();
}

void LabelPanel::listLabellings() {
  const QSignalBlocker blocker(labelling_);
  const auto typed = labelling_->currentText();
  labelling_->clear();
  if (!corpus_) return;
  for (const auto& each : LabellingStore(workspace_.database()).list(corpus_->record().id))
    labelling_->addItem(QString::fromStdString(each.name));
  const int known = labelling_->findText(typed, Qt::MatchExactly);
  if (known >= 0 || typed.isEmpty()) {
    labelling_->setCurrentIndex(known >= 0 ? known : 0);
  } else {
    labelling_->setEditText(typed);
  }
}

std::optional<LabellingRecord> LabelPanel::labelling() {
  if (!corpus_) return std::nullopt;
  for (auto& each : LabellingStore(workspace_.database()).list(corpus_->record().id)) {
    if (QString::fromStdString(each.name) == labelling_->currentText().trimmed()) return each;
  }
  return std::nullopt;
}

void LabelPanel::setSelection(std::vector<std::int64_t> positions) {
  selection_ = std::move(positions);
  unsure_.view->clearSelection();
  // Of what was labelled last, lest the next heap gets its class by mistake.
  if (std::exchange(hasGiven_, false)) class_->setEditText({});
  fill(selected_, listed());
  selectedTitle_->setText(
      selection_.empty()
          ? tr("Draw a lasso around points (Shift and drag) to select them")
          : tr("%L1 selected; pick some of them to label only these").arg(selection_.size()));
  selectedTitle_->setWordWrap(true);
  showState();
}

std::vector<std::int64_t> LabelPanel::listed() const {
  const auto shown = std::min(selection_.size(), kMostListed);
  return {selection_.begin(), selection_.begin() + static_cast<std::ptrdiff_t>(shown)};
}

void LabelPanel::setNumShown(std::int64_t points) {
  numShown_ = points;
  showProbe();
}

void LabelPanel::fill(const SampleList& list, std::vector<std::int64_t> positions) {
  const bool isText = corpus_ && corpus_->is_text();
  const auto corpus = positions.empty() ? nullptr : corpus_;
  auto* model = isText ? static_cast<QAbstractItemModel*>(list.documents) : list.pictures;
  if (list.view->model() != model) {
    list.view->setModel(model);
    connect(list.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this, view = list.view](const QItemSelection& added) {
              if (!added.isEmpty()) clearPicksBut(view);
              showState();
            });
  }
  list.view->setViewMode(isText ? QListView::ListMode : QListView::IconMode);
  list.view->setMovement(QListView::Static);
  auto captions = labelsOf(positions);
  if (isText) return list.documents->show(corpus, std::move(positions), std::move(captions));
  list.pictures->show(corpus, std::move(positions), std::move(captions));
}

QStringList LabelPanel::labelsOf(const std::vector<std::int64_t>& positions) const {
  const auto labelOf = [this](std::int64_t position) {
    const auto found = labels_.find(position);
    return found == labels_.end() ? QString() : QString::fromStdString(found->second);
  };
  QStringList captions;
  std::ranges::transform(positions, std::back_inserter(captions), labelOf);
  return captions;
}

void LabelPanel::clearPicksBut(const QListView* list) {
  for (const auto& other : {selected_, unsure_}) {
    if (other.view != list) other.view->clearSelection();
  }
}

std::vector<std::int64_t> LabelPanel::picked() const {
  for (const auto& list : {unsure_, selected_}) {
    std::vector<std::int64_t> positions;
    if (!list.view->selectionModel() || !list.view->isVisible()) continue;
    for (const auto& index : list.view->selectionModel()->selectedIndexes())
      positions.push_back(index.data(ThumbnailModel::kPositionRole).toLongLong());
    if (!positions.empty()) return positions;
  }
  return selection_;
}

void LabelPanel::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void LabelPanel::give(bool takeAway) {
  const auto name = class_->currentText().trimmed();
  if (!corpus_ || (!takeAway && name.isEmpty())) return;
  const auto samples = picked();
  if (samples.empty())
    return Q_EMIT failed(tr("Choose the samples to label first: draw a lasso around points."));
  attempt([&] {
    LabellingStore store(workspace_.database());
    auto into = labelling_->currentText().trimmed();
    if (into.isEmpty()) into = labelling_->lineEdit()->placeholderText();
    const auto target = store.find_or_create(corpus_->record().id, into.toStdString());
    store.give(target.id, samples, takeAway ? std::string() : name.toStdString());
    labelling_->setEditText(QString::fromStdString(target.name));
    listLabellings();
    clearPicksBut(nullptr);
    hasGiven_ = !takeAway;
    workspace_.announceChange();
  });
}

void LabelPanel::step(bool back) {
  attempt([&] {
    LabellingStore store(workspace_.database());
    const auto own = labelling();
    if (!own) return;
    back ? store.undo(own->id) : store.redo(own->id);
    workspace_.announceChange();
  });
}

void LabelPanel::learn() {
  attempt([&] {
    const auto own = labelling();
    if (!own) return;
    workspace_.submit("probe", run_, nlohmann::json{{"labelling", own->id}}.dump());
  });
}

void LabelPanel::refresh() {
  if (!corpus_) return menu_->setLabels({});
  LabellingStore store(workspace_.database());
  if (!labelling_->lineEdit()->hasFocus()) listLabellings();
  const auto own = labelling();
  const auto lastAct = own ? store.last_act(own->id) : 0;
  const auto probeId = own ? store.newest_probe_id(own->id, run_) : std::nullopt;
  const bool isNew =
      lastAct != lastAct_ || probeId != (probe_ ? std::optional(probe_->id) : std::nullopt);
  followTraining(own);
  if (isNew) {
    lastAct_ = lastAct;
    labels_ = own ? store.labels(own->id) : std::map<std::int64_t, std::string>();
    probe_ = own ? store.newest_probe(own->id, run_) : std::nullopt;
    const QSignalBlocker blocker(class_);
    const auto typed = class_->currentText();
    std::set<std::string> classes(corpus_->record().classes.begin(),
                                  corpus_->record().classes.end());
    for (const auto& [position, label] : labels_) classes.insert(label);
    class_->clear();
    for (const auto& name : classes) class_->addItem(QString::fromStdString(name));
    class_->setEditText(typed);
    const auto captions = labelsOf(listed());
    selected_.pictures->setCaptions(captions);
    selected_.documents->setCaptions(captions);
    fill(unsure_, probe_ ? leastCertain(*probe_, labels_) : std::vector<std::int64_t>());
  }
  menu_->setLabels({corpus_, run_, own, labels_.size(), probe_.has_value()});
  showState();
  showProbe();
  if (isNew) Q_EMIT changed();
}

void LabelPanel::followTraining(const std::optional<LabellingRecord>& labelling) {
  JobStore jobs(workspace_.database());
  const auto before = job_;
  job_.reset();
  for (auto& job : jobs.pending_interactive()) {
    if (job.kind != "probe" || job.run_id != run_ || !labelling) continue;
    const auto own = json_column_or_none(job.parameters, [](const nlohmann::json& settings) {
      return settings.at("labelling").get<std::int64_t>();
    });
    if (own == labelling->id) job_ = std::move(job);
  }
  if (!before || job_) return;
  const auto ended = jobs.find(before->id);
  if (ended && ended->status == "failed") Q_EMIT failed(QString::fromStdString(ended->reason));
}

void LabelPanel::showState() {
  const auto samples = picked();
  const bool canGive = corpus_ && !samples.empty();
  give_->setEnabled(canGive && !class_->currentText().trimmed().isEmpty());
  takeAway_->setEnabled(canGive && std::ranges::any_of(samples, [this](auto position) {
                          return labels_.contains(position);
                        }));
  const auto own = labelling();
  LabellingStore store(workspace_.database());
  const auto back = own ? store.next_undo(own->id) : std::nullopt;
  const auto again = own ? store.next_redo(own->id) : std::nullopt;
  undo_->setEnabled(back.has_value());
  redo_->setEnabled(again.has_value());
  const auto tip = [&](const QString& text, const std::optional<LabelAct>& act) {
    return act ? text.arg(QString::fromStdString(act->label)).arg(act->num_samples) : QString();
  };
  undo_->setToolTip(tip(tr("Undo \"%1\" of %L2 samples"), back));
  redo_->setToolTip(tip(tr("Redo \"%1\" of %L2 samples"), again));
}

void LabelPanel::showProbe() {
  std::map<std::string, std::int64_t> classes;  // How many labels each has.
  for (const auto& [position, label] : labels_) ++classes[label];
  std::int64_t most = 0;
  std::string rarest;
  for (const auto& [name, count] : classes) {
    most = std::max(most, count);
    if (count == 1) rarest = name;
  }
  const bool isOfThese = probe_ && probe_->last_act == lastAct_;
  learn_->setEnabled(classes.size() >= 2);
  learn_->setVisible(!job_);
  progress_->setVisible(job_.has_value());
  stop_->setVisible(job_.has_value());
  if (job_) progress_->setValue(static_cast<int>(std::lround(100.0 * job_->progress)));
  QString text;
  if (!labels_.empty())
    text = tr("%L1 labels, %L2 classes. ").arg(labels_.size()).arg(classes.size());
  if (labels_.empty()) {
    text = tr("Label some points of two classes or more: a few dozen are often enough.");
  } else if (classes.size() < 2) {
    text += tr("A second class is needed to train a probe.");
  } else if (probe_ && probe_->accuracy) {
    text +=
        tr("Cross-validated accuracy %1.").arg(QString::fromStdString(percent(*probe_->accuracy)));
    if (isOfThese)
      text += tr(" Always naming the most frequent class would get %1.")
                  .arg(QString::fromStdString(
                      percent(static_cast<double>(most) / static_cast<double>(labels_.size()))));
    text +=
        tr(" Of these labels alone: points of one heap are easier than the rest, and classes "
           "without a label are never predicted.");
  } else if (probe_) {
    text += isOfThese && !rarest.empty()
                ? tr("Too few labels to say how well: of \"%1\" there is but one.")
                      .arg(QString::fromStdString(rarest))
                : tr("Too few labels of a class to say how well.");
  }
  const auto newest = RunStore(workspace_.database()).newest_checkpoint(run_);
  if (probe_ && !isOfThese) {
    text += tr(" The labels have changed since: train again.");
  } else if (probe_ && newest && newest->step > probe_->step) {
    text += tr(" The run has trained on since: train again.");
  } else if (probe_ && std::ssize(probe_->positions) < numShown_) {
    text += tr(" It was asked about %L1 of the %L2 points shown: train again for the others.")
                .arg(probe_->positions.size())
                .arg(numShown_);
  }
  outcome_->setText(text);
  outcome_->setToolTip(probe_ ? QString::fromStdString(probe_->protocol) : QString());
  const bool isAllLabelled =
      probe_ && (!unsure_.view->model() || unsure_.view->model()->rowCount() == 0);
  unsureTitle_->setText(isAllLabelled ? tr("All of them are labelled")
                                      : tr("Least certain: label these next"));
  unsureTitle_->setVisible(probe_.has_value());
  unsure_.view->setVisible(probe_.has_value());
}

}  // namespace pretext
