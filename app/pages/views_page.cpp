#include "app/pages/views_page.h"

#include "app/pages/hardness_panel.h"
#include "app/pages/page.h"
#include "app/pages/recipe_bar.h"
#include "app/pages/text_views.h"
#include "app/pages/view_pictures.h"
#include "core/augment/view_recipe.h"
#include "core/base/error.h"
#include "core/corpus/batch_plan.h"
#include "core/store/recipe_store.h"
#include "widgets/buddy_label.h"
#include "widgets/recipe_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

#include <utility>

namespace pretext {
namespace {

enum Sheet { kImages, kText, kEmpty, kSeries };

QScrollArea* scrolled(QWidget* widget) {
  auto* area = new QScrollArea;
  area->setWidget(widget);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  return area;
}

}  // namespace

ViewsPage::ViewsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      sheets_(new QStackedWidget),
      text_(new TextViews),
      editor_(new RecipeEditor),
      bar_(new RecipeBar(workspace, *editor_)),
      layoutChoice_(new QComboBox),
      beside_(new QComboBox),
      seed_(new QSpinBox),
      isSeedLocked_(new QCheckBox(tr("&Lock"))),
      epoch_(new QSpinBox),
      step_(new QSpinBox),
      next_(new QPushButton(tr("&Next images"))),
      hint_(new QLabel),
      pictures_(new ViewPictures),
      hardness_(new HardnessPanel(workspace)) {
  hint_->setWordWrap(true);
  auto* right = new QWidget;
  auto* rightLayout = new QVBoxLayout(right);
  rightLayout->setContentsMargins({});
  rightLayout->addLayout(makeTop());
  rightLayout->addWidget(hint_);
  rightLayout->addWidget(scrolled(pictures_), 1);
  auto* splitter = new QSplitter;
  splitter->addWidget(makeRecipe());
  splitter->addWidget(right);
  splitter->setStretchFactor(1, 1);
  sheets_->addWidget(splitter);
  sheets_->addWidget(text_);
  auto* empty = new EmptyState(tr("Nothing to view yet"),
                               tr("Images and texts of a corpus are shown here as training sees "
                                  "them, while you tune how they are cropped, coloured or masked."),
                               tr("Open a folder…"), this);
  connect(empty, &EmptyState::pressed, this, &ViewsPage::openFolderRequested);
  sheets_->addWidget(empty);
  auto* series = new EmptyState(tr("Series have no views yet"),
                                tr("No objective learns from series so far, so there is no recipe "
                                   "to tune. Choose a corpus of images or text, or open one."),
                                tr("Open a folder…"), this);
  connect(series, &EmptyState::pressed, this, &ViewsPage::openFolderRequested);
  sheets_->addWidget(series);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(sheets_);

  connect(editor_, &RecipeEditor::changed, this, &ViewsPage::followRecipe);
  connect(bar_, &RecipeBar::said, this, [this](const QString& text) {
    text.isEmpty() ? requestPreview() : hint_->setText(text);
  });
  connect(bar_, &RecipeBar::recipesChanged, this, &ViewsPage::listBeside);
  connect(pictures_, &ViewPictures::shown, this, &ViewsPage::previewShown);
  connect(pictures_, &ViewPictures::failed, hint_, &QLabel::setText);
  requestPreview();
}

QWidget* ViewsPage::makeRecipe() {
  auto* cards = scrolled(editor_);
  cards->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* left = new QWidget;
  left->setMinimumWidth(380);
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins({});
  layout->addWidget(bar_);
  layout->addWidget(cards, 1);
  layout->addWidget(hardness_);
  auto* train = new QPushButton(tr("Ne&w run with this recipe…"));
  train->setAccessibleName(tr("New run with this recipe"));
  connect(train, &QPushButton::clicked, this, &ViewsPage::newRunRequested);
  layout->addWidget(train);
  return left;
}

QLayout* ViewsPage::makeTop() {
  layoutChoice_->addItems({tr("Original and its two views"), tr("Many draws of one image"),
                           tr("One draw of many images")});
  layoutChoice_->setAccessibleName(tr("Picture layout"));
  beside_->setAccessibleName(tr("Recipe beside"));
  listBeside();
  seed_->setRange(0, 1 << 30);
  seed_->setAccessibleName(tr("Seed"));
  isSeedLocked_->setAccessibleName(tr("Lock the seed"));
  isSeedLocked_->setChecked(true);
  isSeedLocked_->setToolTip(tr("Unlocked, each change of the recipe draws again"));
  epoch_->setRange(0, 1'000'000);
  epoch_->setAccessibleName(tr("Epoch"));
  step_->setRange(-1, 1 << 30);
  step_->setValue(-1);
  step_->setSpecialValueText(tr("any"));
  step_->setAccessibleName(tr("Step"));
  step_->setToolTip(tr("The images that training sees at this step of the epoch"));
  auto* reshuffle = new QPushButton(tr("&Reshuffle"));
  auto* top = new QHBoxLayout;
  top->addWidget(layoutChoice_);
  top->addWidget(buddyLabel(tr("&Beside"), beside_));
  top->addWidget(beside_, 1);
  top->addWidget(reshuffle);
  top->addWidget(next_);
  auto* draws = new QHBoxLayout;
  for (const auto& [text, number] :
       {std::pair{tr("&Seed"), seed_}, {tr("&Epoch"), epoch_}, {tr("S&tep"), step_}}) {
    draws->addWidget(buddyLabel(text, number));
    draws->addWidget(number);
    if (number == seed_) draws->addWidget(isSeedLocked_);
    connect(number, &QSpinBox::valueChanged, this, [this] {
      firstSample_ = 0;
      choosePositions();
    });
  }
  draws->addStretch();
  connect(layoutChoice_, &QComboBox::currentIndexChanged, this, [this] { requestPreview(); });
  connect(beside_, &QComboBox::currentIndexChanged, this, [this] {
    layoutChoice_->setEnabled(beside_->currentIndex() == 0);
    requestPreview();
  });
  connect(reshuffle, &QPushButton::clicked, this, [this] { seed_->setValue(seed_->value() + 1); });
  connect(next_, &QPushButton::clicked, this, [this] {
    firstSample_ += ViewPictures::kPictures;
    choosePositions();
  });
  auto* both = new QVBoxLayout;
  both->addLayout(top);
  both->addLayout(draws);
  return both;
}

void ViewsPage::listBeside() {
  const QSignalBlocker blocker(beside_);
  const auto chosen = beside_->currentText();
  beside_->clear();
  beside_->addItem(tr("no other recipe"));
  for (const auto& preset : view_preset_names()) {
    if (preset != "custom") beside_->addItem(QString::fromStdString(preset), true);
  }
  for (const auto& recipe : RecipeStore(workspace_.database()).list())
    beside_->addItem(QString::fromStdString(recipe.name), false);
  beside_->setCurrentIndex(std::max(0, beside_->findText(chosen)));
  layoutChoice_->setEnabled(beside_->currentIndex() == 0);
}

const Experiment& ViewsPage::experiment() const {
  return sheets_->currentWidget() == text_ ? text_->experiment() : editor_->experiment();
}

void ViewsPage::showCorpus(std::int64_t corpus) {
  try {
    corpus_ = corpus < 0 ? nullptr : workspace_.corpus(corpus);
    const bool isText = corpus_ && corpus_->is_text();
    const bool isSeries = corpus_ && corpus_->is_series();
    sheets_->setCurrentIndex(corpus < 0 ? kEmpty : isText ? kText : isSeries ? kSeries : kImages);
    if (isSeries) corpus_ = nullptr;
    if (isText) {
      text_->show(std::exchange(corpus_, nullptr));
      return;
    }
    if (corpus_) editor_->setChannels(corpus_->record().channels);
  } catch (const UserError& error) {
    corpus_ = nullptr;
    sheets_->setCurrentIndex(kImages);  // Where the hint stands.
    hint_->setText(QString::fromUtf8(error.what()));
  }
  firstSample_ = 0;
  choosePositions();
}

void ViewsPage::setRecipe(const Experiment& experiment) {
  editor_->setRecipe(experiment, tr("The recipe of last time"));
  editor_->undoStack()->clear();
}

void ViewsPage::followRecipe() {
  Q_EMIT recipeChanged(editor_->experiment());
  if (isSeedLocked_->isChecked()) {
    requestPreview();
  } else {
    seed_->setValue(seed_->value() + 1);
  }
}

/// Of a step, those that training sees then; else one after the other.
std::vector<std::int64_t> ViewsPage::wantedPositions() const {
  std::vector<std::int64_t> all;
  const int step = step_->value();
  if (step >= 0) {
    const auto& experiment = editor_->experiment();
    BatchPlan plan(corpus_->fixed_part("train", experiment.integer("corpus_limit")),
                   experiment.integer("training.batch_size"),
                   static_cast<std::uint64_t>(seed_->value()));
    if (step >= plan.steps_per_epoch())
      throw UserError("An epoch has steps 0 to " + std::to_string(plan.steps_per_epoch() - 1) +
                      " with batches of " +
                      std::to_string(experiment.integer("training.batch_size")) + ".");
    all = plan.batch(epoch_->value() * plan.steps_per_epoch() + step);
  }
  const auto count = all.empty() ? corpus_->size() : static_cast<std::int64_t>(all.size());
  std::vector<std::int64_t> shown;
  for (std::int64_t i = 0; i < std::min<std::int64_t>(count, ViewPictures::kPictures); ++i) {
    const auto place = (firstSample_ + i) % count;
    shown.push_back(all.empty() ? place : all[static_cast<std::size_t>(place)]);
  }
  return shown;
}

void ViewsPage::choosePositions() {
  try {
    positions_ = corpus_ ? wantedPositions() : std::vector<std::int64_t>();
    requestPreview();
  } catch (const UserError& error) {
    positions_.clear();  // Those of before may be of another corpus.
    pictures_->clear();
    hardness_->clear();
    hint_->setText(QString::fromUtf8(error.what()));
  }
}

void ViewsPage::requestPreview() {
  if (!corpus_) {
    pictures_->clear();
    hardness_->clear();
    return;
  }
  if (positions_.empty()) return;  // The hint says why.
  try {
    ViewPictures::Request request{.corpus = corpus_,
                                  .recipe = editor_->experiment(),
                                  .beside = {},
                                  .layout = layoutChoice_->currentIndex(),
                                  .seed = static_cast<std::uint64_t>(seed_->value()),
                                  .epoch = static_cast<std::uint32_t>(epoch_->value()),
                                  .positions = positions_};
    if (beside_->currentIndex() > 0) {
      const auto name = beside_->currentText().toStdString();
      request.beside = editor_->experiment();
      if (beside_->currentData().toBool()) {
        request.beside->set("views.preset", name);
      } else {
        RecipeStore(workspace_.database()).require(name).apply(*request.beside);
      }
      hint_->setText(tr("Left the two views of this recipe, right those of %1, of the same images "
                        "and draws.")
                         .arg(beside_->currentText()));
    } else {
      hint_->setText(
          tr("Of %1, the very views of epoch %2 for seed %3: a run with this recipe and seed sees "
             "them.")
              .arg(QString::fromStdString(corpus_->record().name))
              .arg(epoch_->value())
              .arg(seed_->value()));
    }
    pictures_->show(request);
    hardness_->show(corpus_, editor_->experiment(), request.seed, request.epoch);
  } catch (const std::exception& error) {
    hint_->setText(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
