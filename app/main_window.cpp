#include "app/main_window.h"

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
#include "widgets/translation.h"

#include <QApplication>
#include <QDragEnterEvent>
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

namespace pretext {
namespace {

const QString kNotify = QStringLiteral("notify");  // Whether to, in the preferences.

}  // namespace

MainWindow::MainWindow(Workspace& workspace, std::optional<std::int64_t> run)
    : workspace_(workspace),
      sidebar_(new QListWidget),
      pages_(new QStackedWidget),
      corpora_(new CorporaPage(workspace)),
      views_(new ViewsPage(workspace)),
      runs_(new RunsPage(workspace)),
      embeddings_(new EmbeddingsPage(workspace)),
      compare_(new ComparePage(workspace)),
      status_(new QLabel),
      palette_(new CommandPalette(this)),
      help_(new HelpView(this)) {
  setWindowTitle(tr("Pretext — %1").arg(QString::fromStdString(workspace.folder().string())));
  setAcceptDrops(true);
  sidebar_->addItems({tr("Corpora"), tr("Views"), tr("Runs"), tr("Embeddings"), tr("Compare")});
  for (int row = 0; row < sidebar_->count(); ++row) sidebar_->item(row)->setSizeHint({0, 34});
  sidebar_->setIconSize({20, 20});
  drawIcons();
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
  statusBar()->addWidget(status_, 1);
  makeMenu();
  makeHelpMenu();

  connect(sidebar_, &QListWidget::currentRowChanged, this, [this](int row) {
    if (row >= 0) pages_->setCurrentIndex(row);
  });
  connect(corpora_, &CorporaPage::corpusSelected, views_, &ViewsPage::showCorpus);
  connect(runs_, &RunsPage::runSelected, embeddings_, &EmbeddingsPage::showRun);
  connect(runs_, &RunsPage::compareRequested, this, [this](const auto& runs) {
    compare_->showRuns(runs);
    goTo(kCompare);
  });
  connect(runs_, &RunsPage::newRunRequested, this, [this] {
    auto experiment = views_->experiment();
    if (const auto corpus = corpora_->selectedName(); !corpus.isEmpty())
      experiment.set("corpus", corpus.toStdString());
    runs_->startNewRun(experiment);
  });
  connect(&workspace_, &Workspace::changed, this, [this] { showStatus(); });
  new RunNotifier(  // Owned by this window.
      workspace_,
      [this](const QString& title, const QString& text) {
        if (QSettings().value(kNotify, true).toBool() && !isActiveWindow())
          notifyDesktop(title, text);
      },
      this);
  connect(&workspace_, &Workspace::failed, status_, &QLabel::setText);
  showStatus();
  views_->showCorpus(corpora_->selectedCorpus());

  QSettings settings;
  resize(QSize(1180, 760).boundedTo(screen()->availableSize()));
  restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  const bool isEmpty = CorpusStore(workspace_.database()).list().empty();
  goTo(isEmpty ? kStart
       : run   ? kRuns
               : static_cast<Page>(settings.value(QStringLiteral("page"), 0).toInt()));
  if (run) runs_->select(*run);
}

StartPage* MainWindow::makeStart() {
  auto* start = new StartPage;
  connect(start, &StartPage::openFolderRequested, this, [this] {
    goTo(kCorpora);
    corpora_->chooseFolder();
  });
  connect(start, &StartPage::openFileRequested, this, [this] {
    goTo(kCorpora);
    corpora_->chooseFile();
  });
  connect(start, &StartPage::sampleRequested, this, [this] {
    goTo(kCorpora);
    corpora_->ingestSample();
  });
  connect(start, &StartPage::sampleTextRequested, this, [this] {
    goTo(kCorpora);
    corpora_->ingestSampleText();
  });
  return start;
}

void MainWindow::drawIcons() {
  const QString names[] = {QStringLiteral("corpora"), QStringLiteral("views"),
                           QStringLiteral("runs"), QStringLiteral("embeddings"),
                           QStringLiteral("compare")};
  for (int row = 0; row < sidebar_->count(); ++row) {
    sidebar_->item(row)->setIcon(themedIcon(names[row]));
  }
}

void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) drawIcons();
}

void MainWindow::makeMenu() {
  auto* file = menuBar()->addMenu(tr("&File"));
  file->addAction(tr("&Open a folder…"), QKeySequence::Open, this, [this] {
    goTo(kCorpora);
    corpora_->chooseFolder();
  });
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
  file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
  auto* view = menuBar()->addMenu(tr("&View"));
  const QString names[] = {tr("Corpora"), tr("Views"), tr("Runs"), tr("Embeddings"), tr("Compare")};
  for (int page = kCorpora; page <= kCompare; ++page) {
    view->addAction(names[page], QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)),
                    this, [this, page] { goTo(static_cast<Page>(page)); });
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
  for (const auto& [theme, text] : {std::pair{QStringLiteral("system"), tr("Theme of the system")},
                                    {QStringLiteral("light"), tr("Light theme")},
                                    {QStringLiteral("dark"), tr("Dark theme")}}) {
    view->addAction(text, this, [name = theme] {
      QSettings().setValue(QStringLiteral("theme"), name);
      applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), name);
    });
  }
}

void MainWindow::makeHelpMenu() {
  auto* edit = menuBar()->addMenu(tr("F&ind"));
  auto* find = edit->addAction(tr("&Find anything…"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
                               [this] { palette_->open(paletteEntries()); });
  find->setObjectName(QStringLiteral("palette"));
  edit->addAction(tr("Filter &runs"), QKeySequence::Find, this, [this] {
    goTo(kRuns);
    runs_->focusFilter();
  });
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

void MainWindow::goTo(Page page) {
  if (page == kStart) {
    sidebar_->setCurrentRow(-1);
    pages_->setCurrentIndex(kStart);
  } else {
    sidebar_->setCurrentRow(page);
    pages_->setCurrentIndex(page);
  }
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
    text += tr("%1 of run %2: %3 %")
                .arg(translated(job.kind))
                .arg(job.run_id.value_or(0))
                .arg(100.0 * job.progress, 0, 'f', 0);
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
  QSettings settings;
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  if (pages_->currentIndex() != kStart)
    settings.setValue(QStringLiteral("page"), pages_->currentIndex());
  QMainWindow::closeEvent(event);
}

}  // namespace pretext
