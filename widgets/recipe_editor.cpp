#include "widgets/recipe_editor.h"

#include "core/augment/view_recipe.h"
#include "widgets/buddy_label.h"
#include "widgets/translation.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>
#include <vector>

namespace pretext {

struct RecipeEditor::Card {
  const char* probability;        // Key of the switch and its probability.
  std::vector<const char*> keys;  // Its other settings.
  double switchedOn;              // Probability that the switch sets.
};

namespace {

constexpr int kSliderSteps = 1000;

}  // namespace

RecipeEditor::RecipeEditor(QWidget* parent)
    : QWidget(parent), preset_(new QComboBox(this)), cards_(new QVBoxLayout) {
  for (const auto& name : view_preset_names()) preset_->addItem(QString::fromStdString(name));
  preset_->setAccessibleName(tr("Preset"));
  auto* top = new QHBoxLayout;
  top->addWidget(buddyLabel(tr("&Preset"), preset_, this));
  top->addWidget(preset_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addLayout(cards_);
  layout->addStretch();
  connect(preset_, &QComboBox::activated, this, [this] {
    experiment_.set("views.preset", preset_->currentText().toStdString());
    rebuild();
    Q_EMIT changed();
  });
  rebuild();
}

void RecipeEditor::setChannels(int channels) {
  if (channels == channels_) return;
  channels_ = channels;
  rebuild();
}

void RecipeEditor::rebuild() {
  preset_->setCurrentText(QString::fromStdString(experiment_.text("views.preset")));
  while (auto* item = cards_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  std::vector<const char*> jitter = {"views.brightness", "views.contrast"};
  if (channels_ == 3) jitter.insert(jitter.end(), {"views.saturation", "views.hue"});
  std::vector<Card> cards = {
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
  const auto addRow = [&](const QString& name, const Field& setting, int element) {
    auto* editor = makeSlider(setting, element);
    grid->addWidget(buddyLabel(name, editor, settings), row, 0);
    grid->addWidget(editor, row++, 1);
  };
  addRow(tr("Probability"), field, -1);
  for (const char* key : card.keys) {
    const auto& setting = experiment_.field(key);
    const auto name = translated(setting.label);
    if (setting.kind == FieldKind::kReals) {
      addRow(tr("%1, from").arg(name), setting, 0);
      addRow(tr("to"), setting, 1);
    } else {
      addRow(name, setting, -1);
    }
  }
  grid->setColumnStretch(1, 1);
  settings->setVisible(toggle->isChecked());
  layout->addWidget(settings);

  connect(toggle, &QCheckBox::toggled, this, [this, card](bool on) {
    put(card.probability, -1, on ? card.switchedOn : 0.0);
    QMetaObject::invokeMethod(
        this, [this] { rebuild(); }, Qt::QueuedConnection);
  });
  connect(reset, &QPushButton::clicked, this, [this, card] {
    experiment_.set(card.probability, experiment_.field(card.probability).fallback);
    for (const char* key : card.keys) experiment_.set(key, experiment_.field(key).fallback);
    QMetaObject::invokeMethod(
        this, [this] { rebuild(); }, Qt::QueuedConnection);
    Q_EMIT changed();
  });
  return frame;
}

QWidget* RecipeEditor::makeSlider(const Field& field, int element) {
  const auto key = field.key;
  const double low = field.low;
  const double high = field.high;
  const double value = element < 0 ? experiment_.real(key)
                                   : experiment_.reals(key)[static_cast<std::size_t>(element)];
  auto* box = new QWidget(this);
  auto* layout = new QHBoxLayout(box);
  layout->setContentsMargins({});
  auto* slider = new QSlider(Qt::Horizontal, box);
  slider->setRange(0, kSliderSteps);
  auto* number = new QDoubleSpinBox(box);
  number->setDecimals(3);
  number->setRange(low, high);
  number->setSingleStep((high - low) / 100);
  number->setValue(value);
  const QString name = translated(field.label) + (element < 0    ? QString()
                                                  : element == 0 ? tr(", low")
                                                                 : tr(", high"));
  slider->setAccessibleName(tr("%1 (slider)").arg(name));
  number->setAccessibleName(name);
  slider->setToolTip(translated(field.help));
  const auto toSlider = [=](double v) {
    return static_cast<int>(std::lround((v - low) / (high - low) * kSliderSteps));
  };
  slider->setValue(toSlider(value));
  layout->addWidget(slider, 1);
  layout->addWidget(number);
  box->setFocusProxy(number);
  connect(slider, &QSlider::valueChanged, this,
          [=](int at) { number->setValue(low + (high - low) * at / kSliderSteps); });
  connect(number, &QDoubleSpinBox::valueChanged, this, [=, this](double v) {
    const QSignalBlocker blocker(slider);
    slider->setValue(toSlider(v));
    put(key, element, v);
  });
  return box;
}

void RecipeEditor::put(const std::string& key, int element, double value) {
  if (element < 0) {
    experiment_.set(key, value);
  } else {
    auto pair = experiment_.reals(key);
    pair[static_cast<std::size_t>(element)] = value;
    // The bound that was not touched gives way.
    if (pair[0] > pair[1]) pair[static_cast<std::size_t>(1 - element)] = value;
    experiment_.set(key, pair);
  }
  Q_EMIT changed();
}

}  // namespace pretext
