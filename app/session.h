#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>

namespace pretext {

/// Where a person is in a workspace: written at each turn, so that a window that crashed opens
/// where it was. A preference of this person on this machine: it lies beside the window's size, not
/// in the workspace.
class Session {
 public:
  explicit Session(const std::filesystem::path& workspace);

  int page() const;
  void setPage(int page) const;
  /// -1: none.
  std::int64_t run() const;
  void setRun(std::int64_t run) const;
  std::int64_t corpus() const;
  void setCorpus(std::int64_t corpus) const;

  /// Workspaces that were opened in the window and still exist, the newest first.
  static QStringList recentWorkspaces();
  static void remember(const std::filesystem::path& workspace);

 private:
  QString key(const char* what) const;

  QString group_;
};

}  // namespace pretext
