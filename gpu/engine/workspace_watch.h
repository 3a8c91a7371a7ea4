#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <sys/types.h>

namespace pretext {

/// The workspace is no longer where the engine was started for it: nothing more is written there.
class WorkspaceGone : public UserError {
 public:
  using UserError::UserError;
};

/// Remembers which folder and which database a workspace is, to see when it is moved or deleted, or
/// another one stands in its place.
class WorkspaceWatch {
 public:
  explicit WorkspaceWatch(const std::filesystem::path& workspace);

  /// Throws WorkspaceGone.
  void check() const;

 private:
  struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    bool operator==(const Identity&) const = default;
  };
  static Identity identity_of(const std::filesystem::path& path);

  std::filesystem::path workspace_;
  Identity folder_, database_;
};

}  // namespace pretext
