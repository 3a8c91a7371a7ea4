#include "app/session.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>

namespace pretext {
namespace {

constexpr int kMostRecent = 8;
constexpr const char* kRecent = "workspaces";

QString nameOf(const std::filesystem::path& workspace) {
  return QString::fromStdString(std::filesystem::absolute(workspace).lexically_normal().string());
}

}  // namespace

Session::Session(const std::filesystem::path& workspace)
    : group_(QStringLiteral("session/") +
             QString::fromLatin1(QUrl::toPercentEncoding(nameOf(workspace)))) {}

QString Session::key(const char* what) const {
  return group_ + QLatin1Char('/') + QLatin1String(what);
}

int Session::page() const {
  return QSettings().value(key("page"), 0).toInt();
}

void Session::setPage(int page) const {
  QSettings().setValue(key("page"), page);
}

std::int64_t Session::run() const {
  return QSettings().value(key("run"), -1).toLongLong();
}

void Session::setRun(std::int64_t run) const {
  QSettings().setValue(key("run"), QVariant::fromValue<qint64>(run));
}

std::int64_t Session::corpus() const {
  return QSettings().value(key("corpus"), -1).toLongLong();
}

void Session::setCorpus(std::int64_t corpus) const {
  QSettings().setValue(key("corpus"), QVariant::fromValue<qint64>(corpus));
}

QStringList Session::recentWorkspaces() {
  auto recent = QSettings().value(QLatin1String(kRecent)).toStringList();
  recent.removeIf([](const QString& folder) {
    std::error_code error;
    return !std::filesystem::is_directory(folder.toStdString(), error);
  });
  return recent;
}

void Session::remember(const std::filesystem::path& workspace) {
  auto recent = recentWorkspaces();
  recent.removeAll(nameOf(workspace));
  recent.prepend(nameOf(workspace));
  QSettings().setValue(QLatin1String(kRecent), QStringList(recent.mid(0, kMostRecent)));
}

}  // namespace pretext
