#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// The rows of a CSV file, written all together at the end.
class CsvFile {
 public:
  /// Throws UserError when `file` cannot be written.
  CsvFile(const std::filesystem::path& file, const std::vector<std::string>& header);

  void add(const std::vector<std::string>& row);
  /// Throws UserError when the file, or the disk, did not take it; the file is as it was then.
  void write() const;

 private:
  std::filesystem::path file_;
  std::string text_;
};

}  // namespace pretext
