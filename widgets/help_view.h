#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace pretext {

/// A page of `resources/help` by its name without the ending, as Markdown: in the window's language
/// where it is there in that. Empty for none of that name.
QString helpTopic(const QString& topic);

/// The help pages of `resources/help`, as a window of their own: a list of topics that a search
/// narrows, and the page.
class HelpView final : public QWidget {
  Q_OBJECT

 public:
  explicit HelpView(QWidget* parent = nullptr);
  /// `topic`: name of a file of `resources/help` without its ending.
  void showTopic(const QString& topic);

 private:
  void search(const QString& words);
  void turnTo(int row);

  QLineEdit* search_;  // All owned by this widget.
  QListWidget* topics_;
  QTextBrowser* page_;
};

}  // namespace pretext
