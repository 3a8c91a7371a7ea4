#include "core/base/csv_field.h"

#include <charconv>
#include <system_error>

namespace pretext {
namespace {

constexpr const char* kFormulaStarts = "=+-@\t\r";

bool is_number(const std::string& text) {
  double number = 0.0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + (text[0] == '+'), end, number);
  return error == std::errc{} && stopped == end;
}

bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string(kFormulaStarts).find(text[0]) != std::string::npos &&
         !is_number(text);
}

}  // namespace

std::string csv_field(const std::string& text) {
  const auto field = looks_like_formula(text) ? '\'' + text : text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string without_csv_guard(const std::string& text) {
  const bool is_guarded = text.starts_with('\'') && looks_like_formula(text.substr(1));
  return is_guarded ? text.substr(1) : text;
}

}  // namespace pretext
