#include "app/run_notifier.h"

#include "core/base/format.h"
#include "core/store/run_store.h"
#include "widgets/run_titles.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

#include <utility>

namespace pretext {
namespace {

/// What a person asked for needs no telling.
bool isNews(RunStatus status) {
  return status == RunStatus::kFinished || status == RunStatus::kFailed ||
         status == RunStatus::kInterrupted;
}

}  // namespace

RunNotifier::RunNotifier(Workspace& workspace, Send send, QObject* parent)
    : QObject(parent), workspace_(workspace), send_(std::move(send)) {
  for (const auto& run : RunStore(workspace_.database()).under_way()) underWay_.insert(run.id);
  connect(&workspace_, &Workspace::changed, this, &RunNotifier::look);
}

void RunNotifier::look() {
  RunStore runs(workspace_.database());
  std::set<std::int64_t> now;
  for (const auto& run : runs.under_way()) now.insert(run.id);
  const auto before = std::exchange(underWay_, std::move(now));
  for (const auto id : before) {
    if (underWay_.contains(id)) continue;
    const auto run = runs.find(id);
    if (!run || !isNews(run->status)) continue;
    const auto text = run->reason.empty()
                          ? tr("after %1").arg(QString::fromStdString(duration(run->seconds)))
                          : QString::fromStdString(run->reason);
    send_(QStringLiteral("%1: %2").arg(QString::fromStdString(run->name), statusText(run->status)),
          text);
  }
}

void notifyDesktop(const QString& title, const QString& text) {
  auto message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
                                                QStringLiteral("/org/freedesktop/Notifications"),
                                                QStringLiteral("org.freedesktop.Notifications"),
                                                QStringLiteral("Notify"));
  constexpr unsigned kReplacesNone = 0;
  constexpr int kUsualTime = -1;
  message << QStringLiteral("Pretext") << kReplacesNone << QStringLiteral("org.pretext.Pretext")
          << title << text.toHtmlEscaped() << QStringList() << QVariantMap() << kUsualTime;
  QDBusConnection::sessionBus().send(message);  // Nobody there: nothing happens.
}

}  // namespace pretext
