#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace pretext {

/// Something that can be found by its name and done.
struct PaletteEntry {
  QString title;
  QString kind;  ///< What it is, in a word: a page, a run, an action.
  std::function<void()> act;
};

/// How well `text` fits what was typed: its letters occur in this order, the better the closer they
/// stand and the more of them begin words. 0: not at all. Case does not matter.
int paletteScore(const QString& typed, const QString& text);

/// Finds any page, run, corpus or action by a few letters of its name and does it: a list that
/// narrows while one types. Escape or a click elsewhere closes it.
class CommandPalette final : public QFrame {
  Q_OBJECT

 public:
  explicit CommandPalette(QWidget* parent);
  /// Shows it over the parent, with these on offer.
  void open(std::vector<PaletteEntry> entries);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void narrow(const QString& typed);
  void act();

  std::vector<PaletteEntry> entries_;
  QLineEdit* line_;  // All owned by this widget.
  QListWidget* list_;
};

}  // namespace pretext
