#include "app/out_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace pretext {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& wanted, const std::string& why) {
  throw UserError("Cannot write " + wanted.string() + ": " + why + ".");
}

/// Where a link leads, all the way.
fs::path resolved(const fs::path& wanted) {
  std::error_code error;
  if (!fs::is_symlink(wanted, error)) return wanted;
  const auto target = fs::canonical(wanted, error);
  if (error) refuse(wanted, "it is a link that leads nowhere; remove it, or give another name");
  return target;
}

/// Data and name are on the disk before somebody is told so.
bool flushToDisk(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool isFlushed = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return isFlushed;
}

}  // namespace

fs::path writableFile(const fs::path& wanted) {
  if (wanted.empty()) throw UserError("No file is named to write to: give --out a name.");
  const auto file = resolved(wanted);
  std::error_code error;
  const auto status = fs::status(file, error);
  if (fs::is_directory(status)) refuse(wanted, "it is a folder; name a file");
  if (fs::exists(status) && !fs::is_regular_file(status))
    refuse(wanted, "it is a device or a pipe, not a file; name a new file");
  auto folder = file.parent_path();
  if (folder.empty()) folder = ".";
  if (!fs::is_directory(folder, error))
    refuse(wanted, "there is no folder " + folder.string() + "; check its name");
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    refuse(wanted, "its folder is not to be written to; choose another");
  return file;
}

fs::path writableFolder(const fs::path& wanted) {
  const auto folder = resolved(wanted.lexically_normal());
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    refuse(wanted, "it is no folder; name a new one");
  const auto parent = fs::absolute(folder).lexically_normal().parent_path();
  if (!fs::is_directory(folder, error) && !fs::is_directory(parent, error))
    refuse(wanted, "there is no folder " + parent.string() + "; check its name");
  return folder;
}

OutFile::OutFile(const fs::path& wanted)
    : file_(writableFile(wanted)),
      unfinished_(file_.string() + '.' + std::to_string(::getpid()) + ".unfinished"),
      stream_(unfinished_, std::ios::binary) {}

OutFile::~OutFile() {
  if (isFinished_) return;
  stream_.close();
  std::error_code ignored;
  fs::remove(unfinished_, ignored);
}

void OutFile::finish() {
  errno = 0;
  stream_.close();
  std::error_code error;
  if (stream_ && flushToDisk(unfinished_)) {
    fs::rename(unfinished_, file_, error);
    if (!error) {
      isFinished_ = true;
      return;
    }
  }
  const auto reason = error ? error.message() : std::string(std::strerror(errno ? errno : ENOSPC));
  refuse(file_, reason + "; check its folder and free some disk");
}

}  // namespace pretext
