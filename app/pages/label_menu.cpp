#include "app/pages/label_menu.h"

#include "app/label_export.h"
#include "core/base/format.h"
#include "widgets/theme.h"

#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>

#include <utility>

namespace pretext {

LabelMenu::LabelMenu(Workspace& workspace, QWidget* parent)
    : QToolButton(parent), workspace_(workspace) {
  setIcon(themedIcon(QStringLiteral("more")));
  setAccessibleName(tr("More about the labels"));
  setPopupMode(QToolButton::InstantPopup);
  setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none }"));
  auto* menu = new QMenu(this);
  menu->addAction(tr("Export the labels as CSV…"), this, &LabelMenu::exportCsv);
  menu->addAction(tr("Export the probe's predictions as CSV…"), this, &LabelMenu::exportPredicted);
  menu->addAction(tr("Make them the corpus's labels"), this, &LabelMenu::attach);
  menu->addAction(tr("History…"), this, &LabelMenu::showHistory);
  setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, &LabelMenu::opened);
}

void LabelMenu::setLabels(ShownLabels labels) {
  labels_ = std::move(labels);
}

void LabelMenu::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

void LabelMenu::exportCsv() {
  const auto shown = labels_;  // While a dialog is open, another may come in hand.
  const auto& own = shown.labelling;
  if (!own) return Q_EMIT failed(tr("There are no labels to export yet."));
  const auto file = QFileDialog::getSaveFileName(
      this, tr("Export labels"), QString::fromStdString(own->name) + QStringLiteral(".csv"),
      tr("CSV (*.csv)"));
  if (file.isEmpty()) return;
  attempt([&] {
    exportLabels(workspace_.database(), *own, file.toStdString());
    Q_EMIT told(tr("%L1 labels are in %2.").arg(shown.count).arg(file));
  });
}

void LabelMenu::exportPredicted() {
  const auto shown = labels_;  // While a dialog is open, another may come in hand.
  const auto& own = shown.labelling;
  if (!own || !shown.hasProbe)
    return Q_EMIT failed(tr("There is no probe yet: train one on these labels."));
  const auto file = QFileDialog::getSaveFileName(
      this, tr("Export predictions"),
      QString::fromStdString(own->name) + QStringLiteral(" predicted.csv"), tr("CSV (*.csv)"));
  if (file.isEmpty()) return;
  attempt([&] {
    const auto count =
        exportPredictions(workspace_.database(), *own, shown.run, file.toStdString());
    Q_EMIT told(tr("Predictions of %L1 of %L2 samples are in %3: those that were embedded when "
                   "the probe was trained.")
                    .arg(count)
                    .arg(shown.corpus->size())
                    .arg(file));
  });
}

void LabelMenu::attach() {
  const auto shown = labels_;  // While a dialog is open, another may come in hand.
  const auto& own = shown.labelling;
  if (!own) return Q_EMIT failed(tr("There are no labels yet."));
  const auto question =
      tr("The labels of \"%1\" take the place of those that the corpus has of the same samples. "
         "Runs are evaluated by them from then on.")
          .arg(QString::fromStdString(own->name));
  if (!shown.corpus->record().classes.empty() &&
      QMessageBox::question(this, tr("Make them the corpus's labels"), question,
                            QMessageBox::Ok | QMessageBox::Cancel) != QMessageBox::Ok)
    return;
  attempt([&] {
    const auto count = attachLabels(workspace_.database(), *own);
    workspace_.announceChange();
    Q_EMIT told(tr("%L1 labels are the corpus's own now: fine-tuning and \"evaluate\" use them.")
                    .arg(count));
  });
}

void LabelMenu::showHistory() {
  const auto shown = labels_;  // While a dialog is open, another may come in hand.
  const auto& own = shown.labelling;
  if (!own) return Q_EMIT failed(tr("There are no labels yet."));
  QStringList lines;
  for (const auto& act : LabellingStore(workspace_.database()).history(own->id)) {
    auto line =
        tr("%1, %2: %L3 samples, %4")
            .arg(QString::fromStdString(local_time(act.created_ms)),
                 QString::fromStdString(act.author))
            .arg(act.num_samples)
            .arg(act.label.empty() ? tr("label taken away") : QString::fromStdString(act.label));
    if (act.is_undone) line = tr("%1 (undone)").arg(line);
    lines << line;
  }
  QMessageBox box(QMessageBox::NoIcon,
                  tr("History of \"%1\"").arg(QString::fromStdString(own->name)),
                  lines.mid(std::max<qsizetype>(0, lines.size() - 20)).join(QLatin1Char('\n')),
                  QMessageBox::Close, this);
  if (lines.size() > 20) box.setDetailedText(lines.join(QLatin1Char('\n')));
  box.exec();
}

}  // namespace pretext
