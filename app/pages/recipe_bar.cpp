#include "app/pages/recipe_bar.h"

#include "core/base/error.h"
#include "core/store/recipe_store.h"
#include "widgets/buddy_label.h"
#include "widgets/recipe_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace pretext {

QString viewsToml(const Experiment& experiment) {
  const auto toml = QString::fromStdString(experiment.to_toml());
  const auto begin = toml.indexOf(QLatin1String("[views]"));
  const auto end = toml.indexOf(QLatin1String("\n["), begin + 1);
  return toml.mid(begin, end < 0 ? -1 : end + 1 - begin);
}

RecipeBar::RecipeBar(Workspace& workspace, RecipeEditor& editor, QWidget* parent)
    : QWidget(parent),
      workspace_(workspace),
      editor_(editor),
      kept_(new QComboBox),
      remove_(new QPushButton(tr("Remove"))) {
  kept_->setEditable(true);
  kept_->setInsertPolicy(QComboBox::NoInsert);
  kept_->setAccessibleName(tr("Kept recipe"));
  kept_->lineEdit()->setPlaceholderText(tr("a name, to keep this recipe"));
  remove_->setAccessibleName(tr("Remove the kept recipe"));
  auto* names = new QHBoxLayout;
  names->addWidget(buddyLabel(tr("&Kept"), kept_));
  names->addWidget(kept_, 1);
  auto* buttons = new QHBoxLayout;
  const auto add = [&](QHBoxLayout* row, const QString& text, const QString& name,
                       const QKeySequence& keys, auto action) {
    auto* button = new QPushButton(text);
    button->setAccessibleName(name);
    button->setShortcut(keys);
    if (!keys.isEmpty()) button->setToolTip(keys.toString(QKeySequence::NativeText));
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, action);
    return button;
  };
  keep_ = add(names, tr("Keep"), tr("Keep this recipe"), {}, [this] { keep(); });
  names->addWidget(remove_);
  auto* stack = editor_.undoStack();
  auto* undo = add(buttons, tr("Undo"), tr("Undo"), QKeySequence::Undo, [stack] { stack->undo(); });
  auto* redo = add(buttons, tr("Redo"), tr("Redo"), QKeySequence::Redo, [stack] { stack->redo(); });
  add(buttons, tr("Copy"), tr("Copy as TOML"), {}, [this] { copy(); });
  add(buttons, tr("Paste"), tr("Paste TOML"), {}, [this] { paste(); });
  undo->setEnabled(false);
  redo->setEnabled(false);
  connect(stack, &QUndoStack::canUndoChanged, undo, &QWidget::setEnabled);
  connect(stack, &QUndoStack::canRedoChanged, redo, &QWidget::setEnabled);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins({});
  layout->addLayout(names);
  layout->addLayout(buttons);
  connect(remove_, &QPushButton::clicked, this, &RecipeBar::remove);
  connect(kept_, &QComboBox::activated, this, &RecipeBar::take);
  connect(kept_, &QComboBox::editTextChanged, this, &RecipeBar::showKept);
  connect(&editor_, &RecipeEditor::changed, this, &RecipeBar::showKept);
  listRecipes();
}

void RecipeBar::listRecipes() {
  const QSignalBlocker blocker(kept_);
  const auto text = kept_->currentText();
  kept_->clear();
  for (const auto& recipe : RecipeStore(workspace_.database()).list())
    kept_->addItem(QString::fromStdString(recipe.name));
  kept_->setCurrentIndex(kept_->findText(text));
  kept_->setEditText(text);
  remove_->setEnabled(kept_->count() > 0);
  showKept();
}

void RecipeBar::showKept() {
  const auto name = kept_->currentText().trimmed().toStdString();
  const auto recipe = name.empty() ? std::nullopt : RecipeStore(workspace_.database()).find(name);
  auto asKept = editor_.experiment();
  if (recipe) recipe->apply(asKept);
  const bool isKept = recipe && asKept == editor_.experiment();
  keep_->setText(!recipe ? tr("Keep") : isKept ? tr("Kept") : tr("Keep changes"));
  keep_->setEnabled(!isKept);  // Without a name it says that one is missing.
}

void RecipeBar::take(int index) {
  attempt([&] {
    const auto name = kept_->itemText(index);
    auto experiment = editor_.experiment();
    RecipeStore(workspace_.database()).require(name.toStdString()).apply(experiment);
    editor_.setRecipe(experiment, tr("recipe %1").arg(name));
  });
}

void RecipeBar::keep() {
  attempt([&] {
    RecipeStore(workspace_.database())
        .save(kept_->currentText().toStdString(), editor_.experiment());
    listRecipes();
    Q_EMIT recipesChanged();
  });
}

void RecipeBar::remove() {
  attempt([&] {
    RecipeStore(workspace_.database()).remove(kept_->currentText().trimmed().toStdString());
    kept_->setEditText({});
    listRecipes();
    Q_EMIT recipesChanged();
  });
}

void RecipeBar::copy() {
  QApplication::clipboard()->setText(viewsToml(editor_.experiment()));
}

/// What is not named stays as it is.
void RecipeBar::paste() {
  attempt([&] {
    const auto text = QApplication::clipboard()->text();
    const auto pasted =
        Experiment::from_toml(text.toStdString(), tr("The clipboard").toStdString());
    static const QRegularExpression assignment(QStringLiteral("^\\s*(?:views\\.)?([a-z_]+)\\s*="),
                                               QRegularExpression::MultilineOption);
    std::vector<std::string> keys;
    for (auto matches = assignment.globalMatch(text); matches.hasNext();) {
      const auto key = "views." + matches.next().captured(1).toStdString();
      if (pasted.has(key)) keys.push_back(key);
    }
    if (keys.empty())
      throw UserError(
          "The clipboard has no settings of views, such as \"[views]\" and below it "
          "\"hue = 0.1\".");
    std::ranges::stable_sort(keys, {}, setting_rank);
    auto experiment = editor_.experiment();
    for (const auto& key : keys) experiment.set(key, pasted.value(key));
    editor_.setRecipe(experiment, tr("pasted recipe"));
  });
}

void RecipeBar::attempt(const std::function<void()>& work) {
  try {
    work();
    Q_EMIT said({});
  } catch (const std::exception& error) {
    Q_EMIT said(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
