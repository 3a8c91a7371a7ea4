#pragma once

#include "app/session.h"
#include "app/workspace.h"

#include <QMainWindow>

#include <optional>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace pretext {

class BinDialog;
class CommandPalette;
class ComparePage;
class CorporaPage;
class Drafts;
class EmbeddingsPage;
class HelpView;
class RunsPage;
class StartPage;
class Tour;
class ViewsPage;
struct PaletteEntry;

/// Places the pages and wires them: a sidebar in the order of the work, with the start above it; a
/// status bar that says what the engine does.
class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  /// As sessions are kept: new ones are added at the end.
  enum Page { kCorpora, kViews, kRuns, kEmbeddings, kCompare, kStart };

  /// Opens where it was left in this workspace; at `run` where one is given.
  MainWindow(Workspace& workspace, std::optional<std::int64_t> run);
  void goTo(Page page);
  /// Opens the form of a run with the recipe of the Views page, on the corpus in hand.
  void startNewRun();
  /// Leads a newcomer through the window.
  void startTour();

 Q_SIGNALS:
  /// A person wants to see another workspace; `folder` may not be one yet.
  void workspaceRequested(const QString& folder);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  StartPage* makeStart();
  /// Asks for a folder, on the Corpora page.
  void openFolder();
  void makePages();
  void connectPages();
  /// Goes where the window was left, with what was in hand.
  void restore(std::optional<std::int64_t> run);
  void makeFileMenu();
  void makeViewMenu();
  void makeFindMenu();
  void makeHelpMenu();
  /// Pages, actions, runs and corpora by name.
  std::vector<PaletteEntry> paletteEntries();
  static QString titleOf(Page page);
  Page currentPage() const;
  void showStatus();

  Workspace& workspace_;
  Session session_;
  Drafts* drafts_;
  QListWidget* sidebar_;  // All owned by this window.
  QStackedWidget* pages_;
  CorporaPage* corpora_;
  ViewsPage* views_;
  RunsPage* runs_;
  EmbeddingsPage* embeddings_;
  ComparePage* compare_;
  QLabel* status_;
  CommandPalette* palette_;
  BinDialog* bin_;
  HelpView* help_;
  Tour* tour_;
  Page beforeTour_ = kStart;
};

}  // namespace pretext
