#include "app/pages/new_run_panel.h"

#include "app/pages/cost_line.h"
#include "core/base/error.h"
#include "core/objective/objective_registry.h"
#include "core/spec/quick_look.h"
#include "core/store/corpus_store.h"
#include "core/store/recipe_store.h"
#include "core/store/submission.h"
#include "widgets/field_form.h"
#include "widgets/sweep_editor.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <bit>

namespace pretext {
namespace {

/// None learns from series yet.
bool hasObjective(const CorpusRecord& corpus) {
  return std::ranges::any_of(objective_kinds(), [&](const ObjectiveKind& kind) {
    return kind.corpus_kind == corpus.kind;
  });
}

}  // namespace

NewRunPanel::NewRunPanel(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      heading_(new QLabel),
      corpus_(new QComboBox),
      head_(new QFormLayout),
      recipe_(new QComboBox),
      explanation_(new QLabel(tr("What a field means is told here while you are in it."))),
      form_(new FieldForm(
          {QString(), QStringLiteral("objective"), QStringLiteral("encoder"),
           QStringLiteral("views"), QStringLiteral("training"), QStringLiteral("evaluation")},
          {QStringLiteral("corpus")})),
      sweep_(new SweepEditor),
      toml_(new QPlainTextEdit),
      cost_(new CostLine(workspace)),
      launch_(new QPushButton(tr("&Start run"))) {
  toml_->setReadOnly(true);
  toml_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  toml_->setAccessibleName(tr("Specification as TOML"));
  explanation_->setWordWrap(true);
  explanation_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  explanation_->setAccessibleName(tr("What the field means"));
  explanation_->setMinimumHeight(6 * fontMetrics().lineSpacing());  // What is below does not jump.
  auto* side = new QWidget;
  auto* sideLayout = new QVBoxLayout(side);
  sideLayout->setContentsMargins({});
  sideLayout->addWidget(explanation_);
  sideLayout->addWidget(toml_, 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(makeForm());
  splitter->addWidget(side);
  splitter->setSizes({560, 360});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(heading_);
  layout->addWidget(splitter, 1);
  layout->addLayout(makeButtons());
  connect(form_, &FieldForm::changed, this, [this] { update(); });
  connect(form_, &FieldForm::explained, explanation_, &QLabel::setText);
  connect(recipe_, &QComboBox::activated, this, &NewRunPanel::takeRecipe);
  connect(sweep_, &SweepEditor::changed, this, [this] { showLaunch(); });
  connect(sweep_, &SweepEditor::explained, explanation_, &QLabel::setText);
  connect(cost_, &CostLine::quickLookWanted, this, [this] {
    form_->setExperiment(quick_look(form_->experiment()));
    update();
  });
  connect(corpus_, &QComboBox::currentTextChanged, this, [this] {
    const auto corpus = chosenCorpus();
    const bool isOther = corpus && corpus->kind != objective().corpus_kind && hasObjective(*corpus);
    isOther ? turnTo(corpus->kind) : fitBatch();
  });
}

QWidget* NewRunPanel::makeForm() {
  corpus_->setAccessibleName(tr("Corpus"));
  recipe_->setAccessibleName(tr("Recipe of the views"));
  recipe_->setToolTip(tr("Takes up the views that were kept under a name on the Views page"));
  head_->addRow(tr("&Corpus"), corpus_);
  head_->addRow(tr("R&ecipe"), recipe_);
  head_->setContentsMargins(form_->layout()->contentsMargins());  // One left edge with the form's.
  auto* general = new QWidget;
  auto* layout = new QVBoxLayout(general);
  layout->addLayout(head_);
  layout->addWidget(sweep_);
  layout->addWidget(form_);
  layout->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidget(general);
  scroll_ = scroll;
  scroll->setWidgetResizable(true);
  return scroll;
}

QLayout* NewRunPanel::makeButtons() {
  auto* cancel = new QPushButton(tr("&Cancel"));
  cancel->setAccessibleName(tr("Cancel"));
  launch_->setAccessibleName(tr("Start run"));
  launch_->setDefault(true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(cost_, 1);
  buttons->addWidget(cancel);
  buttons->addWidget(launch_);
  connect(cancel, &QPushButton::clicked, this, &NewRunPanel::cancelled);
  connect(launch_, &QPushButton::clicked, this, &NewRunPanel::launch);
  return buttons;
}

void NewRunPanel::launch() {
  const auto corpus = chosenCorpus();
  if (!corpus) return;
  if (const auto& plan = sweep_->plan())
    Q_EMIT sweepLaunched(*plan);
  else
    Q_EMIT launched(chosen(), *corpus);
}

void NewRunPanel::showLaunch() {
  const auto& plan = sweep_->plan();
  const int count = plan ? static_cast<int>(plan->experiments.size()) : 1;
  launch_->setText(plan ? tr("&Start %n runs", nullptr, count) : tr("&Start run"));
  launch_->setEnabled(canStart_ && sweep_->isValid());
  cost_->setCount(count);
}

void NewRunPanel::prefill(const Experiment& experiment, std::optional<Child> child) {
  child_ = std::move(child);
  heading_->setText(QStringLiteral("<b>%1</b>").arg(child_ ? child_->title : tr("New run")));
  byKind_.clear();
  sweep_->reset();
  sweep_->setVisible(!child_);
  form_->setExperiment(experiment);
  listCorpora(experiment.text("corpus"));
  const auto corpus = chosenCorpus();
  const auto kind = corpus && hasObjective(*corpus) ? corpus->kind : objective().corpus_kind;
  kind == objective().corpus_kind ? fill(experiment) : turnTo(kind);
  scroll_->verticalScrollBar()->setValue(0);
}

Experiment NewRunPanel::chosen() const {
  auto experiment = form_->experiment();
  experiment.set("corpus", corpus_->currentText().toStdString());
  return experiment;
}

void NewRunPanel::listCorpora(const std::string& chosen) {
  const QSignalBlocker blocker(corpus_);
  listsLabelled_ = child_ && objective().is_supervised;
  corpus_->clear();
  corpus_->setEnabled(!child_ || listsLabelled_);
  if (!corpus_->isEnabled()) {  // Also one that is in the bin, or was renamed.
    corpus_->addItem(QString::fromStdString(child_->corpus.name));
    return;
  }
  for (const auto& corpus : CorpusStore(workspace_.database()).list()) {
    const bool fits = corpus.kind == objective().corpus_kind && corpus.has_labels();
    if (!child_ || fits) corpus_->addItem(QString::fromStdString(corpus.name));
  }
  const auto named = corpus_->findText(QString::fromStdString(chosen));
  if (named >= 0 || child_) corpus_->setCurrentIndex(named);
}

std::optional<CorpusRecord> NewRunPanel::chosenCorpus() const {
  if (child_ && !listsLabelled_) return child_->corpus;
  return CorpusStore(workspace_.database()).find(corpus_->currentText().toStdString());
}

const ObjectiveKind& NewRunPanel::objective() const {
  return find_objective(form_->experiment().text("objective.kind"));
}

void NewRunPanel::fill(const Experiment& experiment) {
  std::vector<std::string> fitting;
  for (const auto& kind : objective_kinds()) {
    if (kind.corpus_kind == find_objective(experiment.text("objective.kind")).corpus_kind)
      fitting.push_back(kind.name);
  }
  form_->offer("objective.kind", fitting);
  form_->setExperiment(experiment);
  fitBatch();
}

void NewRunPanel::fitBatch() {
  constexpr std::int64_t kSteps = 4;
  const std::string key = "training.batch_size";
  auto experiment = form_->experiment();
  const auto corpus = chosenCorpus();
  const bool isDefault = experiment.value(key) == experiment.field(key).fallback;
  if (!child_ && corpus && corpus->kind == "images" && isDefault) {
    const auto count = num_training_images(workspace_.database(), experiment, *corpus);
    if (experiment.integer(key) > count) {
      const auto part = static_cast<std::uint64_t>(std::max<std::int64_t>(2, count / kSteps));
      experiment.set(key, static_cast<std::int64_t>(std::bit_floor(part)));
      form_->setExperiment(experiment);
    }
  }
  update();
}

/// To what the form had for that kind, or to its first objective.
void NewRunPanel::turnTo(const std::string& corpusKind) {
  auto experiment = form_->experiment();
  byKind_.insert_or_assign(objective().corpus_kind, experiment);
  if (const auto earlier = byKind_.find(corpusKind); earlier != byKind_.end())
    return fill(earlier->second);
  const auto first = std::ranges::find(objective_kinds(), corpusKind, &ObjectiveKind::corpus_kind);
  experiment.set("objective.kind", first->name);
  fill(experiment);
}

void NewRunPanel::update() {
  if (child_ && listsLabelled_ != objective().is_supervised)
    listCorpora(corpus_->currentText().toStdString());
  const auto experiment = chosen();
  toml_->setPlainText(QString::fromStdString(experiment.to_toml()));
  listRecipes(experiment);
  auto obstacle = whyNot();
  try {
    if (obstacle.isEmpty()) {
      const auto corpus = *chosenCorpus();
      // Of a child its parent decides, too; of text a look at the documents takes too long here.
      if (!child_ && corpus.kind == "images")
        check_submission(workspace_.database(), experiment, corpus, {});
      cost_->show(experiment, corpus, child_.has_value());
    }
  } catch (const UserError& error) {
    obstacle = QString::fromUtf8(error.what());
  }
  if (!obstacle.isEmpty()) cost_->say(obstacle);
  canStart_ = form_->isValid() && obstacle.isEmpty();
  sweep_->setExperiment(experiment);  // Says what was estimated, of one run or of several.
  if (!child_) Q_EMIT edited(experiment);
}

void NewRunPanel::listRecipes(const Experiment& experiment) {
  RecipeStore store(workspace_.database());
  const auto recipes = store.list();
  const bool hasViews = find_objective(experiment.text("objective.kind")).corpus_kind == "images";
  head_->setRowVisible(recipe_, hasViews && !recipes.empty());
  const QSignalBlocker blocker(recipe_);
  recipe_->clear();
  recipe_->addItem(tr("its own, as set under Views"));
  const auto matching = store.matching(experiment);
  for (const auto& recipe : recipes) {
    recipe_->addItem(QString::fromStdString(recipe.name));
    if (matching == recipe.id) recipe_->setCurrentIndex(recipe_->count() - 1);
  }
}

void NewRunPanel::takeRecipe(int index) {
  if (index == 0) return;
  const auto recipe =
      RecipeStore(workspace_.database()).find(recipe_->itemText(index).toStdString());
  auto experiment = form_->experiment();
  if (recipe) recipe->apply(experiment);
  form_->setExperiment(experiment);
  update();  // Also where it is gone meanwhile.
}

QString NewRunPanel::whyNot() {
  if (const auto corpus = chosenCorpus()) {
    if (hasObjective(*corpus)) return {};
    return tr("No objective learns from series yet: choose a corpus of images or text.");
  }
  return corpus_->count() > 0 ? tr("Choose the corpus whose labels it learns from.")
         : child_ ? tr("No corpus of this kind has labels: \"pretext label\" attaches some.")
                  : tr("There is no corpus yet: open a folder on the Corpora page first.");
}

}  // namespace pretext
