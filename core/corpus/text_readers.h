#pragma once

#include "core/corpus/text_source.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pretext {

/// Reads the documents of one file.
class TextReader {
 public:
  virtual ~TextReader() = default;
  virtual std::string kind() const = 0;  ///< For people.
  virtual DocumentUnit documents() const = 0;
  virtual LineMeaning lines() const = 0;
  /// Of a table: names, or numbers from 1, and the one of them that is read.
  virtual std::vector<std::string> columns() const { return {}; }
  virtual std::string text_column() const { return {}; }
  /// Fills text, class and, as `source`, the line that it begins at. False at the end. A row that
  /// cannot be used is put into `skipped`, its line as its path.
  virtual bool next(TextDocument& document, std::vector<SkippedFile>& skipped) = 0;
  virtual std::int64_t bytes_read() const = 0;
};

/// Chooses by the file's name and its first megabyte. `is_one_of_many`: a file of a folder, where a
/// file without blank lines is one document. Throws UserError.
std::unique_ptr<TextReader> open_text_reader(const std::filesystem::path& file,
                                             const TextSourceOptions& options, bool is_one_of_many);

}  // namespace pretext
