#pragma once

#include "core/corpus/corpus.h"
#include "core/store/database.h"

#include <QObject>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

class QTimer;

namespace pretext {

/// The open workspace, as the window's pages share it: one connection of the GUI thread, and a
/// signal when anything changed. Polls SQLite's `data_version`; of the tables, only the jobs', now
/// and then, for engines that died and work that waits for one.
class Workspace final : public QObject {
  Q_OBJECT

 public:
  /// Throws UserError when it cannot be opened.
  explicit Workspace(const std::filesystem::path& folder, QObject* parent = nullptr);

  Database& database() { return database_; }
  const std::filesystem::path& folder() const { return database_.workspace(); }
  /// Opened once and kept, until labels are attached to it, here or by another process. Throws
  /// UserError when its file is damaged.
  std::shared_ptr<const Corpus> corpus(std::int64_t id);

  /// Hands interactive work on a run to an engine (`JobStore::submit`), started if need be. Returns
  /// the job's number. Throws UserError.
  std::int64_t submit(const std::string& kind, std::int64_t run, const std::string& parameters);

  /// Tells the pages of a change made through this connection, which polling cannot see.
  void announceChange();

 Q_SIGNALS:
  void changed();
  /// The database could not be looked at; it is tried again at the next poll.
  void failed(const QString& reason);

 private:
  void poll();
  /// Queues again what dead engines left, and starts an engine where one is missing. Returns how
  /// many jobs were left.
  int lookAfterQueue();
  /// Those whose labels have changed are opened again when they are next asked for.
  void forgetRelabelled();

  Database database_;
  std::map<std::int64_t, std::shared_ptr<const Corpus>> corpora_;
  std::int64_t version_ = 0;
  int polls_ = 0;
  QTimer* timer_;  // Owned by this object.
};

}  // namespace pretext
