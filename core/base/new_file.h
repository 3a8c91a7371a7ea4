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
  /// Throws UserError as `writable_file` does.
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

/// The file that stands for `wanted`, of a link the one that it leads to. Throws UserError, before
/// any work is done for it, when it cannot be written: where a folder, a device, a pipe or a link
/// into nothing has its name, or its folder is missing or not to be written to.
std::filesystem::path writable_file(const std::filesystem::path& wanted);

/// The same of a folder that is there, or can be made.
std::filesystem::path writable_folder(const std::filesystem::path& wanted);

}  // namespace pretext
