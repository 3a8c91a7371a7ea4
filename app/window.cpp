#include "app/window.h"

#include "app/commands/command.h"
#include "app/main_window.h"
#include "app/session.h"
#include "core/base/error.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QApplication>
#include <QLocale>
#include <QMessageBox>
#include <QSet>
#include <QSettings>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace pretext {
namespace {

/// Reports an exception that no page caught, once per message, instead of terminating.
class Application final : public QApplication {
 public:
  using QApplication::QApplication;

  bool notify(QObject* receiver, QEvent* event) override {
    try {
      return QApplication::notify(receiver, event);
    } catch (const std::exception& error) {
      const auto text = QString::fromUtf8(error.what());
      if (!said_.contains(text)) {
        said_.insert(text);
        QMessageBox::warning(activeWindow(), {}, text);
      }
      return false;
    }
  }

 private:
  QSet<QString> said_;
};

/// The windows that are open, one a workspace.
class Windows {
 public:
  /// Brings the workspace's window to the front, or opens it. Throws UserError.
  void open(const std::filesystem::path& folder, std::optional<std::int64_t> run) {
    std::erase_if(open_, [](const auto& one) { return !one->window || !one->window->isVisible(); });
    for (const auto& one : open_) {
      std::error_code error;
      if (!std::filesystem::equivalent(one->workspace->folder(), folder, error)) continue;
      one->window->raise();
      one->window->activateWindow();
      return;
    }
    auto opened = std::make_unique<Open>();
    opened->workspace = std::make_unique<Workspace>(folder);
    opened->window = std::make_unique<MainWindow>(*opened->workspace, run);
    QObject::connect(
        opened->window.get(), &MainWindow::workspaceRequested, opened->window.get(),
        [this, from = opened->window.get()](const QString& wanted) {
          try {
            open(wanted.toStdString(), std::nullopt);
          } catch (const std::exception& error) {
            QMessageBox::warning(from, {}, QString::fromUtf8(error.what()));
          }
        },
        Qt::QueuedConnection);
    Session::remember(opened->workspace->folder());
    opened->window->show();
    open_.push_back(std::move(opened));
  }

 private:
  struct Open {
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<MainWindow> window;  // After what it uses: it goes first.
  };
  std::vector<std::unique_ptr<Open>> open_;
};

/// The default one where there was none, or where another version has written it.
std::filesystem::path lastWorkspace() {
  const auto recent = Session::recentWorkspaces();
  if (recent.empty()) return defaultWorkspace();
  try {
    const Database readable(recent.front().toStdString());
    return recent.front().toStdString();
  } catch (const UserError&) {
    return defaultWorkspace();
  }
}

}  // namespace

bool hasDisplay() {
  return std::ranges::any_of(std::array{"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"},
                             [](const char* variable) {
                               const char* value = std::getenv(variable);
                               return value && *value;
                             });
}

int showWindow(const std::optional<std::filesystem::path>& workspace,
               std::optional<std::int64_t> run) {
  if (!hasDisplay())  // Qt would end the program with a signal.
    throw UserError(
        "There is no display to open a window on: use the commands that \"pretext --help\" lists, "
        "or log in with a display, e.g. by \"ssh -X\".");
  int argc = 1;
  char name[] = "pretext";
  char* argv[] = {name, nullptr};
  Application application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("Pretext"));
  QCoreApplication::setApplicationName(QStringLiteral("Pretext"));
  QGuiApplication::setDesktopFileName(QStringLiteral("org.pretext.Pretext"));
  installTranslations(application, QLocale());
  applyTheme(application,
             QSettings().value(QStringLiteral("theme"), QStringLiteral("system")).toString());
  QApplication::setWindowIcon(applicationIcon());
  Windows windows;
  windows.open(workspace ? *workspace : lastWorkspace(), run);
  return QApplication::exec();
}

}  // namespace pretext
