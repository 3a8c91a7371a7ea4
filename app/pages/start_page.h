#pragma once

#include <QWidget>

namespace pretext {

/// What one can begin with, where one was lately, and what the machine has.
class StartPage final : public QWidget {
  Q_OBJECT

 public:
  /// `workspace`: the one that is open; the others that were lately are offered.
  explicit StartPage(QString workspace, QWidget* parent = nullptr);

 Q_SIGNALS:
  void openFolderRequested();
  void openFileRequested();
  void sampleRequested();
  void sampleTextRequested();
  void workspaceRequested(const QString& folder);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  /// Those opened meanwhile, by other windows too.
  void listRecent();

  QString workspace_;
  QWidget* recent_;  // Owned by this widget.
};

}  // namespace pretext
