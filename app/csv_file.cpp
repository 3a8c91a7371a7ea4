#include "app/csv_file.h"

#include "core/base/file.h"

namespace pretext {

std::string csvField(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

CsvFile::CsvFile(const std::filesystem::path& file, const std::vector<std::string>& header)
    : file_(file) {
  add(header);
}

void CsvFile::add(const std::vector<std::string>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) text_ += (i > 0 ? "," : "") + csvField(row[i]);
  text_ += '\n';
}

void CsvFile::write() const {
  write_text_file(file_, text_);
}

}  // namespace pretext
