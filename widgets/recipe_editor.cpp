#include "widgets/recipe_editor.h"

#include "core/augment/view_recipe.h"
#include "widgets/buddy_label.h"
#include "widgets/range_slider.h"
#include "widgets/translation.h"
#include "widgets/wheel_guard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace pretext {

struct RecipeEditor::Card {
  const char* probability;        // Key of the switch and its probability.
  std::vector<const char*> keys;  // Its other settings.
  double switchedOn;              // Probability that the switch sets.
};

/// From one recipe to another.
class RecipeEditor::Step final : public QUndoCommand {
 public:
  Step(RecipeEditor& editor, const QString& what, std::string key, const Experiment& after)
      : QUndoCommand(what),
        editor_(editor),
        key_(std::move(key)),
        drag_(editor.drag_),
        before_(editor.experiment_),
        after_(after) {}

  void undo() override { editor_.adopt(before_); }
  void redo() override {
    // The first time the controls have it already.
    if (!std::exchange(isDone_, true)) return;
    editor_.adopt(after_);
  }
  int id() const override { return 1; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const Step*>(other);
    if (key_.empty() || next->key_ != key_ || next->drag_ != drag_) return false;
    after_ = next->after_;
    return true;
  }

 private:
  RecipeEditor& editor_;
  std::string key_;
  int drag_;
  Experiment before_, after_;
  bool isDone_ = false;
};

namespace {

constexpr int kSliderSteps = 1000;

QDoubleSpinBox* makeNumber(const Field& field, const QString& name, double value) {
  auto* number = new QDoubleSpinBox;
  number->setDecimals(3);
  number->setRange(field.low, field.high);
  number->setSingleStep((field.high - field.low) / 100);
  number->setValue(value);
  number->setAccessibleName(name);
  return number;
}

}  // namespace

RecipeEditor::RecipeEditor(QWidget* parent)
    : QWidget(parent),
      preset_(new QComboBox(this)),
      isChanged_(new QLabel(tr("changed"), this)),
      cards_(new QVBoxLayout),
      undo_(new QUndoStack(this)) {
  for (const auto& name : view_preset_names()) preset_->addItem(QString::fromStdString(name));
  preset_->setAccessibleName(tr("Preset"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("&Preset"), preset_, this));
  top->addWidget(preset_, 1);
  top->addWidget(isChanged_);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addLayout(cards_);
  layout->addStretch();
  connect(preset_, &QComboBox::activated, this, [this] {
    auto after = experiment_;
    after.set("views.preset", preset_->currentText().toStdString());
    setRecipe(after, tr("preset %1").arg(preset_->currentText()));
  });
  rebuild();
}

void RecipeEditor::setRecipe(const Experiment& experiment, const QString& what) {
  auto after = experiment_;
  // The preset stands first: it sets the others, which have values of their own all the same.
  for (const auto& field : experiment_.fields()) {
    if (field.key.starts_with("views.") && experiment.has(field.key))
      after.set(field.key, experiment.value(field.key));
  }
  if (after == experiment_) return;
  change(what, {}, after);
  rebuild();
}

void RecipeEditor::setChannels(int channels) {
  if (channels == channels_) return;
  channels_ = channels;
  rebuild();
}

void RecipeEditor::change(const QString& what, const std::string& key, const Experiment& after) {
  auto* step = new Step(*this, what, key, after);
  experiment_ = after;
  undo_->push(step);  // Owns it, or merges it and lets it go.
  Q_EMIT changed();
}

void RecipeEditor::put(const std::string& key, const FieldValue& value) {
  auto after = experiment_;
  after.set(key, value);
  if (after == experiment_) return;
  change(translated(after.field(key).label), key, after);
}

void RecipeEditor::adopt(const Experiment& experiment) {
  experiment_ = experiment;
  rebuild();
  Q_EMIT changed();
}

void RecipeEditor::rebuild() {
  const auto preset = experiment_.text("views.preset");
  preset_->setCurrentText(QString::fromStdString(preset));
  auto whole = experiment_;
  whole.set("views.preset", preset);  // All of it as the preset has it.
  isChanged_->setVisible(preset != "custom" && !(whole == experiment_));
  while (auto* item = cards_->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // It may be what is being clicked.
    delete item;
  }
  std::vector<const char*> jitter = {"views.brightness", "views.contrast"};
  if (channels_ == 3) jitter.insert(jitter.end(), {"views.saturation", "views.hue"});
  const std::vector<Card> cards = {
      {"views.crop_probability", {"views.crop_scale", "views.crop_ratio"}, 1.0},
      {"views.flip_probability", {}, 0.5},
      {"views.vertical_flip_probability", {}, 0.5},
      {"views.rotation_probability", {"views.rotation_degrees"}, 0.5},
      {"views.jitter_probability", jitter, 0.8},
      {"views.grayscale_probability", {}, 0.2},
      {"views.blur_probability", {"views.blur_sigma"}, 0.5},
      {"views.solarise_probability", {"views.solarise_threshold"}, 0.2},
  };
  for (const auto& card : cards) {
    if (channels_ == 1 && std::string_view(card.probability) == "views.grayscale_probability")
      continue;
    cards_->addWidget(makeCard(card));
  }
  if (channels_ == 1) {
    auto* note = new QLabel(
        tr("This corpus has one channel: saturation, hue and grayscale are left out."), this);
    note->setWordWrap(true);
    cards_->addWidget(note);
  }
  guardWheel(*this);
}

QWidget* RecipeEditor::makeCard(const Card& card) {
  const auto& field = experiment_.field(card.probability);
  auto* frame = new QFrame(this);
  frame->setFrameShape(QFrame::StyledPanel);
  auto* layout = new QVBoxLayout(frame);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(2);
  auto* toggle = new QCheckBox(translated(field.label), frame);
  toggle->setToolTip(translated(field.help));
  toggle->setChecked(experiment_.real(card.probability) > 0);
  auto font = toggle->font();
  font.setBold(true);
  toggle->setFont(font);
  auto* reset = new QPushButton(tr("Reset"), frame);
  reset->setFlat(true);
  reset->setAccessibleName(tr("Reset %1").arg(toggle->text()));
  auto* top = new QHBoxLayout;
  top->addWidget(toggle, 1);
  top->addWidget(reset);
  layout->addLayout(top);

  auto* settings = new QWidget(frame);
  auto* grid = new QGridLayout(settings);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setVerticalSpacing(2);
  int row = 0;
  const auto addRow = [&](const QString& name, const Field& setting) {
    auto* editor =
        setting.kind == FieldKind::kReals ? makeRangeSlider(setting) : makeSlider(setting);
    grid->addWidget(buddyLabel(name, editor->itemAt(editor->count() - 1)->widget(), settings), row,
                    0);
    grid->addLayout(editor, row++, 1);
  };
  addRow(tr("Probability"), field);
  for (const char* key : card.keys)
    addRow(translated(experiment_.field(key).label), experiment_.field(key));
  grid->setColumnStretch(1, 1);
  settings->setVisible(toggle->isChecked());
  layout->addWidget(settings);

  connect(toggle, &QCheckBox::toggled, this, [this, card](bool on) {
    put(card.probability, on ? card.switchedOn : 0.0);
    rebuild();
  });
  connect(reset, &QPushButton::clicked, this, [this, card] {
    auto after = experiment_;
    after.set(card.probability, after.field(card.probability).fallback);
    for (const char* key : card.keys) after.set(key, after.field(key).fallback);
    setRecipe(after, tr("reset of %1").arg(translated(after.field(card.probability).label)));
  });
  return frame;
}

/// A slider and its number.
QLayout* RecipeEditor::makeSlider(const Field& field) {
  const auto key = field.key;
  const double low = field.low, high = field.high;
  const auto name = translated(field.label);
  auto* slider = new QSlider(Qt::Horizontal);
  slider->setRange(0, kSliderSteps);
  slider->setAccessibleName(tr("%1 (slider)").arg(name));
  slider->setToolTip(translated(field.help));
  auto* number = makeNumber(field, name, experiment_.real(key));
  const auto toSlider = [=](double value) {
    return static_cast<int>(std::lround((value - low) / (high - low) * kSliderSteps));
  };
  slider->setValue(toSlider(experiment_.real(key)));
  auto* layout = new QHBoxLayout;
  layout->addWidget(slider, 1);
  layout->addWidget(number);
  connect(slider, &QSlider::sliderPressed, this, [this] { ++drag_; });
  connect(slider, &QSlider::valueChanged, this,
          [=](int at) { number->setValue(low + (high - low) * at / kSliderSteps); });
  connect(number, &QDoubleSpinBox::valueChanged, this, [=, this](double value) {
    const QSignalBlocker blocker(slider);
    slider->setValue(toSlider(value));
    put(key, value);
  });
  return layout;
}

/// The smallest value, a slider with two handles, and the largest.
QLayout* RecipeEditor::makeRangeSlider(const Field& field) {
  const auto key = field.key;
  const auto name = translated(field.label);
  const auto& values = experiment_.reals(key);
  auto* slider = new RangeSlider(field.low, field.high);
  slider->setRange(values[0], values[1]);
  slider->setToolTip(translated(field.help));
  auto* low = makeNumber(field, tr("%1, low").arg(name), values[0]);
  auto* high = makeNumber(field, tr("%1, high").arg(name), values[1]);
  auto* layout = new QHBoxLayout;
  layout->addWidget(slider, 1);
  layout->addWidget(high);
  layout->insertWidget(0, low);
  const auto set = [=, this](double from, double to) {
    for (const auto& [number, value] : {std::pair{low, from}, {high, to}}) {
      const QSignalBlocker blocker(number);
      number->setValue(value);
    }
    slider->setRange(from, to);
    put(key, std::vector<double>{low->value(), high->value()});  // Rounded, as they are shown.
  };
  connect(slider, &RangeSlider::pressed, this, [this] { ++drag_; });
  connect(slider, &RangeSlider::moved, this, set);
  // The bound that was not touched gives way.
  connect(low, &QDoubleSpinBox::valueChanged, this,
          [=](double value) { set(value, std::max(value, slider->high())); });
  connect(high, &QDoubleSpinBox::valueChanged, this,
          [=](double value) { set(std::min(slider->low(), value), value); });
  return layout;
}

}  // namespace pretext
