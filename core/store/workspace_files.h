#pragma once

#include "core/store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace pretext {

// Where things lie in a workspace is computed from their numbers. The columns `path` say the same,
// for people and SQL, and are never believed: a workspace may come from a stranger.

/// "corpora/7", relative to the workspace.
std::string corpus_path(std::int64_t corpus);
/// "runs/3"
std::string run_path(std::int64_t run);
/// "runs/3/step-000000100.safetensors", with "-weights" before the ending where it has these alone.
std::string checkpoint_path(std::int64_t run, std::int64_t step, bool weights_only);

/// A folder of the workspace that is being filled or emptied, and so goes away unless its row
/// stands in the database: by this object's end, or after a kill by `sweep_unfinished`. Held by a
/// lock on a file in it, which the kernel releases at death.
class UnfinishedFolder {
 public:
  /// Makes the folder where it is missing. `path`: relative to the workspace. Throws UserError.
  UnfinishedFolder(const std::filesystem::path& workspace, const std::string& path);
  ~UnfinishedFolder();
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  /// It stays from now on.
  void keep();
  /// For when a commit failed: whether its row stands is known when the database is next opened,
  /// and the sweep then keeps the folder or takes it away.
  void leave();

  static constexpr const char* kMark = ".unfinished";

 private:
  std::filesystem::path workspace_;
  std::string path_;
  int lock_ = -1;
};

/// A folder of the workspace whose row is about to be deleted: marked until it is removed, so that
/// the next sweep takes it away when this program is killed once the row is gone, and takes the
/// mark away where the row stands.
class DepartingFolder {
 public:
  /// Nothing where the folder is missing. Throws UserError where a link stands on the way to it.
  DepartingFolder(const std::filesystem::path& workspace, std::string path);
  ~DepartingFolder();
  DepartingFolder(const DepartingFolder&) = delete;
  DepartingFolder& operator=(const DepartingFolder&) = delete;

  /// Once the row is gone. Throws UserError.
  void remove();

 private:
  std::filesystem::path workspace_;
  std::string path_;
  int lock_ = -1;
};

/// Throws UserError where a link stands on the way from the workspace to what lies at `path` in it,
/// or there itself: what it leads to is not the workspace's.
void refuse_links(const std::filesystem::path& workspace, const std::string& path);

/// Deletes a folder of the workspace with all that is in it; nothing where it is missing. Throws
/// UserError, also as `refuse_links`.
void remove_folder(const std::filesystem::path& workspace, const std::string& path);

/// What killed ingests, purges and thinnings left behind: folders that are marked unfinished and
/// held by nobody, or empty, with the rows that nobody owns. Of millions of rows as many go as a
/// moment allows. Cheap where there are none. Never throws: the next opening of the workspace goes
/// on.
void sweep_unfinished(Database& database);

/// Deletes the files of checkpoints in a run's folder that no row of a checkpoint stands for.
void sweep_checkpoints(Database& database, std::int64_t run);

}  // namespace pretext
