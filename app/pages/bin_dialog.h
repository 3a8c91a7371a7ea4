#pragma once

#include "app/workspace.h"
#include "core/store/bin.h"

#include <QDialog>

#include <functional>
#include <vector>

class QPushButton;
class QTableWidget;

namespace pretext {

class MessageLine;

/// What is in the bin: put back, or deleted for good, which alone asks first.
class BinDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit BinDialog(Workspace& workspace, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void refresh();
  std::vector<BinnedItem> selected() const;
  void restore();
  void purge(const std::vector<BinnedItem>& items);

  Workspace& workspace_;
  MessageLine* message_;  // All owned by this widget.
  QTableWidget* table_;
  QPushButton* restore_;
  QPushButton* purge_;
  QPushButton* empty_;
  std::vector<BinnedItem> items_;  // By row.
};

}  // namespace pretext
