#include "core/store/schema.h"

#include "core/base/error.h"
#include "core/base/new_file.h"
#include "core/store/engine_lock.h"
#include "core/store/migrations.h"

#include <sqlite3.h>

#include <SQLiteCpp/Backup.h>
#include <cstdio>
#include <map>
#include <string_view>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr int kApplicationId = 0x50545854;  // "PTXT"

// A statement is asked after each million operations of SQLite's machine whether it goes on; beyond
// this many of them, some ten minutes, it is without end.
constexpr int kOperationsBetween = 1'000'000;
constexpr std::int64_t kMostAsks = 50'000;

int pragma_int(SQLite::Database& connection, const std::string& name) {
  return connection.execAndGet("PRAGMA " + name).getInt();
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

/// Beside the database, as it is before the caller's transaction changes it.
void keep_copy(const fs::path& workspace, int next_version) {
  char name[40];
  std::snprintf(name, sizeof name, "workspace.before-%03d.db", next_version);
  const auto copy = workspace / name;
  if (fs::exists(copy)) return;
  const fs::path unfinished = copy.string() + ".unfinished";
  std::error_code error;
  fs::remove(unfinished, error);
  try {
    SQLite::Database source((workspace / "workspace.db").string(), SQLite::OPEN_READONLY);
    SQLite::Database target(unfinished.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Backup(target, source).executeStep(-1);
  } catch (const SQLite::Exception& failure) {
    fs::remove(unfinished, error);
    throw UserError("Cannot keep a copy of the database before bringing it up to date (" +
                    std::string(failure.what()) +
                    "): free as much disk as workspace.db takes, then open it again.");
  }
  put_in_place(unfinished, copy);
}

/// What our views are, by name: "CREATE VIEW …" without its end.
std::map<std::string, std::string> own_views() {
  constexpr std::string_view kBegin = "CREATE VIEW ";
  std::map<std::string, std::string> views;
  for (const auto& migration : migrations()) {
    const std::string_view sql = migration.sql;
    for (auto at = sql.find(kBegin); at != sql.npos; at = sql.find(kBegin, at + 1)) {
      const auto name =
          sql.substr(at + kBegin.size(), sql.find(' ', at + kBegin.size()) - at - kBegin.size());
      views[std::string(name)] = sql.substr(at, sql.find(';', at) - at);
    }
  }
  return views;
}

/// How far the statement under way is.
struct Endless {
  std::int64_t num_asked = 0;

  static int ask(void* self) { return ++static_cast<Endless*>(self)->num_asked > kMostAsks; }
  static int begin(unsigned, void* self, void*, void*) {
    static_cast<Endless*>(self)->num_asked = 0;
    return 0;
  }
};

}  // namespace

void check_is_ours(SQLite::Database& connection, const fs::path& file) {
  const int application = pragma_int(connection, "application_id");
  const int version = pragma_int(connection, "user_version");
  const bool empty = connection.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  if (application != kApplicationId && !(application == 0 && version == 0 && empty)) {
    throw UserError(file.string() +
                    " is not a Pretext workspace: choose another folder with --workspace.");
  }
  const int newest = migrations().back().version;
  if (version > newest) {
    throw UserError(file.string() + " was written by a newer Pretext (schema " +
                    std::to_string(version) + ", this program knows " + std::to_string(newest) +
                    "): open it with that version; nothing was changed.");
  }
}

bool is_of_older_schema(SQLite::Database& connection) {
  return pragma_int(connection, "user_version") < migrations().back().version;
}

void migrate(SQLite::Database& connection, const fs::path& workspace) {
  if (!is_of_older_schema(connection)) return;
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = pragma_int(connection, "user_version");  // Another process may be first.
  if (version > 0 && version < migrations().back().version) {
    refuse_while_an_engine_lives(connection, workspace);
    keep_copy(workspace, version + 1);
  }
  for (const auto& migration : migrations()) {
    if (migration.version <= version) continue;
    connection.exec(migration.sql);
    connection.exec("PRAGMA user_version = " + std::to_string(migration.version));
  }
  connection.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  transaction.commit();
}

std::shared_ptr<void> distrust(SQLite::Database& connection) {
  auto* handle = connection.getHandle();
  for (const auto& [option, value] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                      {SQLITE_DBCONFIG_ENABLE_VIEW, 0}})
    ::sqlite3_db_config(handle, option, value, nullptr);
  auto endless = std::make_shared<Endless>();
  ::sqlite3_progress_handler(handle, kOperationsBetween, Endless::ask, endless.get());
  ::sqlite3_trace_v2(handle, SQLITE_TRACE_STMT, Endless::begin, endless.get());
  return endless;
}

void take_own_views(SQLite::Database& connection) {
  connection.exec("PRAGMA cell_size_check=ON");
  for (const auto& [name, sql] : own_views())
    connection.exec("CREATE TEMP " + sql.substr(std::string_view("CREATE ").size()));
}

std::vector<std::string> foreign_objects(SQLite::Database& connection) {
  const auto own = own_views();
  SQLite::Statement query(connection,
                          "SELECT type, name, sql FROM main.sqlite_master WHERE type IN "
                          "('trigger', 'view') ORDER BY type, name");
  std::vector<std::string> foreign;
  while (query.executeStep()) {
    const auto name = query.getColumn(1).getString();
    const auto view = own.find(name);
    if (view != own.end() && view->second == query.getColumn(2).getString()) continue;
    foreign.push_back(query.getColumn(0).getString() + " " + name);
  }
  return foreign;
}

}  // namespace pretext
