#pragma once

#include <filesystem>
#include <fstream>

namespace pretext {

/// The file that stands for `wanted`, of a link the one that it leads to. Throws UserError, before
/// any work is done for it, when it cannot be written: where a folder, a device, a pipe or a link
/// into nothing has its name, or its folder is missing or not to be written to.
std::filesystem::path writableFile(const std::filesystem::path& wanted);

/// The same of a folder that is there, or can be made.
std::filesystem::path writableFolder(const std::filesystem::path& wanted);

/// A file in the making, beside its place: what stands under its name stays as it is until
/// `finish`, and what was written is gone unless it comes to that.
class OutFile {
 public:
  /// Throws UserError as `writableFile` does.
  explicit OutFile(const std::filesystem::path& wanted);
  ~OutFile();
  OutFile(const OutFile&) = delete;
  OutFile& operator=(const OutFile&) = delete;

  std::ostream& stream() { return stream_; }
  /// Throws UserError when the disk did not take all of it.
  void finish();

 private:
  std::filesystem::path file_, unfinished_;
  std::ofstream stream_;
  bool isFinished_ = false;
};

}  // namespace pretext
