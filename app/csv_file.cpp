#include "app/csv_file.h"

#include "core/base/file.h"
#include "core/base/new_file.h"

#include <charconv>
#include <system_error>

namespace pretext {
namespace {

constexpr const char* kFormulaStarts = "=+-@\t\r";

bool isNumber(const std::string& text) {
  double number = 0.0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + (text[0] == '+'), end, number);
  return error == std::errc{} && stopped == end;
}

bool looksLikeFormula(const std::string& text) {
  return !text.empty() && std::string(kFormulaStarts).find(text[0]) != std::string::npos &&
         !isNumber(text);
}

}  // namespace

std::string csvField(const std::string& text) {
  const auto field = looksLikeFormula(text) ? '\'' + text : text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string withoutGuard(const std::string& text) {
  const bool isGuarded = text.starts_with('\'') && looksLikeFormula(text.substr(1));
  return isGuarded ? text.substr(1) : text;
}

CsvFile::CsvFile(const std::filesystem::path& file, const std::vector<std::string>& header)
    : file_(writable_file(file)) {
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
