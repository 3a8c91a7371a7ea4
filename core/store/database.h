#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace pretext {

/// One connection to a workspace's `workspace.db`, the only door to it.
///
/// Opening creates the folder and the file, runs the migrations that are missing and sets the
/// pragmas. A connection belongs to one thread and never crosses `fork`. The schema is
/// `core/store/migrations/`; the help page "Your data in SQL" shows it as users query it.
///
/// Throws UserError when the file is not a Pretext database or was written by a newer Pretext;
/// such a file is left as it is. A folder that cannot be written to is opened for looking only.
class Database {
 public:
  /// `workspace`: the folder that holds, or is to hold, `workspace.db`.
  explicit Database(const std::filesystem::path& workspace);

  const std::filesystem::path& workspace() const { return workspace_; }
  bool is_read_only() const { return read_only_; }

  /// Changes whenever another connection committed something: cheap to poll.
  std::int64_t data_version();

  /// Number of the newest migration that it has.
  int schema_version();

  /// SQLite's own look at the whole file: "ok", or what is damaged.
  std::string check();

  /// A prepared statement. The caller binds and steps it.
  SQLite::Statement prepare(const std::string& sql);

  SQLite::Database& connection() { return *connection_; }

 private:
  std::filesystem::path workspace_;
  bool read_only_ = false;
  std::unique_ptr<SQLite::Database> connection_;
};

/// A column that may be NULL.
std::optional<std::int64_t> optional_integer(SQLite::Statement& row, int column);

/// A `BEGIN IMMEDIATE` transaction, rolled back unless committed. A deferred one that reads and
/// then writes would get BUSY at once, whatever the timeout.
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

}  // namespace pretext
