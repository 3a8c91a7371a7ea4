#include "app/ingest_worker.h"

namespace pretext {

void IngestWorker::start(Work work) {
  isBusy_ = true;
  thread_ = std::jthread([this, work = std::move(work)](const std::stop_token& stop) {
    const auto observe = [this](const IngestProgress& now) {
      QMetaObject::invokeMethod(
          this, [this, now] { Q_EMIT progressed(now); }, Qt::QueuedConnection);
    };
    std::int64_t corpus = -1;
    QString error;
    try {
      Database database(workspace_);
      corpus = work(database, observe, stop).id;
    } catch (const std::exception& failure) {
      error = QString::fromUtf8(failure.what());
    }
    QMetaObject::invokeMethod(
        this, [this, corpus, error] { end(corpus, error); }, Qt::QueuedConnection);
  });
}

void IngestWorker::end(std::int64_t corpus, const QString& error) {
  isBusy_ = false;
  Q_EMIT ended(corpus, error);
}

}  // namespace pretext
