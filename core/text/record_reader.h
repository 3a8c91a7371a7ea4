#pragma once

#include "core/text/line_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pretext {

/// Reads the rows of a CSV or TSV file, quoted as RFC 4180 has it: a field that begins with a quote
/// ends with the quote before a separator or the row's end, may hold line ends, and a doubled quote
/// stands for one. In TSV, where quotes are often left as they are, a quote that does not end so on
/// its line is text.
class RecordReader {
 public:
  /// `separator`: ',', '\t' or ';'. Throws UserError.
  RecordReader(const std::filesystem::path& file, char separator);

  /// False at the end. Throws UserError for a quote that never ends and for a row of more fields
  /// than tables have.
  bool next(std::vector<std::string>& fields);

  /// Where the row just read began, from 1.
  std::int64_t line_number() const { return row_line_; }
  std::int64_t bytes_read() const { return lines_.bytes_read(); }

 private:
  bool take_quoted(std::size_t& at, std::string& field);

  std::filesystem::path file_;
  char separator_;
  LineReader lines_;
  std::string line_;
  std::int64_t row_line_ = 0;
};

/// ',' ';' or '\t', by the file's name and its first line.
char separator_of(const std::filesystem::path& file);

}  // namespace pretext
