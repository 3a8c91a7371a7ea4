#include "core/store/database.h"

#include "core/store/lock_holder.h"
#include "core/store/schema.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr int kPatienceMs = 10'000;

/// A path inside a URI: what would end it there is escaped.
std::string escaped(const fs::path& file) {
  std::string text;
  for (const char c : file.string()) {
    text += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  }
  return text;
}

/// What tells whether a file was written to: its size and time.
std::pair<off_t, long> state_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {0, 0};
  return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000L + status.st_mtim.tv_nsec};
}

bool has_wal(const fs::path& file) {
  return state_of(file.string() + "-wal").first > 0;
}

/// Copies the database with its WAL into a new folder below `root`, as both are at one moment.
/// Empty where that cannot be done.
fs::path copy_below(const fs::path& root, const fs::path& file) {
  auto folder = (root / "pretext-XXXXXX").string();
  if (!::mkdtemp(folder.data())) return {};
  const fs::path wal = file.string() + "-wal";
  std::error_code error;
  for (int attempt = 0; attempt < 5 && !error; ++attempt) {
    const auto before = std::pair(state_of(file), state_of(wal));
    for (const auto& one : {file, wal}) {
      if (!error)
        fs::copy_file(one, folder / one.filename(), fs::copy_options::overwrite_existing, error);
    }
    if (!error && before == std::pair(state_of(file), state_of(wal))) return folder;
  }
  fs::remove_all(folder, error);
  return {};
}

/// The same where there is room: among temporary files, or in memory.
fs::path copy_aside(const fs::path& file) {
  std::error_code error;
  auto folder = copy_below(fs::temp_directory_path(error), file);
  return folder.empty() ? copy_below("/dev/shm", file) : folder;
}

bool is_for_want_of_room(const SQLite::Exception& error) {
  const int code = error.getErrorCode();
  return code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
}

}  // namespace

/// How long a connection waits for another writer. It looks every two milliseconds, so that it
/// meets the gaps that an ingest leaves; SQLite's own waiting looks ever more seldom.
struct Patience {
  int milliseconds = kPatienceMs;
  std::chrono::steady_clock::time_point begin;

  static int wait(void* self, int num_looks) {
    auto& patience = *static_cast<Patience*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (num_looks == 0) patience.begin = now;
    if (now - patience.begin > std::chrono::milliseconds(patience.milliseconds)) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return 1;
  }
};

Database::Database(const fs::path& workspace, Purpose purpose)
    : workspace_(workspace), patience_(std::make_unique<Patience>()) {
  const auto file = workspace / "workspace.db";
  try {
    if (fs::is_symlink(file))
      throw UserError(file.string() + " is a link: open the workspace that it leads into.");
    if (!fs::exists(file) && fs::create_directories(workspace))
      fs::permissions(workspace, fs::perms::owner_all);
    // Only SQLite may open the file: closing any other descriptor of it would drop the locks of all
    // connections of this process, and the next process to close would take the WAL away.
    read_only_ = ::access(workspace.c_str(), W_OK) != 0 ||
                 (fs::exists(file) && ::access(file.c_str(), W_OK) != 0);
    if (read_only_)
      open_for_looking(file);
    else
      open_for_writing(file, purpose);
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_NOTADB) {
      throw UserError(file.string() +
                      " is not a Pretext workspace: choose another folder with --workspace.");
    }
    if (error.getErrorCode() == SQLITE_BUSY) {
      const auto holder = lock_holder(file);
      throw DatabaseBusy("The workspace " + workspace.string() + " is being written to" +
                         (holder.empty() ? "" : " by " + holder) +
                         ": wait until that has ended, then try again.");
    }
    throw UserError("Cannot open " + file.string() + " (" + error.what() +
                    "): check the folder's permissions and free disk.");
  } catch (const fs::filesystem_error& error) {
    throw UserError("Cannot make the workspace " + workspace.string() + " (" +
                    error.code().message() + "): choose another folder with --workspace.");
  }
}

Database::Database(Database&& other) noexcept
    : workspace_(std::move(other.workspace_)),
      read_only_(other.read_only_),
      out_of_room_(other.out_of_room_),
      copy_(std::exchange(other.copy_, {})),
      patience_(std::move(other.patience_)),
      bound_(std::move(other.bound_)),
      connection_(std::move(other.connection_)) {}

Database::~Database() {
  connection_.reset();
  std::error_code ignored;
  if (!copy_.empty()) fs::remove_all(copy_, ignored);
}

void Database::open_for_writing(const fs::path& file, Purpose purpose) {
  const bool is_new = !fs::exists(file);
  try {
    connection_ = std::make_unique<SQLite::Database>(file.string(),
                                                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ::sqlite3_busy_handler(connection_->getHandle(), Patience::wait, patience_.get());
    bound_ = distrust(*connection_);
    check_is_ours(*connection_, file);
    connection_->exec("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL");
    if (is_new) fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    migrate(*connection_, workspace_);
    take_own_views(*connection_);
  } catch (const SQLite::Exception& error) {
    if (is_new || !is_for_want_of_room(error)) throw;
    if (purpose == Purpose::kWork)
      throw DiskFull("There is no room to write to the workspace " + workspace_.string() +
                     ": free some disk.");
    // To look takes no room.
    connection_.reset();
    read_only_ = out_of_room_ = true;
    open_for_looking(file);
  }
}

void Database::open_for_looking(const fs::path& file) {
  if (has_wal(file)) {
    copy_ = copy_aside(file);
    if (copy_.empty()) {
      throw UserError(
          "The workspace " + workspace_.string() +
          " cannot be written to, and its newest entries are still in workspace.db-wal: "
          "free some disk for temporary files, or copy it to a folder you may write "
          "to.");
    }
    connection_ = std::make_unique<SQLite::Database>((copy_ / file.filename()).string(),
                                                     SQLite::OPEN_READWRITE);
  } else {
    connection_ = std::make_unique<SQLite::Database>("file:" + escaped(file) + "?immutable=1",
                                                     SQLite::OPEN_READONLY | SQLite::OPEN_URI);
  }
  bound_ = distrust(*connection_);
  check_is_ours(*connection_, file);
  if (is_of_older_schema(*connection_)) {
    throw UserError("The read-only workspace " + workspace_.string() +
                    " is of an older Pretext: copy it to a folder you may write to, where it "
                    "can be brought up to date.");
  }
  connection_->exec("PRAGMA temp_store=MEMORY");  // There may be no room for more.
  take_own_views(*connection_);
  connection_->exec("PRAGMA query_only=ON");
}

std::int64_t Database::data_version() {
  return connection_->execAndGet("PRAGMA data_version").getInt64();
}

int Database::schema_version() {
  return connection_->execAndGet("PRAGMA user_version").getInt();
}

std::string Database::check() {
  return connection_->execAndGet("PRAGMA quick_check").getString();
}

std::vector<std::string> Database::foreign_objects() {
  return pretext::foreign_objects(*connection_);
}

int Database::set_patience(int milliseconds) {
  return std::exchange(patience_->milliseconds, milliseconds);
}

SQLite::Statement Database::prepare(const std::string& sql) {
  return SQLite::Statement(*connection_, sql);
}

std::optional<std::int64_t> optional_integer(SQLite::Statement& row, int column) {
  if (row.isColumnNull(column)) return std::nullopt;
  return row.getColumn(column).getInt64();
}

bool is_disk_full(const std::exception& error) {
  if (dynamic_cast<const DiskFull*>(&error)) return true;
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&error);
  return sqlite && sqlite->getErrorCode() == SQLITE_FULL;
}

namespace {

SQLite::Database& writable(Database& database, bool durable) {
  if (database.is_out_of_room())
    throw DiskFull("There was no room left to write to the workspace " +
                   database.workspace().string() + ": free some disk, then open it again.");
  if (database.is_read_only()) {
    throw UserError("The workspace " + database.workspace().string() +
                    " is read-only: copy it to a folder you may write to.");
  }
  database.connection().exec(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
  return database.connection();
}

SQLite::Transaction begin_write(Database& database, bool durable) {
  try {
    return SQLite::Transaction(writable(database, durable), SQLite::TransactionBehavior::IMMEDIATE);
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() != SQLITE_BUSY) throw;
    const auto holder = lock_holder(database.workspace() / "workspace.db");
    throw DatabaseBusy("The workspace has been written to for too long" +
                       (holder.empty() ? std::string() : " by " + holder) +
                       ": end that program, or wait for it, then try again.");
  }
}

}  // namespace

WriteTransaction::WriteTransaction(Database& database, bool durable)
    : transaction_(begin_write(database, durable)) {}

}  // namespace pretext
