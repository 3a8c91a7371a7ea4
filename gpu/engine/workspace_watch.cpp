#include "gpu/engine/workspace_watch.h"

#include <sys/stat.h>

namespace pretext {

WorkspaceWatch::Identity WorkspaceWatch::identity_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

WorkspaceWatch::WorkspaceWatch(const std::filesystem::path& workspace)
    : workspace_(workspace),
      folder_(identity_of(workspace)),
      database_(identity_of(workspace / "workspace.db")) {}

void WorkspaceWatch::check() const {
  if (identity_of(workspace_) == folder_ && identity_of(workspace_ / "workspace.db") == database_)
    return;
  throw WorkspaceGone(
      "The workspace " + workspace_.string() +
      " was moved, replaced or deleted while the engine worked on it: open it where "
      "it is now, and its runs go on from their last checkpoints.");
}

}  // namespace pretext
