#include "core/store/database.h"

#include "core/base/error.h"
#include "core/store/engine_lock.h"
#include "core/store/migrations.h"

#include <sqlite3.h>

#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr int kApplicationId = 0x50545854;  // "PTXT"
constexpr int kBusyTimeoutMs = 10'000;

int pragma_int(SQLite::Database& connection, const std::string& name) {
  return connection.execAndGet("PRAGMA " + name).getInt();
}

std::string not_ours(const fs::path& file) {
  return file.string() + " is not a Pretext workspace: choose another folder with --workspace.";
}

void check_is_ours(SQLite::Database& connection, const fs::path& file) {
  const int application = pragma_int(connection, "application_id");
  const int version = pragma_int(connection, "user_version");
  const bool empty = connection.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  if (application != kApplicationId && !(application == 0 && version == 0 && empty)) {
    throw UserError(not_ours(file));
  }
  const int newest = migrations().back().version;
  if (version > newest) {
    throw UserError(file.string() + " was written by a newer Pretext (schema " +
                    std::to_string(version) + ", this program knows " + std::to_string(newest) +
                    "): open it with that version; nothing was changed.");
  }
}

void refuse_while_an_engine_lives(SQLite::Database& connection, const fs::path& workspace) {
  SQLite::Statement engines(connection, "SELECT device, lane FROM engines");
  while (engines.executeStep()) {
    if (!EngineLock::is_held(workspace, engines.getColumn(0).getString(),
                             engines.getColumn(1).getString())) {
      continue;  // It died; its row is taken away once the workspace is open.
    }
    throw UserError(
        "An engine of an older Pretext works on this workspace: let it end, then "
        "open the workspace again.");
  }
}

/// A path inside a URI: what would end it there is escaped.
std::string escaped(const fs::path& file) {
  std::string text;
  for (const char c : file.string()) {
    text += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  }
  return text;
}

void migrate(SQLite::Database& connection, const fs::path& workspace) {
  if (pragma_int(connection, "user_version") == migrations().back().version) return;
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  int version = pragma_int(connection, "user_version");  // Another process may have been first.
  if (version > 0 && version < migrations().back().version)
    refuse_while_an_engine_lives(connection, workspace);
  for (const auto& migration : migrations()) {
    if (migration.version <= version) continue;
    connection.exec(migration.sql);
    connection.exec("PRAGMA user_version = " + std::to_string(migration.version));
  }
  connection.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  transaction.commit();
}

}  // namespace

Database::Database(const fs::path& workspace) : workspace_(workspace) {
  const auto file = workspace / "workspace.db";
  try {
    if (!fs::exists(file)) fs::create_directories(workspace);
    // Only SQLite may open the file: closing any other descriptor of it would drop the locks of all
    // connections of this process, and the next process to close would take the WAL away.
    read_only_ = ::access(workspace.c_str(), W_OK) != 0 ||
                 (fs::exists(file) && ::access(file.c_str(), W_OK) != 0);
    if (read_only_) {
      connection_ = std::make_unique<SQLite::Database>("file:" + escaped(file) + "?immutable=1",
                                                       SQLite::OPEN_READONLY | SQLite::OPEN_URI);
      check_is_ours(*connection_, file);
      if (pragma_int(*connection_, "user_version") < migrations().back().version) {
        throw UserError("The read-only workspace " + workspace.string() +
                        " is of an older Pretext: copy it to a folder you may write to, where it "
                        "can be brought up to date.");
      }
      return;
    }
    connection_ = std::make_unique<SQLite::Database>(
        file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
    check_is_ours(*connection_, file);
    connection_->exec("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL");
    migrate(*connection_, workspace);
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_NOTADB) throw UserError(not_ours(file));
    throw UserError("Cannot open " + file.string() + " (" + error.what() +
                    "): check the folder's permissions and free disk.");
  } catch (const fs::filesystem_error& error) {
    throw UserError("Cannot make the workspace " + workspace.string() + " (" +
                    error.code().message() + "): choose another folder with --workspace.");
  }
}

std::int64_t Database::data_version() {
  return connection_->execAndGet("PRAGMA data_version").getInt64();
}

std::optional<std::int64_t> optional_integer(SQLite::Statement& row, int column) {
  if (row.isColumnNull(column)) return std::nullopt;
  return row.getColumn(column).getInt64();
}

int Database::schema_version() {
  return pragma_int(*connection_, "user_version");
}

std::string Database::check() {
  return connection_->execAndGet("PRAGMA quick_check").getString();
}

SQLite::Statement Database::prepare(const std::string& sql) {
  return SQLite::Statement(*connection_, sql);
}

namespace {

SQLite::Database& begin_write(Database& database, bool durable) {
  if (database.is_read_only()) {
    throw UserError("The workspace " + database.workspace().string() +
                    " is read-only: copy it to a folder you may write to.");
  }
  database.connection().exec(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
  return database.connection();
}

}  // namespace

WriteTransaction::WriteTransaction(Database& database, bool durable)
    : transaction_(begin_write(database, durable), SQLite::TransactionBehavior::IMMEDIATE) {}

}  // namespace pretext
