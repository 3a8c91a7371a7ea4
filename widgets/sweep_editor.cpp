#include "widgets/sweep_editor.h"

#include "core/base/error.h"
#include "widgets/buddy_label.h"
#include "widgets/field_form.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pretext {

SweepEditor::SweepEditor(QWidget* parent)
    : QWidget(parent),
      isOn_(new QCheckBox(tr("S&weep: several runs with differing settings"))),
      lineLayout_(new QVBoxLayout),
      seeds_(new QSpinBox),
      random_(new QSpinBox),
      sentence_(new QLabel) {
  isOn_->setAccessibleName(tr("Sweep"));
  seeds_->setRange(1, static_cast<int>(kMostRuns));
  seeds_->setAccessibleName(tr("Seeds of each"));
  random_->setRange(0, static_cast<int>(kMostRuns));
  random_->setSpecialValueText(tr("every one"));
  random_->setAccessibleName(tr("Combinations"));
  random_->setToolTip(
      tr("Draws this many combinations at random; then a setting may have a range, such as 0.1..1 "
         "or, uniform in its logarithm, 0.001..1:log."));
  sentence_->setWordWrap(true);
  sentence_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  sentence_->setMinimumHeight(2 * fontMetrics().lineSpacing());  // What is below does not jump.
  auto* add = new QPushButton(tr("&Add a setting"));
  add->setAccessibleName(tr("Add a setting"));
  auto* numbers = new QHBoxLayout;
  numbers->addWidget(add);
  numbers->addStretch();
  numbers->addWidget(buddyLabel(tr("Combinations"), random_));
  numbers->addWidget(random_);
  numbers->addWidget(buddyLabel(tr("Seeds of each"), seeds_));
  numbers->addWidget(seeds_);
  auto* body = new QFrame;  // Hidden while unticked, so that the form stays short.
  auto* bodyLayout = new QVBoxLayout(body);
  body->setFrameShape(QFrame::StyledPanel);
  bodyLayout->addLayout(lineLayout_);
  bodyLayout->addLayout(numbers);
  bodyLayout->addWidget(sentence_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addWidget(isOn_);
  layout->addWidget(body);
  body->hide();
  connect(isOn_, &QCheckBox::toggled, this, [this, body](bool isOn) {
    body->setVisible(isOn);
    if (isOn && lines_.empty()) addLine();
    update();
  });
  connect(add, &QPushButton::clicked, this, &SweepEditor::addLine);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    for (const auto& line : lines_)
      if (now && line.box->isAncestorOf(now)) explain(line);
  });
  for (auto* number : {seeds_, random_})
    connect(number, &QSpinBox::valueChanged, this, &SweepEditor::update);
}

void SweepEditor::addLine() {
  const auto number = static_cast<int>(lines_.size()) + 1;
  Line line{new QWidget, new QComboBox, new QLineEdit};
  listKeys(line.key);
  line.key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  line.key->setMinimumContentsLength(34);
  line.key->setAccessibleName(tr("Setting %1").arg(number));
  line.values->setPlaceholderText(tr("its values, e.g. 0.03, 0.06, 0.1"));
  line.values->setAccessibleName(tr("Values of setting %1").arg(number));
  auto* remove = new QToolButton;
  remove->setIcon(themedIcon(QStringLiteral("remove")));
  remove->setToolTip(tr("Take this setting out of the sweep"));
  remove->setAccessibleName(tr("Remove setting %1").arg(number));
  auto* layout = new QHBoxLayout(line.box);
  layout->setContentsMargins({});
  layout->addWidget(line.key);
  layout->addWidget(line.values, 1);
  layout->addWidget(remove);
  lineLayout_->addWidget(line.box);
  lines_.push_back(line);
  connect(line.key, &QComboBox::currentIndexChanged, this, [this, line] {
    explain(line);
    update();
  });
  connect(line.values, &QLineEdit::textChanged, this, &SweepEditor::update);
  connect(remove, &QToolButton::clicked, this, [this, box = line.box] { removeLine(box); });
  explain(line);
  update();
}

void SweepEditor::explain(const Line& line) {
  const auto key = line.key->currentData().toString().toStdString();
  if (experiment_.has(key)) Q_EMIT explained(explanationOf(experiment_.field(key)));
}

void SweepEditor::removeLine(QWidget* box) {
  std::erase_if(lines_, [box](const Line& line) { return line.box == box; });
  box->hide();
  box->deleteLater();  // Its button is being clicked.
  update();
}

void SweepEditor::listKeys(QComboBox* box) const {
  const QSignalBlocker blocker(box);
  const auto chosen =
      box->count() > 0 ? box->currentData() : QVariant(QStringLiteral("training.learning_rate"));
  box->clear();
  for (const auto& field : experiment_.fields()) {
    if (field.is_derived || field.key == "name" || field.key == "seed") continue;
    const auto key = QString::fromStdString(field.key);
    box->addItem(QStringLiteral("%1 – %2").arg(translated(field.label), key), key);
    box->setItemData(box->count() - 1, translated(field.help), Qt::ToolTipRole);
  }
  box->setCurrentIndex(std::max(0, box->findData(chosen)));
  box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0));  // Keys are read in full.
}

void SweepEditor::setExperiment(const Experiment& experiment) {
  const auto had = experiment_.fields().size();
  const bool isOther = experiment_.text("objective.kind") != experiment.text("objective.kind");
  experiment_ = experiment;
  if (isOther || had != experiment_.fields().size()) {
    for (const auto& line : lines_) listKeys(line.key);
  }
  update();
}

void SweepEditor::reset() {
  while (!lines_.empty()) removeLine(lines_.back().box);
  seeds_->setValue(1);
  random_->setValue(0);
  isOn_->setChecked(false);
}

bool SweepEditor::isValid() const {
  return !isOn_->isChecked() || plan_.has_value();
}

void SweepEditor::update() {
  plan_.reset();
  if (isOn_->isChecked()) {
    SweepOptions options{.num_random = random_->value(), .num_seeds = seeds_->value()};
    for (const auto& line : lines_) {
      const auto values = line.values->text().trimmed();
      if (!values.isEmpty())
        options.settings.push_back(
            (line.key->currentData().toString() + QLatin1Char('=') + values).toStdString());
    }
    try {
      plan_ = plan_sweep(experiment_, options);
      sentence_->setText(
          tr("%n runs, the first of them: %1", nullptr, static_cast<int>(plan_->experiments.size()))
              .arg(QString::fromStdString(plan_->experiments.front().text("name"))));
    } catch (const UserError& error) {
      sentence_->setText(QString::fromUtf8(error.what()));
    }
  }
  Q_EMIT changed();
}

}  // namespace pretext
