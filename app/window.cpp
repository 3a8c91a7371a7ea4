#include "app/window.h"

#include "app/main_window.h"
#include "widgets/theme.h"
#include "widgets/translation.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>

namespace pretext {

int showWindow(const std::filesystem::path& folder, std::optional<std::int64_t> run) {
  int argc = 1;
  char name[] = "pretext";
  char* argv[] = {name, nullptr};
  Workspace* workspace = nullptr;
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("Pretext"));
  QCoreApplication::setApplicationName(QStringLiteral("Pretext"));
  installTranslations(application, QLocale());
  applyTheme(application,
             QSettings().value(QStringLiteral("theme"), QStringLiteral("system")).toString());
  workspace = new Workspace(folder, &application);  // Owned by the application.
  QApplication::setWindowIcon(applicationIcon());
  QGuiApplication::setDesktopFileName(QStringLiteral("org.pretext.Pretext"));
  MainWindow window(*workspace, run);
  window.show();
  return QApplication::exec();
}

}  // namespace pretext
