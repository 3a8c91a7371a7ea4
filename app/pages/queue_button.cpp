#include "app/pages/queue_button.h"

#include "core/store/job_store.h"
#include "widgets/buddy_label.h"
#include "widgets/run_titles.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QVBoxLayout>
#include <QWidgetAction>

#include <algorithm>

namespace pretext {
namespace {

/// As they will be claimed.
std::vector<RunRecord> queuedRuns(Database& database) {
  std::vector<RunRecord> queued;
  for (const auto run : JobStore(database).training_queue()) {
    if (auto record = RunStore(database).find(run)) queued.push_back(std::move(*record));
  }
  return queued;
}

}  // namespace

QueueButton::QueueButton(Workspace& workspace, QWidget* parent)
    : QToolButton(parent), workspace_(workspace), runs_(new QListWidget) {
  setAccessibleName(tr("Queue"));
  setPopupMode(QToolButton::InstantPopup);
  runs_->setAccessibleName(tr("Runs in the queue"));
  runs_->setDragDropMode(QAbstractItemView::InternalMove);
  runs_->setMinimumSize(360, 220);
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->addWidget(buddyLabel(tr("Drag, or Ctrl+Up and Ctrl+Down: the first trains next"), runs_));
  layout->addWidget(runs_);
  auto* menu = new QMenu(this);
  auto* action = new QWidgetAction(menu);
  action->setDefaultWidget(box);
  menu->addAction(action);
  setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, &QueueButton::list);
  connect(runs_->model(), &QAbstractItemModel::rowsMoved, this, &QueueButton::storeOrder);
  runs_->installEventFilter(this);
}

bool QueueButton::eventFilter(QObject* watched, QEvent* event) {
  if (watched != runs_ || event->type() != QEvent::KeyPress)
    return QToolButton::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool isMove = key->modifiers() == Qt::ControlModifier &&
                      (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down);
  if (!isMove) return false;
  move(key->key() == Qt::Key_Up ? -1 : 1);
  return true;
}

void QueueButton::refresh() {
  const auto waiting = JobStore(workspace_.database()).training_queue().size();
  setVisible(waiting > 1);
  setText(tr("Queue (%1)").arg(waiting));
}

void QueueButton::list() {
  runs_->clear();
  for (const auto& run : queuedRuns(workspace_.database())) {
    auto* item = new QListWidgetItem(runTitle(run.id, run.name), runs_);
    item->setData(Qt::UserRole, QVariant::fromValue<qint64>(run.id));
  }
  runs_->setCurrentRow(0);
  runs_->setFocus();
}

void QueueButton::move(int by) {
  const int from = runs_->currentRow();
  const int to = from + by;
  if (from < 0 || to < 0 || to >= runs_->count()) return;
  runs_->insertItem(to, runs_->takeItem(from));
  runs_->setCurrentRow(to);
  storeOrder();
}

void QueueButton::storeOrder() {
  std::vector<std::int64_t> order;
  order.reserve(static_cast<std::size_t>(runs_->count()));
  for (int row = 0; row < runs_->count(); ++row)
    order.push_back(runs_->item(row)->data(Qt::UserRole).toLongLong());
  try {
    JobStore(workspace_.database()).order_queue(order);
    workspace_.announceChange();
  } catch (const std::exception& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
  }
}

}  // namespace pretext
