#include "widgets/field_form.h"

#include "core/base/error.h"
#include "core/objective/objective_registry.h"
#include "core/spec/field_sources.h"
#include "widgets/translation.h"
#include "widgets/wheel_guard.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace pretext {
namespace {

QString sectionOf(const std::string& key) {
  const auto dot = key.find('.');
  return QString::fromStdString(dot == std::string::npos ? "" : key.substr(0, dot));
}

/// With its unit, where that says something new.
QString labelOf(const Field& field) {
  const auto label = translated(field.label);
  const auto unit = translated(field.unit);
  if (field.unit.empty() || label.compare(unit, Qt::CaseInsensitive) == 0) return label;
  return QStringLiteral("%1 (%2)").arg(label, unit);
}

constexpr const char* kObjective = "objective.kind";
constexpr const char* kZero = "zero";  // Property: what 0 stands for; name of its label.

/// Says beside a number what its 0 stands for, while it is 0.
void showZero(const QLineEdit& line) {
  auto* label = line.findChild<QLabel*>(QLatin1String(kZero));
  if (label)
    label->setText(line.text().trimmed() == QLatin1String("0") ? label->property(kZero).toString()
                                                               : QString());
}

/// Within the editor, at its end, so that all editors stay as wide as they are.
void addZero(const Field& field, QLineEdit& line) {
  auto* label = new QLabel(&line);
  label->setObjectName(QLatin1String(kZero));
  label->setProperty(kZero, QStringLiteral("= %1").arg(translated(field.zero)));
  label->setForegroundRole(QPalette::PlaceholderText);
  label->setAttribute(Qt::WA_TransparentForMouseEvents);
  auto* layout = new QHBoxLayout(&line);
  layout->setContentsMargins(0, 0, 8, 0);
  layout->addWidget(label, 0, Qt::AlignRight);
}

/// What it means, where it comes from, and what it is called in specifications.
QString meaningOf(const Field& field) {
  auto text = QStringLiteral("<p>%1</p>").arg(translated(field.help).toHtmlEscaped());
  const auto source = field_sources().find(field.key);
  if (source != field_sources().end())
    text += QStringLiteral("<p><small>%1</small></p>")
                .arg(QString::fromStdString(source->second).toHtmlEscaped());
  return text + QStringLiteral("<p><code>%1</code></p>").arg(QString::fromStdString(field.key));
}

QString plainText(const FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
  auto text = QString::fromStdString(to_toml(value));
  if (text.endsWith(".0")) text.chop(2);
  return text;
}

}  // namespace

QString explanationOf(const Field& field) {
  return QStringLiteral("<b>%1</b>").arg(labelOf(field)) + meaningOf(field);
}

FieldForm::FieldForm(const QStringList& sections, const QStringList& without, QWidget* parent)
    : QWidget(parent), sections_(sections), without_(without), layout_(new QFormLayout(this)) {
  layout_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
    if (now && isAncestorOf(now)) explain(now->objectName().toStdString());
  });
  rebuild();
}

void FieldForm::setExperiment(const Experiment& experiment) {
  experiment_ = experiment;
  complaints_.clear();
  rebuild();
}

void FieldForm::offer(const std::string& key, std::vector<std::string> choices) {
  offered_[key] = std::move(choices);
}

void FieldForm::rebuild() {
  while (layout_->rowCount() > 0) layout_->removeRow(0);
  QString section = QStringLiteral("-");
  for (const auto& field : experiment_.fields()) {
    const auto own = sectionOf(field.key);
    if (field.is_derived || !sections_.contains(own) ||
        without_.contains(QString::fromStdString(field.key)))
      continue;
    if (own != section && !own.isEmpty()) {
      auto* heading =
          new QLabel(translated((own.left(1).toUpper() + own.mid(1)).toStdString()), this);
      auto font = heading->font();
      font.setBold(true);
      heading->setFont(font);
      layout_->addRow(heading);
    }
    section = own;
    auto* editor = makeEditor(field);
    layout_->addRow(labelOf(field), editor);
  }
  guardWheel(*this);
}

QWidget* FieldForm::makeEditor(const Field& field) {
  auto* box = new QWidget(this);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins({});
  layout->setSpacing(0);
  auto* complaint = new QLabel(box);
  complaint->setWordWrap(true);
  complaint->setStyleSheet(QStringLiteral("color: #d55e00"));
  complaint->hide();
  const auto key = field.key;
  QWidget* editor = nullptr;
  if (field.kind == FieldKind::kBoolean) {
    auto* check = new QCheckBox(box);
    check->setChecked(experiment_.flag(key));
    connect(check, &QCheckBox::toggled, this,
            [=, this](bool on) { take(key, on ? "true" : "false", complaint); });
    editor = check;
  } else if (field.kind == FieldKind::kChoice) {
    auto* combo = new QComboBox(box);
    const auto chosen = plainText(experiment_.value(key));
    const auto offered = offered_.find(key);
    for (const auto& choice : offered == offered_.end() ? field.choices : offered->second)
      combo->addItem(QString::fromStdString(choice));
    if (combo->findText(chosen) < 0) combo->addItem(chosen);
    combo->setCurrentText(chosen);
    connect(combo, &QComboBox::currentTextChanged, this,
            [=, this](const QString& text) { take(key, text, complaint); });
    editor = combo;
  } else {
    auto* line = new QLineEdit(plainText(experiment_.value(key)), box);
    connect(line, &QLineEdit::textChanged, this, [=, this](const QString& text) {
      showZero(*line);
      take(key, text, complaint);
    });
    editor = line;
  }
  editor->setAccessibleName(translated(field.label));
  editor->setObjectName(QString::fromStdString(key));
  editor->setToolTip(meaningOf(field));
  layout->addWidget(editor);
  if (auto* line = qobject_cast<QLineEdit*>(editor); line && !field.zero.empty()) {
    addZero(field, *line);
    showZero(*line);
  }
  layout->addWidget(complaint);
  box->setFocusProxy(editor);
  return box;
}

void FieldForm::explain(const std::string& key) {
  if (!experiment_.has(key)) return;
  auto text = explanationOf(experiment_.field(key));
  if (key == kObjective)  // And what the chosen one does.
    text += QStringLiteral("<p>%1</p>")
                .arg(translated(find_objective(experiment_.text(key)).description).toHtmlEscaped());
  Q_EMIT explained(text);
}

void FieldForm::take(const std::string& key, const QString& text, QLabel* complaint) {
  try {
    const auto before = experiment_;
    experiment_.set_text(key, text.toStdString());
    follow(before, key);
    complaints_.erase(key);
    complaint->hide();
    if (key == kObjective) explain(key);
  } catch (const UserError& error) {
    complaints_[key] = error.what();
    complaint->setText(QString::fromUtf8(error.what()));
    complaint->show();
  }
  Q_EMIT changed();
}

/// Shows what setting `key` changed beside it: another objective has other fields, a preset sets
/// those of the views.
void FieldForm::follow(const Experiment& before, const std::string& key) {
  if (!std::ranges::equal(before.fields(), experiment_.fields(), {}, &Field::key, &Field::key)) {
    std::erase_if(complaints_, [&](const auto& one) { return !experiment_.has(one.first); });
    // Not now: the editor that was used is still at work.
    QTimer::singleShot(0, this, [this, key] {
      rebuild();
      if (auto* editor = findChild<QWidget*>(QString::fromStdString(key))) editor->setFocus();
    });
    return;
  }
  for (const auto& other : experiment_.differences(before)) {
    auto* editor = other == key ? nullptr : findChild<QWidget*>(QString::fromStdString(other));
    if (!editor) continue;
    const QSignalBlocker blocker(editor);
    if (auto* check = qobject_cast<QCheckBox*>(editor)) check->setChecked(experiment_.flag(other));
    const auto value = plainText(experiment_.value(other));
    if (auto* combo = qobject_cast<QComboBox*>(editor)) combo->setCurrentText(value);
    if (auto* line = qobject_cast<QLineEdit*>(editor)) {
      line->setText(value);
      showZero(*line);
    }
  }
}

}  // namespace pretext
