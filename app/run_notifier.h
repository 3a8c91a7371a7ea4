#pragma once

#include "app/workspace.h"
#include "core/store/run_state.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <set>

namespace pretext {

/// Tells when a run that was under way has ended, so that a person may look elsewhere meanwhile.
class RunNotifier final : public QObject {
  Q_OBJECT

 public:
  /// Title and text of a notification.
  using Send = std::function<void(const QString& title, const QString& text)>;

  RunNotifier(Workspace& workspace, Send send, QObject* parent = nullptr);

 private:
  void look();

  Workspace& workspace_;
  Send send_;
  std::set<std::int64_t> underWay_;  // When it was last looked.
};

/// By the desktop's notification service (org.freedesktop.Notifications), where there is one.
void notifyDesktop(const QString& title, const QString& text);

}  // namespace pretext
