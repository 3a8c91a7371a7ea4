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

}  // namespace

fs::path writable_place(const fs::path& file) {
  std::error_code error;
  auto place = file;
  if (fs::is_symlink(fs::symlink_status(file, error))) place = fs::weakly_canonical(file, error);
  const auto status = fs::status(place, error);
  if (fs::is_directory(status)) throw UserError(file.string() + " is a folder: name a file in it.");
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw UserError(file.string() + " is no regular file: name another to write to.");
  return place;
}

NewFile::NewFile(const fs::path& file)
    : file_(writable_place(file)), unfinished_(file_.string() + ".unfinished") {
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
  flush_to_disk(file_.has_parent_path() ? file_.parent_path() : fs::path("."));
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
  flush_to_disk(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

}  // namespace pretext
