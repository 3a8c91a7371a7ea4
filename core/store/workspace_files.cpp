#include "core/store/workspace_files.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/store/ownerless_rows.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace pretext {
namespace {

namespace fs = std::filesystem;

/// The time a sweep takes for rows that nobody owns: the next one goes on.
class Moment {
 public:
  double seconds_left() const { return kSeconds - watch_.seconds(); }

 private:
  static constexpr double kSeconds = 0.3;
  Stopwatch watch_;
};

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

/// The number that a folder is called by; 0 for none.
std::int64_t number_of(const fs::path& folder) {
  const auto name = folder.filename().string();
  if (name.empty() || name.size() > 18 || name.find_first_not_of("0123456789") != std::string::npos)
    return 0;
  return std::stoll(name);
}

std::string folder_of(Owner owner, std::int64_t id) {
  return owner == Owner::kCorpus ? corpus_path(id) : run_path(id);
}

/// A folder that is marked and held by nobody: goes, once its rows are gone, or loses its mark
/// where its owner's row stands.
void sweep_folder(Database& database, Owner owner, std::int64_t id, const Moment& moment) {
  const auto folder = folder_of(owner, id);
  const int lock = lock_mark(database.workspace() / folder);
  if (lock < 0) return;
  try {
    std::error_code ignored;
    if (has_row(database, owner, id))
      fs::remove(database.workspace() / folder / UnfinishedFolder::kMark, ignored);
    else if (delete_ownerless_rows(database, owner, id, moment.seconds_left()))
      remove_folder(database.workspace(), folder);
  } catch (const std::exception&) {  // The next sweep tries it again; the others go on.
    ::close(lock);
    return;
  }
  ::close(lock);
}

/// Numbers of the folders of corpora, or runs.
std::vector<std::int64_t> folders_of(Database& database, Owner owner) {
  const auto home = (database.workspace() / folder_of(owner, 1)).parent_path();
  std::vector<std::int64_t> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(home, error)) {
    const auto id = number_of(entry.path());
    if (id != 0 && entry.is_directory(error) && !entry.is_symlink(error)) ids.push_back(id);
  }
  return ids;
}

/// What an ingest made that was killed before it could mark it. Runs have a row before a folder.
void remove_empty_corpora(Database& database) {
  std::error_code ignored;
  for (const auto id : folders_of(database, Owner::kCorpus)) {
    const auto folder = database.workspace() / corpus_path(id);
    if (fs::is_empty(folder, ignored) && !has_row(database, Owner::kCorpus, id))
      fs::remove(folder, ignored);
  }
}

bool is_held(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder / UnfinishedFolder::kMark, error)) return false;
  const int lock = lock_mark(folder);
  if (lock >= 0) ::close(lock);
  return lock < 0;
}

void sweep_samples(Database& database, const Moment& moment) {
  for (const auto corpus : corpora_without_row(database)) {
    if (!is_held(database.workspace() / corpus_path(corpus)))
      delete_ownerless_rows(database, Owner::kCorpus, corpus, moment.seconds_left());
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
  std::error_code ignored;
  fs::remove(workspace / path, ignored);  // Where it is empty.
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

void UnfinishedFolder::leave() {
  ::close(std::exchange(lock_, -1));
}

DepartingFolder::DepartingFolder(const fs::path& workspace, std::string path)
    : workspace_(workspace), path_(std::move(path)) {
  refuse_links(workspace_, path_);
  if (fs::exists(workspace_ / path_)) lock_ = make_mark(workspace_ / path_);
}

DepartingFolder::~DepartingFolder() {
  if (lock_ >= 0) ::close(lock_);
}

void DepartingFolder::remove() {
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
    const Moment moment;
    for (const auto owner : {Owner::kCorpus, Owner::kRun})
      for (const auto id : folders_of(database, owner)) sweep_folder(database, owner, id, moment);
    remove_empty_corpora(database);
    sweep_samples(database, moment);
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
