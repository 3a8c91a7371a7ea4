#pragma once

#include <QWidget>

namespace pretext {

/// First start: what one can do, and what the machine has.
class StartPage final : public QWidget {
  Q_OBJECT

 public:
  /// `workspace`: the one that is open; the others that were lately are offered.
  explicit StartPage(const QString& workspace, QWidget* parent = nullptr);

 Q_SIGNALS:
  void openFolderRequested();
  void openFileRequested();
  void sampleRequested();
  void sampleTextRequested();
  void workspaceRequested(const QString& folder);

 private:
  QLayout* makeRecent(const QString& workspace);
};

}  // namespace pretext
