#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace pretext {

/// A file in the making: written beside its place, flushed, renamed to it, and the folder flushed,
/// so that no moment, not even a loss of power, leaves half a file or none where one was. A link is
/// written through, to what it points at. Each call throws UserError, and DiskFull where the disk
/// is the reason; what is not finished goes away.
class NewFile {
 public:
  /// Throws UserError, too, when something stands there that is no regular file.
  explicit NewFile(const std::filesystem::path& file);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(const void* data, std::size_t size);
  void write(std::string_view text) { write(text.data(), text.size()); }
  void finish();

  /// Where it is until then.
  const std::filesystem::path& unfinished() const { return unfinished_; }

 private:
  [[noreturn]] void fail(int error) const;

  std::filesystem::path file_;
  std::filesystem::path unfinished_;
  int descriptor_ = -1;
};

/// Flushes a file, or the entries of a folder, to the disk. Throws UserError; DiskFull where that
/// is the reason.
void flush_to_disk(const std::filesystem::path& path);

/// The same of a folder with all that is in it.
void flush_tree_to_disk(const std::filesystem::path& folder);

/// Renames a whole file that was written elsewhere in the same file system to its place, flushed
/// before and after. Throws UserError.
void put_in_place(const std::filesystem::path& unfinished, const std::filesystem::path& file);

/// Where something may be written by that name: itself, or what it, a link, points at. Throws
/// UserError when something stands there that is no regular file.
std::filesystem::path writable_place(const std::filesystem::path& file);

}  // namespace pretext
