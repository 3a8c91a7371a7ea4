#include "core/text/record_reader.h"

#include "core/base/error.h"

#include <algorithm>

namespace pretext {
namespace {

constexpr std::size_t kLongestField = std::size_t{16} << 20;  // Bytes.
constexpr std::size_t kMostFields = 100'000;                  // Of a row.

}  // namespace

RecordReader::RecordReader(const std::filesystem::path& file, char separator)
    : file_(file), separator_(separator), lines_(file) {}

bool RecordReader::next(std::vector<std::string>& fields) {
  fields.clear();
  do {
    if (!lines_.next(line_)) return false;
  } while (line_.empty());
  row_line_ = lines_.line_number();
  for (std::size_t at = 0;;) {
    if (fields.size() == kMostFields) {
      throw UserError("The row in line " + std::to_string(row_line_) + " of " + file_.string() +
                      " has more than 100,000 fields: give a table with fewer columns.");
    }
    auto& field = fields.emplace_back();
    if (at < line_.size() && line_[at] == '"' && take_quoted(at, field)) {
      // `at` is behind the closing quote, at a separator or the end.
    } else {
      const auto end = std::min(line_.find(separator_, at), line_.size());
      field = line_.substr(at, end - at);
      at = end;
    }
    if (at >= line_.size()) return true;
    ++at;  // The separator; what follows it is a field, be it empty.
  }
}

/// Reads the quoted field that begins at `line_[at]`, going on to further lines for CSV. False,
/// with nothing read, where the quote is plain text.
bool RecordReader::take_quoted(std::size_t& at, std::string& field) {
  auto scan = at + 1;
  std::string value;
  while (true) {
    const auto quote = line_.find('"', scan);
    if (quote == std::string::npos) {
      if (separator_ == '\t') return false;
      value.append(line_, scan);
      value += '\n';
      if (value.size() > kLongestField || !lines_.next(line_)) {
        throw UserError("The quote opened in line " + std::to_string(row_line_) + " of " +
                        file_.string() + " never ends: close it or leave it out.");
      }
      scan = 0;
      continue;
    }
    value.append(line_, scan, quote - scan);
    const bool is_doubled = quote + 1 < line_.size() && line_[quote + 1] == '"';
    if (is_doubled) {
      value += '"';
      scan = quote + 2;
      continue;
    }
    if (quote + 1 < line_.size() && line_[quote + 1] != separator_) {
      if (separator_ == '\t') return false;
      value += '"';  // A stray quote within the field is kept.
      scan = quote + 1;
      continue;
    }
    at = quote + 1;
    field = std::move(value);
    return true;
  }
}

char separator_of(const std::filesystem::path& file) {
  auto name = file.filename().string();
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  if (name.ends_with(".tsv") || name.ends_with(".tab")) return '\t';
  std::string line;
  LineReader(file).next(line);
  const auto uses = [&](char separator) { return std::ranges::count(line, separator); };
  return std::max({',', ';', '\t'}, [&](char a, char b) { return uses(a) < uses(b); });
}

}  // namespace pretext
