#include "core/base/new_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace pretext {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, int error) {
  const std::string begin = "Cannot write " + file.string() + ": ";
  if (error == ENOSPC || error == EDQUOT) throw DiskFull(begin + "the disk is full; free some.");
  if (error == EFBIG) throw UserError(begin + "files of that size are not allowed on this disk.");
  throw UserError(begin + "check its folder and the disk (" + std::strerror(error) + ").");
}

/// Of what cannot be flushed at all there is nothing to lose.
bool cannot_be_flushed(int error) {
  return error == EINVAL || error == ENOTSUP;
}

[[noreturn]] void refuse_place(const fs::path& wanted, const std::string& why) {
  throw UserError("Cannot write " + wanted.string() + ": " + why + ".");
}

/// Where a link leads, all the way.
fs::path resolved(const fs::path& wanted) {
  std::error_code error;
  if (!fs::is_symlink(wanted, error)) return wanted;
  const auto target = fs::canonical(wanted, error);
  if (error)
    refuse_place(wanted, "it is a link that leads nowhere; remove it, or give another name");
  return target;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

fs::path writable_file(const fs::path& wanted) {
  if (wanted.empty()) throw UserError("No file is named to write to: give it a name.");
  const auto file = resolved(wanted);
  std::error_code error;
  const auto status = fs::status(file, error);
  if (fs::is_directory(status)) refuse_place(wanted, "it is a folder; name a file");
  if (fs::exists(status) && !fs::is_regular_file(status))
    refuse_place(wanted, "it is a device or a pipe, not a file; name a new file");
  const auto folder = folder_of(file);
  if (!fs::is_directory(folder, error))
    refuse_place(wanted, "there is no folder " + folder.string() + "; check its name");
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    refuse_place(wanted, "its folder is not to be written to; choose another");
  return file;
}

fs::path writable_folder(const fs::path& wanted) {
  const auto folder = resolved(wanted.lexically_normal());
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    refuse_place(wanted, "it is no folder; name a new one");
  const auto parent = fs::absolute(folder).lexically_normal().parent_path();
  if (!fs::is_directory(folder, error) && !fs::is_directory(parent, error))
    refuse_place(wanted, "there is no folder " + parent.string() + "; check its name");
  return folder;
}

NewFile::NewFile(const fs::path& file)
    : file_(writable_file(file)), unfinished_(file_.string() + ".unfinished") {
  descriptor_ =
      ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (descriptor_ < 0) refuse(file_, errno);
}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(unfinished_.c_str());
}

void NewFile::fail(int error) const {
  refuse(file_, error);
}

void NewFile::write(const void* data, std::size_t size) {
  const auto* next = static_cast<const char*>(data);
  while (size > 0) {
    const auto written = ::write(descriptor_, next, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    next += written;
    size -= static_cast<std::size_t>(written);
  }
}

void NewFile::finish() {
  if (::fsync(descriptor_) != 0 && !cannot_be_flushed(errno)) fail(errno);
  if (::rename(unfinished_.c_str(), file_.c_str()) != 0) fail(errno);
  ::close(std::exchange(descriptor_, -1));
  flush_to_disk(folder_of(file_));
}

void flush_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(path, errno);
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (error != 0 && !cannot_be_flushed(error)) refuse(path, error);
}

void flush_tree_to_disk(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() || entry.is_directory()) flush_to_disk(entry.path());
  flush_to_disk(folder);
}

void put_in_place(const fs::path& unfinished, const fs::path& file) {
  flush_to_disk(unfinished);
  if (::rename(unfinished.c_str(), file.c_str()) != 0) refuse(file, errno);
  flush_to_disk(folder_of(file));
}

}  // namespace pretext
