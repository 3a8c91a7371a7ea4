#include "app/main_window.h"

#include "app/drafts.h"
#include "app/pages/bin_dialog.h"
#include "app/pages/compare_page.h"
#include "app/pages/corpora_page.h"
#include "app/pages/embeddings_page.h"
#include "app/pages/runs_page.h"
#include "app/pages/start_page.h"
#include "app/pages/views_page.h"
#include "app/run_notifier.h"
#include "core/base/format.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "widgets/command_palette.h"
#include "widgets/help_view.h"
#include "widgets/theme.h"
#include "widgets/tour.h"
#include "widgets/translation.h"

#include <QActionGroup>
#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>

#include <algorithm>
#include <array>

namespace pretext {
namespace {

const QString kNotify = QStringLiteral("notify");  // Whether to, in the preferences.
const QString kTourSeen = QStringLiteral("tourSeen");
constexpr const char* kRecipe = "recipe";  // Names of drafts.
constexpr const char* kNewRun = "run";

/// Of the sidebar.
constexpr std::array kOrder = {MainWindow::kStart, MainWindow::kCorpora,    MainWindow::kViews,
                               MainWindow::kRuns,  MainWindow::kEmbeddings, MainWindow::kCompare};

}  // namespace

MainWindow::MainWindow(Workspace& workspace, std::optional<std::int64_t> run)
    : workspace_(workspace),
      session_(workspace.folder()),
      drafts_(new Drafts(workspace.folder(), this)),
      sidebar_(new QListWidget),
      pages_(new QStackedWidget),
      corpora_(new CorporaPage(workspace)),
      views_(new ViewsPage(workspace)),
      runs_(new RunsPage(workspace)),
      embeddings_(new EmbeddingsPage(workspace)),
      compare_(new ComparePage(workspace)),
      status_(new QLabel),
      palette_(new CommandPalette(this)),
      bin_(new BinDialog(workspace, this)),
      help_(new HelpView(this)) {
  setWindowTitle(tr("Pretext — %1").arg(QString::fromStdString(workspace.folder().string())));
  setAcceptDrops(true);
  makePages();
  makeFileMenu();
  makeViewMenu();
  makeFindMenu();
  makeHelpMenu();
  tour_ = new Tour(this);
  connectPages();
  showStatus();
  restore(run);
}

void MainWindow::makePages() {
  const QString icons[] = {QStringLiteral("corpora"), QStringLiteral("views"),
                           QStringLiteral("runs"),    QStringLiteral("embeddings"),
                           QStringLiteral("compare"), QStringLiteral("start")};
  for (const auto page : kOrder) {
    auto* item = new QListWidgetItem(themedIcon(icons[page]), titleOf(page), sidebar_);
    item->setSizeHint({0, 34});  // Owned by the sidebar.
  }
  sidebar_->setIconSize({20, 20});
  sidebar_->setAccessibleName(tr("Pages"));
  sidebar_->setFixedWidth(148);
  sidebar_->setFrameShape(QFrame::NoFrame);
  sidebar_->setSpacing(3);
  auto* start = makeStart();
  for (QWidget* page : {static_cast<QWidget*>(corpora_), static_cast<QWidget*>(views_),
                        static_cast<QWidget*>(runs_), static_cast<QWidget*>(embeddings_),
                        static_cast<QWidget*>(compare_), static_cast<QWidget*>(start)})
    pages_->addWidget(page);
  auto* centre = new QWidget;
  auto* layout = new QHBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(sidebar_);
  layout->addWidget(pages_, 1);
  setCentralWidget(centre);
  status_->setAccessibleName(tr("What the engine does"));
  statusBar()->addWidget(status_, 1);
}

void MainWindow::connectPages() {
  // A click between two entries keeps the selection.
  connect(sidebar_, &QListWidget::itemSelectionChanged, this, [this] {
    if (sidebar_->selectedItems().isEmpty() && sidebar_->currentItem())
      sidebar_->currentItem()->setSelected(true);
  });
  connect(sidebar_, &QListWidget::currentRowChanged, this, [this](int row) {
    if (row < 0) return;
    const auto page = kOrder[static_cast<std::size_t>(row)];
    pages_->setCurrentIndex(page);
    session_.setPage(page);
  });
  connect(corpora_, &CorporaPage::corpusSelected, this, [this](qint64 corpus) {
    views_->showCorpus(corpus);
    session_.setCorpus(corpus);
  });
  connect(runs_, &RunsPage::runSelected, this, [this](qint64 run) {
    embeddings_->showRun(run);
    session_.setRun(run);
  });
  connect(runs_, &RunsPage::compareRequested, this, [this](const auto& runs) {
    compare_->showRuns(runs);
    goTo(kCompare);
  });
  connect(runs_, &RunsPage::newRunRequested, this, &MainWindow::startNewRun);
  const auto beginRun = [this] {
    goTo(kRuns);
    startNewRun();
  };
  connect(views_, &ViewsPage::newRunRequested, this, beginRun);
  connect(embeddings_, &EmbeddingsPage::newRunRequested, this, beginRun);
  connect(compare_, &ComparePage::newRunRequested, this, beginRun);
  connect(views_, &ViewsPage::openFolderRequested, this, &MainWindow::openFolder);
  connect(views_, &ViewsPage::recipeChanged, this,
          [this](const Experiment& recipe) { drafts_->keep(kRecipe, recipe); });
  connect(runs_, &RunsPage::draftChanged, this,
          [this](const auto& draft) { drafts_->keep(kNewRun, draft); });
  connect(tour_, &Tour::ended, this, [this] {
    QSettings().setValue(kTourSeen, true);
    if (currentPage() == kStart) goTo(beforeTour_);  // Else somebody has gone on meanwhile.
  });
  connect(&workspace_, &Workspace::changed, this, [this] { showStatus(); });
  connect(&workspace_, &Workspace::failed, status_, &QLabel::setText);
  new RunNotifier(  // Owned by this window.
      workspace_,
      [this](const QString& title, const QString& text) {
        if (QSettings().value(kNotify, true).toBool() && !isActiveWindow())
          notifyDesktop(title, text);
      },
      this);
}

void MainWindow::openFolder() {
  goTo(kCorpora);
  corpora_->chooseFolder();
}

void MainWindow::startNewRun() {
  auto experiment = views_->experiment();
  if (const auto corpus = corpora_->selectedName(); !corpus.isEmpty())
    experiment.set("corpus", corpus.toStdString());
  runs_->startNewRun(experiment);
}

void MainWindow::restore(std::optional<std::int64_t> run) {
  resize(QSize(1180, 760).boundedTo(screen()->availableSize()));
  restoreGeometry(QSettings().value(QStringLiteral("geometry")).toByteArray());
  // All of it is read before any of it is put in place, which writes it again.
  const auto page = static_cast<Page>(std::clamp<int>(session_.page(), kCorpora, kStart));
  const auto corpus = session_.corpus();
  const auto lastRun = run.value_or(session_.run());
  const auto draft = drafts_->read(kNewRun);
  if (const auto recipe = drafts_->read(kRecipe)) views_->setRecipe(*recipe);
  const auto corpora = CorpusStore(workspace_.database()).list();
  if (std::ranges::find(corpora, corpus, &CorpusRecord::id) != corpora.end())
    corpora_->select(corpus);
  views_->showCorpus(corpora_->selectedCorpus());
  if (RunStore(workspace_.database()).find(lastRun)) runs_->select(lastRun);
  goTo(corpora.empty() ? kStart : run ? kRuns : page);
  if (draft && !run && !corpora.empty()) {
    goTo(kRuns);
    runs_->resumeDraft(*draft);
  }
}

void MainWindow::startTour() {
  if (!tour_->isUnderWay()) beforeTour_ = currentPage();
  if (CorpusStore(workspace_.database()).list().empty()) goTo(kStart);
  tour_->start(
      {{sidebar_, tr("The places, in the order of the work"),
        tr("Start offers samples and other workspaces. Corpora holds your images and texts. Views "
           "shows them as training sees them, Runs trains on them, Embeddings shows what was "
           "learned, Compare tells which run was best, and why.")},
       {pages_, tr("Begin with a folder"),
        tr("Open a folder of images or a file of text: labels are not needed. Or try the sample, "
           "which is drawn on this machine and learned from in two minutes.")},
       {statusBar(), tr("What the engine does"),
        tr("Runs train in the background. They go on when this window is closed, and are there "
           "when it opens again.")},
       {menuBar(), tr("Finding things"),
        tr("Ctrl+K finds any corpus, run, page or action by its name. F1 shows the keys, Shift+F1 "
           "explains the page you are on.")}});
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (currentPage() != kStart || QSettings().value(kTourSeen, false).toBool()) return;
  QTimer::singleShot(0, this, [this] {
    const bool isStill = isVisible() && currentPage() == kStart;
    if (isStill && !tour_->isUnderWay()) startTour();
  });
}

StartPage* MainWindow::makeStart() {
  auto* start = new StartPage(QString::fromStdString(workspace_.folder().string()));
  connect(start, &StartPage::openFolderRequested, this, &MainWindow::openFolder);
  connect(start, &StartPage::openFileRequested, this, [this] {
    goTo(kCorpora);
    corpora_->chooseFile();
  });
  connect(start, &StartPage::sampleRequested, this, [this] {
    goTo(kCorpora);
    corpora_->ingestSample();
  });
  connect(start, &StartPage::workspaceRequested, this, &MainWindow::workspaceRequested);
  connect(start, &StartPage::sampleTextRequested, this, [this] {
    goTo(kCorpora);
    corpora_->ingestSampleText();
  });
  return start;
}

void MainWindow::makeFileMenu() {
  auto* file = menuBar()->addMenu(tr("&File"));
  file->addAction(tr("&Open a folder…"), QKeySequence::Open, this, &MainWindow::openFolder);
  file->addAction(tr("Open a fi&le…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), this,
                  [this] {
                    goTo(kCorpora);
                    corpora_->chooseFile();
                  });
  file->addAction(tr("&New run…"), QKeySequence::New, this, [this] {
    goTo(kRuns);
    Q_EMIT runs_->newRunRequested();
  });
  file->addSeparator();
  auto* bin = file->addAction(tr("&Bin…"), this, [this] {
    bin_->show();
    bin_->raise();
  });
  bin->setObjectName(QStringLiteral("bin"));
  file->addSeparator();
  file->addAction(tr("Open a &workspace…"), this, [this] {
    const auto folder = QFileDialog::getExistingDirectory(
        this, tr("Folder of the workspace"), QString::fromStdString(workspace_.folder().string()));
    if (!folder.isEmpty()) Q_EMIT workspaceRequested(folder);
  });
  auto* recent = file->addMenu(tr("&Recent workspaces"));
  connect(recent, &QMenu::aboutToShow, this, [this, recent] {
    recent->clear();
    for (const auto& folder : Session::recentWorkspaces())
      recent->addAction(folder, this, [this, folder] { Q_EMIT workspaceRequested(folder); });
  });
  file->addSeparator();
  file->addAction(tr("&Quit"), QKeySequence::Quit, qApp, &QApplication::closeAllWindows);
}

void MainWindow::makeViewMenu() {
  auto* view = menuBar()->addMenu(tr("&View"));
  for (std::size_t row = 0; row < kOrder.size(); ++row) {
    const auto page = kOrder[row];
    const auto key = static_cast<Qt::Key>(Qt::Key_0 + static_cast<int>(row));
    view->addAction(titleOf(page), QKeySequence(Qt::CTRL | key), this,
                    [this, page] { goTo(page); });
  }
  view->addSeparator();
  auto* notify = view->addAction(tr("&Notify when a run ends"));
  notify->setCheckable(true);
  notify->setChecked(QSettings().value(kNotify, true).toBool());
  connect(notify, &QAction::toggled, this, [](bool on) { QSettings().setValue(kNotify, on); });
  auto* still = view->addAction(tr("&Reduced motion"));
  still->setCheckable(true);
  still->setChecked(isMotionReduced());
  connect(still, &QAction::toggled, this, &reduceMotion);
  view->addSeparator();
  auto* themes = new QActionGroup(this);
  for (const auto& [theme, text] : {std::pair{QStringLiteral("system"), tr("Theme of the system")},
                                    {QStringLiteral("light"), tr("Light theme")},
                                    {QStringLiteral("dark"), tr("Dark theme")}}) {
    auto* action = view->addAction(text, this, [name = theme] {
      QSettings().setValue(QStringLiteral("theme"), name);
      applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), name);
    });
    action->setCheckable(true);
    action->setChecked(theme ==
                       QSettings().value(QStringLiteral("theme"), QStringLiteral("system")));
    themes->addAction(action);
  }
}

void MainWindow::makeFindMenu() {
  auto* menu = menuBar()->addMenu(tr("F&ind"));
  auto* find = menu->addAction(tr("&Find anything…"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
                               [this] { palette_->open(paletteEntries()); });
  find->setObjectName(QStringLiteral("palette"));
  menu->addAction(tr("Filter &runs"), QKeySequence::Find, this, [this] {
    goTo(kRuns);
    runs_->focusFilter();
  });
}

void MainWindow::makeHelpMenu() {
  auto* help = menuBar()->addMenu(tr("&Help"));
  auto* shortcuts = help->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), this,
                                    [this] { help_->showTopic(QStringLiteral("shortcuts")); });
  shortcuts->setObjectName(QStringLiteral("shortcuts"));
  auto* page =
      help->addAction(tr("&This page"), QKeySequence(Qt::SHIFT | Qt::Key_F1), this, [this] {
        const QString topics[] = {QStringLiteral("corpora"), QStringLiteral("views"),
                                  QStringLiteral("runs"),    QStringLiteral("embeddings"),
                                  QStringLiteral("compare"), QStringLiteral("start")};
        help_->showTopic(topics[pages_->currentIndex()]);
      });
  page->setObjectName(QStringLiteral("pageHelp"));
  help->addAction(tr("&Getting started"), this,
                  [this] { help_->showTopic(QStringLiteral("start")); });
  help->addAction(tr("&Tour of the window"), this, &MainWindow::startTour);
}

std::vector<PaletteEntry> MainWindow::paletteEntries() {
  std::vector<PaletteEntry> entries;
  for (const auto* menu : menuBar()->findChildren<QMenu*>()) {
    for (auto* action : menu->actions()) {
      if (action->isSeparator() || action->objectName() == QLatin1String("palette")) continue;
      const auto title = action->text().remove(QLatin1Char('&'));
      entries.push_back({title, action->shortcut().toString(QKeySequence::NativeText),
                         [action] { action->trigger(); }});
    }
  }
  for (const auto& corpus : CorpusStore(workspace_.database()).list())
    entries.push_back({QString::fromStdString(corpus.name), tr("corpus"), [this, id = corpus.id] {
                         goTo(kCorpora);
                         corpora_->select(id);
                       }});
  for (const auto& run : RunStore(workspace_.database()).list())
    entries.push_back({QStringLiteral("%1 %2").arg(run.id).arg(QString::fromStdString(run.name)),
                       tr("run"), [this, id = run.id] {
                         goTo(kRuns);
                         runs_->select(id);
                       }});
  return entries;
}

QString MainWindow::titleOf(Page page) {
  switch (page) {
    case kStart:
      return tr("Start");
    case kCorpora:
      return tr("Corpora");
    case kViews:
      return tr("Views");
    case kRuns:
      return tr("Runs");
    case kEmbeddings:
      return tr("Embeddings");
    case kCompare:
      break;
  }
  return tr("Compare");
}

MainWindow::Page MainWindow::currentPage() const {
  return static_cast<Page>(pages_->currentIndex());
}

void MainWindow::goTo(Page page) {
  sidebar_->setCurrentRow(static_cast<int>(std::ranges::find(kOrder, page) - kOrder.begin()));
  pages_->setCurrentIndex(page);
}

void MainWindow::showStatus() {
  int numQueued = 0;
  QString text;
  for (const auto& run : RunStore(workspace_.database()).under_way()) {
    numQueued += run.status == RunStatus::kQueued;
    if (run.status != RunStatus::kRunning) continue;
    text = tr("%1: run %2, step %L3 of %L4, %L5 samples/s")
               .arg(run.device.empty() ? tr("engine") : QString::fromStdString(run.device))
               .arg(run.id)
               .arg(run.step)
               .arg(run.total_steps)
               .arg(run.samples_per_second, 0, 'f', 0);
    if (run.step > 0)
      text += tr(", %1 left").arg(QString::fromStdString(duration(run.seconds_left())));
  }
  for (const auto& job : JobStore(workspace_.database()).pending_interactive()) {
    if (!text.isEmpty()) text += QStringLiteral("; ");
    const auto share = QString::number(100.0 * job.progress, 'f', 0);
    text += job.run_id
                ? tr("%1 of run %2: %3 %").arg(translated(job.kind)).arg(*job.run_id).arg(share)
                : tr("%1: %2 %").arg(translated(job.kind), share);
  }
  if (text.isEmpty()) text = tr("The engine is idle");
  if (numQueued > 0) text += tr("; %n in the queue", nullptr, numQueued);
  status_->setText(text);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().value(0).isLocalFile())
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  goTo(kCorpora);
  corpora_->open(event->mimeData()->urls().value(0).toLocalFile());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
  QMainWindow::closeEvent(event);
}

}  // namespace pretext
