#pragma once

#include "app/workspace.h"

#include <QToolButton>

#include <vector>

class QListWidget;

namespace pretext {

/// How many runs wait, and in its popup which: drag them, or move them with Ctrl+Up and Ctrl+Down,
/// into the order in which they are to train. Hidden while fewer than two wait.
class QueueButton final : public QToolButton {
  Q_OBJECT

 public:
  explicit QueueButton(Workspace& workspace, QWidget* parent = nullptr);
  void refresh();

 Q_SIGNALS:
  void failed(const QString& reason);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void list();
  void move(int by);
  void storeOrder();

  Workspace& workspace_;
  QListWidget* runs_;  // Owned by the popup.
};

}  // namespace pretext
