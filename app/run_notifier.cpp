#include "app/run_notifier.h"

#include "core/base/format.h"
#include "core/store/run_store.h"
#include "widgets/run_titles.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

namespace pretext {
namespace {

bool isUnderWay(RunStatus status) {
  return status == RunStatus::kQueued || status == RunStatus::kRunning;
}

/// What a person asked for needs no telling.
bool isNews(RunStatus status) {
  return status == RunStatus::kFinished || status == RunStatus::kFailed ||
         status == RunStatus::kInterrupted;
}

}  // namespace

RunNotifier::RunNotifier(Workspace& workspace, Send send, QObject* parent)
    : QObject(parent), workspace_(workspace), send_(std::move(send)) {
  for (const auto& run : RunStore(workspace_.database()).list()) seen_[run.id] = run.status;
  connect(&workspace_, &Workspace::changed, this, &RunNotifier::look);
}

void RunNotifier::look() {
  for (const auto& run : RunStore(workspace_.database()).list()) {
    const auto before = seen_.find(run.id);
    const bool wasUnderWay = before != seen_.end() && isUnderWay(before->second);
    seen_[run.id] = run.status;
    if (!wasUnderWay || !isNews(run.status)) continue;
    const auto text = run.reason.empty()
                          ? tr("after %1").arg(QString::fromStdString(duration(run.seconds)))
                          : QString::fromStdString(run.reason);
    send_(QStringLiteral("%1: %2").arg(QString::fromStdString(run.name), statusText(run.status)),
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
