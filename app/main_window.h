#pragma once

#include "app/workspace.h"

#include <QMainWindow>

#include <optional>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace pretext {

class CommandPalette;
class ComparePage;
class CorporaPage;
class EmbeddingsPage;
class HelpView;
class RunsPage;
class StartPage;
class ViewsPage;
struct PaletteEntry;

/// Places the pages and wires them: a sidebar in the order of the work, a status bar that says what
/// the engine does.
class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  enum Page { kCorpora, kViews, kRuns, kEmbeddings, kCompare, kStart };

  MainWindow(Workspace& workspace, std::optional<std::int64_t> run);
  void goTo(Page page);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  StartPage* makeStart();
  void makeMenu();
  void makeHelpMenu();
  /// Pages, actions, runs and corpora by name.
  std::vector<PaletteEntry> paletteEntries();
  void drawIcons();
  void showStatus();

  Workspace& workspace_;
  QListWidget* sidebar_;  // All owned by this window.
  QStackedWidget* pages_;
  CorporaPage* corpora_;
  ViewsPage* views_;
  RunsPage* runs_;
  EmbeddingsPage* embeddings_;
  ComparePage* compare_;
  QLabel* status_;
  CommandPalette* palette_;
  HelpView* help_;
};

}  // namespace pretext
