#include "app/csv_file.h"

#include "core/base/csv_field.h"
#include "core/base/file.h"
#include "core/base/new_file.h"

namespace pretext {
CsvFile::CsvFile(const std::filesystem::path& file, const std::vector<std::string>& header)
    : file_(writable_file(file)) {
  add(header);
}

void CsvFile::add(const std::vector<std::string>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) text_ += (i > 0 ? "," : "") + csv_field(row[i]);
  text_ += '\n';
}

void CsvFile::write() const {
  write_text_file(file_, text_);
}

}  // namespace pretext
