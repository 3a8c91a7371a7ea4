#pragma once

#include <QFutureWatcher>
#include <QString>
#include <QtConcurrent>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace pretext {

/// What work beside the window's thread came to: a value, or a sentence that says why there is
/// none.
template <typename Value>
struct Outcome {
  std::optional<Value> value;
  QString complaint;
};

/// Runs `work` on a thread of Qt's pool and hands its `Outcome` to `receive` on the thread of
/// `context`; not at all when `context` is gone by then. What `work` throws becomes the complaint:
/// an exception that crosses a QFuture loses its text.
template <typename Work, typename Receive>
void runInBackground(QObject* context, Work work, Receive receive) {
  using Answer = Outcome<std::invoke_result_t<Work>>;
  auto* watcher = new QFutureWatcher<Answer>(context);
  QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                   [watcher, receive = std::move(receive)] {
                     watcher->deleteLater();
                     receive(watcher->future().takeResult());
                   });
  watcher->setFuture(QtConcurrent::run([work = std::move(work)]() -> Answer {
    try {
      return {work(), {}};
    } catch (const std::exception& error) {
      return {std::nullopt, QString::fromUtf8(error.what())};
    }
  }));
}

}  // namespace pretext
