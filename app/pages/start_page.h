#pragma once

#include <QWidget>

namespace pretext {

/// First start: what one can do, and what the machine has.
class StartPage final : public QWidget {
  Q_OBJECT

 public:
  explicit StartPage(QWidget* parent = nullptr);

 Q_SIGNALS:
  void openFolderRequested();
  void openFileRequested();
  void sampleRequested();
  void sampleTextRequested();
};

}  // namespace pretext
