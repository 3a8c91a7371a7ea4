#pragma once

#include "core/corpus/ingest.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <thread>

namespace pretext {

/// Ingests on a thread of its own and tells the GUI thread how far it is. One ingest at a time.
class IngestWorker final : public QObject {
  Q_OBJECT

 public:
  /// Makes a corpus in the workspace that it is given; may throw.
  using Work = std::function<CorpusRecord(Database&, const IngestObserver&, std::stop_token)>;

  explicit IngestWorker(std::filesystem::path workspace, QObject* parent = nullptr)
      : QObject(parent), workspace_(std::move(workspace)) {}

  bool isBusy() const { return isBusy_; }
  /// Waits for an earlier thread to end; call it only when not busy.
  void start(Work work);
  void stop() { thread_.request_stop(); }

 Q_SIGNALS:
  void progressed(const pretext::IngestProgress& progress);
  /// `corpus`: its number, or -1 with what went wrong in `error`.
  void ended(qint64 corpus, const QString& error);

 private:
  void end(std::int64_t corpus, const QString& error);

  std::filesystem::path workspace_;
  bool isBusy_ = false;  // Of the GUI thread.
  std::jthread thread_;  // Last: it is joined before the rest goes.
};

}  // namespace pretext
