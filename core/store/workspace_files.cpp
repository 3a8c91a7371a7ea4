#include "core/store/workspace_files.h"

#include "core/base/clock.h"
#include "core/base/error.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <limits>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsAtOnce = 20'000;  // Of samples: a few hundredths of a second.

/// The locked mark of a folder; -1 where it is missing or somebody else holds it.
int lock_mark(const fs::path& folder) {
  const int descriptor =
      ::open((folder / UnfinishedFolder::kMark).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (descriptor >= 0) ::close(descriptor);
  return -1;
}

/// Whether the file that is open stands in the folder still: a sweep may have met the mark before
/// it was locked, and taken all of it away.
bool stands(int descriptor, const fs::path& mark) {
  struct stat opened {
  }, named{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(mark.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

/// Makes a folder where it is missing, marks it and locks the mark; -1 where that cannot be done.
int make_mark(const fs::path& folder) {
  constexpr int kMostAttempts = 5;
  const auto mark = folder / UnfinishedFolder::kMark;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    std::error_code error;
    fs::create_directories(folder, error);
    const int descriptor =
        ::open(mark.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && stands(descriptor, mark))
      return descriptor;
    if (descriptor >= 0) ::close(descriptor);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return -1;
}

/// The first link on the way from the workspace to one of its folders; empty for none.
fs::path link_on_the_way(const fs::path& workspace, const std::string& path) {
  std::error_code error;
  auto place = workspace;
  for (const auto& part : fs::path(path)) {
    place /= part;
    if (fs::is_symlink(fs::symlink_status(place, error))) return place;
  }
  return {};
}

bool has_links(const fs::path& workspace, const std::string& path) {
  return !link_on_the_way(workspace, path).empty();
}

bool has_row(Database& database, const char* table, std::int64_t id) {
  auto query = database.prepare(std::string("SELECT 1 FROM ") + table + " WHERE id = ?");
  query.bind(1, id);
  return query.executeStep();
}

/// The number that a folder is called by; 0 for none.
std::int64_t number_of(const fs::path& folder) {
  const auto name = folder.filename().string();
  if (name.empty() || name.size() > 18 || name.find_first_not_of("0123456789") != std::string::npos)
    return 0;
  return std::stoll(name);
}

/// A folder that is marked and held by nobody: goes, or loses its mark where its row stands.
void sweep_folder(Database& database, const char* table, const fs::path& folder) {
  const int lock = lock_mark(folder);
  if (lock < 0) return;
  try {
    std::error_code ignored;
    if (has_row(database, table, number_of(folder)))
      fs::remove(folder / UnfinishedFolder::kMark, ignored);
    else
      remove_folder(database.workspace(), std::string(table) + "/" + folder.filename().string());
  } catch (const std::exception&) {  // The next sweep tries it again; the others go on.
    ::close(lock);
    return;
  }
  ::close(lock);
}

void sweep_folders(Database& database, const char* table) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(database.workspace() / table, error)) {
    if (number_of(entry.path()) != 0 && entry.is_directory(error) && !entry.is_symlink(error))
      sweep_folder(database, table, entry.path());
  }
}

/// Numbers of corpora that have samples or skipped files and no row.
std::set<std::int64_t> corpora_without_row(Database& database) {
  std::set<std::int64_t> found;
  for (const auto* table : {"samples", "skipped"}) {
    auto next = database.prepare(std::string("SELECT min(corpus_id) FROM ") + table +
                                 " WHERE corpus_id > ?");
    std::int64_t id = std::numeric_limits<std::int64_t>::min();
    while (true) {
      next.bind(1, id);
      next.executeStep();
      const auto corpus = optional_integer(next, 0);
      next.reset();
      if (!corpus) break;
      id = *corpus;
      if (!has_row(database, "corpora", id)) found.insert(id);
    }
  }
  return found;
}

bool is_held(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder / UnfinishedFolder::kMark, error)) return false;
  const int lock = lock_mark(folder);
  if (lock >= 0) ::close(lock);
  return lock < 0;
}

/// Deletes some rows of a corpus that has no row itself. Returns whether there are more.
bool sweep_rows(Database& database, std::int64_t corpus) {
  WriteTransaction transaction(database, false);
  if (has_row(database, "corpora", corpus)) return false;  // Its ingest has ended well meanwhile.
  int num_deleted = 0;
  for (const auto* sql :
       {"DELETE FROM samples WHERE corpus_id = ?1 AND position IN (SELECT position FROM samples "
        "WHERE corpus_id = ?1 LIMIT ?2)",
        "DELETE FROM skipped WHERE rowid IN (SELECT rowid FROM skipped WHERE corpus_id = ?1 LIMIT "
        "?2)"}) {
    auto remove = database.prepare(sql);
    remove.bind(1, corpus);
    remove.bind(2, kRowsAtOnce);
    num_deleted += remove.exec();
  }
  transaction.commit();
  return num_deleted > 0;
}

/// Of millions of rows as many as a moment allows: the next sweep goes on.
void sweep_samples(Database& database) {
  constexpr double kSeconds = 0.3;
  const Stopwatch watch;
  for (const auto corpus : corpora_without_row(database)) {
    if (is_held(database.workspace() / corpus_path(corpus))) continue;
    while (watch.seconds() < kSeconds && sweep_rows(database, corpus))
      std::this_thread::sleep_for(std::chrono::milliseconds(5));  // In which others get their turn.
  }
}

}  // namespace

std::string corpus_path(std::int64_t corpus) {
  return "corpora/" + std::to_string(corpus);
}

std::string run_path(std::int64_t run) {
  return "runs/" + std::to_string(run);
}

std::string checkpoint_path(std::int64_t run, std::int64_t step, bool weights_only) {
  char name[64];
  std::snprintf(name, sizeof name, "/step-%09lld%s.safetensors", static_cast<long long>(step),
                weights_only ? "-weights" : "");
  return run_path(run) + name;
}

UnfinishedFolder::UnfinishedFolder(const fs::path& workspace, const std::string& path)
    : workspace_(workspace), path_(path) {
  refuse_links(workspace, path);
  lock_ = make_mark(workspace / path);
  if (lock_ >= 0) return;
  throw UserError("Cannot write to " + (workspace / path).string() +
                  ": check the workspace's permissions and free some disk.");
}

UnfinishedFolder::~UnfinishedFolder() {
  if (lock_ < 0) return;
  std::error_code ignored;  // Swept when the workspace is next opened.
  if (!has_links(workspace_, path_)) fs::remove_all(workspace_ / path_, ignored);
  ::close(lock_);
}

void UnfinishedFolder::keep() {
  std::error_code ignored;  // A mark that stays is taken away when the workspace is next opened.
  fs::remove(workspace_ / path_ / kMark, ignored);
  ::close(std::exchange(lock_, -1));
}

DepartingFolder::DepartingFolder(const fs::path& workspace, std::string path)
    : workspace_(workspace), path_(std::move(path)) {
  refuse_links(workspace_, path_);
  if (fs::exists(workspace_ / path_)) lock_ = make_mark(workspace_ / path_);
}

DepartingFolder::~DepartingFolder() {
  if (lock_ < 0) return;
  std::error_code ignored;
  // Where it could not be removed the mark stays: it is swept when the workspace is next opened.
  if (!has_left_) fs::remove(workspace_ / path_ / UnfinishedFolder::kMark, ignored);
  ::close(lock_);
}

void DepartingFolder::remove() {
  has_left_ = true;
  remove_folder(workspace_, path_);
  if (lock_ >= 0) ::close(std::exchange(lock_, -1));
}

void refuse_links(const fs::path& workspace, const std::string& path) {
  const auto link = link_on_the_way(workspace, path);
  if (link.empty()) return;
  throw UserError(
      link.string() +
      " is a link, and Pretext neither writes nor deletes through links in a workspace: "
      "replace it with the folder itself.");
}

void remove_folder(const fs::path& workspace, const std::string& path) {
  refuse_links(workspace, path);
  std::error_code error;
  fs::remove_all(workspace / path, error);
  if (error)
    throw UserError("Cannot delete " + (workspace / path).string() + " (" + error.message() +
                    "): check its permissions.");
}

void sweep_unfinished(Database& database) {
  try {
    for (const auto* table : {"corpora", "runs"}) sweep_folders(database, table);
    sweep_samples(database);
  } catch (const std::exception&) {  // Read-only, busy or full: the next one tries again.
    return;
  }
}

void sweep_checkpoints(Database& database, std::int64_t run) {
  std::set<std::string> known;
  auto query = database.prepare(
      "SELECT step, weights_only FROM checkpoints WHERE run_id = ? AND pruned_ms IS NULL");
  query.bind(1, run);
  while (query.executeStep()) {
    known.insert(fs::path(checkpoint_path(run, query.getColumn(0).getInt64(),
                                          query.getColumn(1).getInt() != 0))
                     .filename()
                     .string());
  }
  if (has_links(database.workspace(), run_path(run))) return;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(database.workspace() / run_path(run), error)) {
    const auto name = entry.path().filename().string();
    const bool is_ours = name.starts_with("step-") && (name.ends_with(".safetensors") ||
                                                       name.ends_with(".safetensors.unfinished"));
    if (is_ours && !known.contains(name)) fs::remove(entry.path(), error);
  }
}

}  // namespace pretext
