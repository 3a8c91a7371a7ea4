#include "core/spec/field.h"

#include "core/base/error.h"
#include "core/text/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <regex>

namespace pretext {
namespace {

std::string kind_in_words(const Field& field) {
  switch (field.kind) {
    case FieldKind::kBoolean:
      return "true or false";
    case FieldKind::kInteger:
      return "a whole number";
    case FieldKind::kReal:
      return "a number";
    case FieldKind::kText:
      return "a text";
    case FieldKind::kChoice:
      return "one of its choices";
    case FieldKind::kIntegers:
      return "a list of whole numbers";
    case FieldKind::kReals:
      return "a list of numbers";
  }
  return {};
}

std::string range_in_words(const Field& field) {
  const bool has_low = std::isfinite(field.low);
  const bool has_high = std::isfinite(field.high);
  const std::string low = (field.low_is_open ? "> " : ">= ") + shortest(field.low);
  if (has_low && has_high) return low + " and <= " + shortest(field.high);
  if (has_low) return low;
  return "<= " + shortest(field.high);
}

bool in_range(const Field& field, double value) {
  if (!std::isfinite(value)) return false;
  return (field.low_is_open ? value > field.low : value >= field.low) && value <= field.high;
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    const auto code = static_cast<unsigned char>(c);
    if (c == '\n') {
      result += "\\n";
    } else if (code < 0x20 || code == 0x7F) {
      char escape[16];
      std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(code));
      result += escape;
    } else {
      result += c;
    }
  }
  return result + '"';
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename Number>
std::optional<std::vector<Number>> parse_list(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  std::vector<Number> values;
  if (text.find_first_not_of(' ') == std::string_view::npos) return values;
  while (true) {
    const auto comma = text.find(',');
    const auto value = parse_number<Number>(text.substr(0, comma));
    if (!value) return std::nullopt;
    values.push_back(*value);
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

struct TomlWriter {
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const {
    auto text = shortest(number);
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
  }
  std::string operator()(const std::string& text) const { return quoted(text); }
  template <typename Number>
  std::string operator()(const std::vector<Number>& list) const {
    std::string text;
    for (const auto number : list) text += (text.empty() ? "" : ", ") + (*this)(number);
    return '[' + text + ']';
  }
};

template <typename Value>
std::optional<FieldValue> widen(const std::optional<Value>& value) {
  return value ? std::optional<FieldValue>(*value) : std::nullopt;
}

}  // namespace

std::string shortest(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, result.ptr};
}

std::string complaint_about(const Field& field, const FieldValue& value) {
  const auto got = ", got " + to_toml(value) + ".";
  const auto bad_kind = field.key + " takes " + kind_in_words(field) + got;
  const auto bad_range = field.key + " must be " + range_in_words(field) + got;
  switch (field.kind) {
    case FieldKind::kBoolean:
      return std::holds_alternative<bool>(value) ? "" : bad_kind;
    case FieldKind::kText: {
      const auto* text = std::get_if<std::string>(&value);
      if (!text) return bad_kind;
      auto repaired = *text;
      if (repair_utf8(repaired) > 0)
        return field.key + " takes a text in UTF-8, got " + quoted(repaired) + ".";
      // The library's expressions recur for each letter.
      constexpr std::size_t kLongest = 1000;
      const bool fits =
          field.pattern.empty() ||
          (text->size() <= kLongest && std::regex_match(*text, std::regex(field.pattern)));
      return fits ? "" : field.key + " takes " + field.takes + got;
    }
    case FieldKind::kInteger: {
      const auto* number = std::get_if<std::int64_t>(&value);
      if (!number) return bad_kind;
      return in_range(field, static_cast<double>(*number)) ? "" : bad_range;
    }
    case FieldKind::kReal: {
      const auto* number = std::get_if<double>(&value);
      if (!number || !std::isfinite(*number)) return bad_kind;
      return in_range(field, *number) ? "" : bad_range;
    }
    case FieldKind::kChoice: {
      const auto* text = std::get_if<std::string>(&value);
      std::string all;
      for (const auto& choice : field.choices) {
        if (text && *text == choice) return "";
        all += (all.empty() ? "" : ", ") + choice;
      }
      return field.key + " takes one of " + all + got;
    }
    case FieldKind::kIntegers: {
      const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
      if (!list) return bad_kind;
      for (const auto number : *list) {
        if (!in_range(field, static_cast<double>(number))) return bad_range;
      }
      return "";
    }
    case FieldKind::kReals: {
      const auto* list = std::get_if<std::vector<double>>(&value);
      if (!list) return bad_kind;
      const auto size = std::get<std::vector<double>>(field.fallback).size();
      if (list->size() != size) {
        return field.key + " takes " + std::to_string(size) + " numbers" + got;
      }
      for (std::size_t i = 0; i < size; ++i) {
        if (!in_range(field, (*list)[i])) return bad_range;
        if (i > 0 && (*list)[i] < (*list)[i - 1]) {
          return field.key + " takes the smaller number first" + got;
        }
      }
      return "";
    }
  }
  return bad_kind;
}

std::string to_toml(const FieldValue& value) {
  return std::visit(TomlWriter{}, value);
}

FieldValue parse_field(const Field& field, const std::string& text) {
  std::optional<FieldValue> value;
  switch (field.kind) {
    case FieldKind::kBoolean:
      if (text == "true" || text == "false") value = text == "true";
      break;
    case FieldKind::kInteger:
      value = widen(parse_number<std::int64_t>(text));
      break;
    case FieldKind::kReal:
      value = widen(parse_number<double>(text));
      break;
    case FieldKind::kIntegers:
      value = widen(parse_list<std::int64_t>(text));
      break;
    case FieldKind::kReals:
      value = widen(parse_list<double>(text));
      break;
    case FieldKind::kText:
    case FieldKind::kChoice:
      value = text;
      break;
  }
  if (!value) {
    throw UserError(field.key + " takes " + kind_in_words(field) + ", got " + quoted(text) + ".");
  }
  const auto complaint = complaint_about(field, *value);
  if (!complaint.empty()) throw UserError(complaint);
  return *value;
}

}  // namespace pretext
