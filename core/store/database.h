#pragma once

#include "core/base/error.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// Another program has been writing to the workspace for longer than we wait: what failed can be
/// tried again.
class DatabaseBusy : public UserError {
 public:
  using UserError::UserError;
};

struct Patience;

/// What a workspace is opened for: to be looked at where it cannot be written to, or to work on it
/// and nothing less.
enum class Purpose { kLook, kWork };

/// One connection to a workspace's `workspace.db`, the only door to it.
///
/// Opening creates the folder and the file, runs the migrations that are missing (a copy of the
/// database is kept beside it first) and sets the pragmas. A connection belongs to one thread and
/// never crosses `fork`. The schema is `core/store/migrations/`; the help page "Your data in SQL"
/// shows it as users query it.
///
/// A workspace may come from a stranger: triggers never run, views other than ours are never read,
/// functions with effects are not called, and a statement without end is broken off.
///
/// Throws UserError when the file is not a Pretext database or was written by a newer Pretext;
/// such a file is left as it is. A folder that cannot be written to, or has no room left, is opened
/// for looking only: what others wrote last, still in the WAL, is read from a copy.
class Database {
 public:
  /// `workspace`: the folder that holds, or is to hold, `workspace.db`. To work throws DiskFull
  /// where no room is left.
  explicit Database(const std::filesystem::path& workspace, Purpose purpose = Purpose::kLook);
  Database(Database&& other) noexcept;
  ~Database();

  const std::filesystem::path& workspace() const { return workspace_; }
  bool is_read_only() const { return read_only_; }
  /// Read-only for want of room, and for that alone.
  bool is_out_of_room() const { return out_of_room_; }

  /// Changes whenever another connection committed something: cheap to poll.
  std::int64_t data_version();

  /// Number of the newest migration that it has.
  int schema_version();

  /// SQLite's own look at the whole file: "ok", or what is damaged.
  std::string check();

  /// Triggers and views that are not Pretext's: "trigger t", "view v".
  std::vector<std::string> foreign_objects();

  /// How long to wait for another writer, from now on; 10 s at first. Returns how long it was.
  int set_patience(int milliseconds);

  /// A prepared statement. The caller binds and steps it.
  SQLite::Statement prepare(const std::string& sql);

  SQLite::Database& connection() { return *connection_; }

 private:
  void open_for_writing(const std::filesystem::path& file, Purpose purpose);
  void open_for_looking(const std::filesystem::path& file);

  std::filesystem::path workspace_;
  bool read_only_ = false;
  bool out_of_room_ = false;
  std::filesystem::path copy_;  // Folder of a copy that is looked at, deleted at the end.
  std::unique_ptr<Patience> patience_;
  std::shared_ptr<void> bound_;  // Of statements without end; outlives the connection.
  std::unique_ptr<SQLite::Database> connection_;
};

/// A column that may be NULL.
std::optional<std::int64_t> optional_integer(SQLite::Statement& row, int column);

/// Whether an operation failed since the disk is full, as SQLite or a file said it.
bool is_disk_full(const std::exception& error);

/// A `BEGIN IMMEDIATE` transaction, rolled back unless committed. A deferred one that reads and
/// then writes would get BUSY at once, whatever the timeout. Throws DatabaseBusy, naming the
/// program that writes, when that takes too long, and UserError where nothing may be written.
class WriteTransaction {
 public:
  /// `durable`: the commit is flushed to disk (state changes); metrics need not be.
  explicit WriteTransaction(Database& database, bool durable = true);
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit() { transaction_.commit(); }

 private:
  SQLite::Transaction transaction_;
};

/// Waits that long for another writer while it lives.
class PatienceOf {
 public:
  PatienceOf(Database& database, int milliseconds)
      : database_(database), before_(database.set_patience(milliseconds)) {}
  ~PatienceOf() { database_.set_patience(before_); }
  PatienceOf(const PatienceOf&) = delete;
  PatienceOf& operator=(const PatienceOf&) = delete;

 private:
  Database& database_;
  int before_;
};

}  // namespace pretext
