#include "core/base/json_file.h"

#include "core/base/error.h"
#include "core/base/format.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace pretext {
namespace {

/// Why a text goes beyond its limits; empty where it does not. Up to the first mistake in a text,
/// where its parser stops, brackets and quotes are read as the parser reads them.
std::string excess_of(std::string_view text, const JsonLimits& limits) {
  std::size_t depth = 0;
  std::size_t values = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\';
    } else if (c == '[' || c == '{') {
      if (++depth > limits.depth)
        return "is nested more than " + std::to_string(limits.depth) + " levels deep";
      ++values;
    } else if (c == ']' || c == '}') {
      depth -= depth > 0;
    } else if (c == ',') {
      ++values;
    }
  }
  if (values <= limits.values) return {};
  return "has more than " + grouped(static_cast<std::int64_t>(limits.values)) + " values";
}

/// Reads without building anything, and keeps the first name that an object has twice, or number
/// that is too large.
class Faults final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Faults(double largest) : largest_(largest) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t value, const string_t& text) override {
    if (std::abs(value) < largest_) return true;
    number = text;
    return false;
  }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    names_.emplace_back();
    return true;
  }
  bool key(string_t& name) override {
    if (names_.back().insert(name).second) return true;
    found = name;
    return false;
  }
  bool end_object() override {
    names_.pop_back();
    return true;
  }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t byte, const std::string&,
                   const nlohmann::detail::exception&) override {
    mistake = byte;
    return false;
  }

  std::optional<std::string> found, number;
  std::optional<std::size_t> mistake;  // Where there is one, in bytes.

 private:
  double largest_;
  std::vector<std::set<std::string>> names_;  // Of the objects that are open.
};

/// The beginning of a name, for people.
std::string shown(const std::string& name) {
  constexpr std::size_t kLongest = 60;  // Bytes.
  const auto end = std::ranges::find_if(name, [](char c) { return c < ' ' || c > '~'; });
  const auto size = std::min(kLongest, static_cast<std::size_t>(end - name.begin()));
  return "\"" + name.substr(0, size) + (size < name.size() ? "…\"" : "\"");
}

/// Throws UserError unless it can be read within `limits`.
void check(std::string_view text, const std::string& what, const std::string& advice,
           const JsonLimits& limits) {
  const auto refuse = [&](const std::string& why) {
    throw UserError(what + " " + why + ": " + advice + ".");
  };
  const auto excess = excess_of(text, limits);
  if (!excess.empty()) refuse(excess);
  // Apart from the reading proper: nlohmann's parser with a callback takes quadratic time.
  Faults faults(limits.largest);
  nlohmann::json::sax_parse(text, &faults);
  if (faults.mistake) refuse("is damaged, or no JSON, at byte " + std::to_string(*faults.mistake));
  if (faults.found) refuse("names " + shown(*faults.found) + " twice");
  if (faults.number) refuse("has the number " + shown(*faults.number) + ", which is out of range");
}

}  // namespace

nlohmann::json parse_json(std::string_view text, const std::string& what, const std::string& advice,
                          const JsonLimits& limits) {
  check(text, what, advice, limits);
  return nlohmann::json::parse(text);
}

nlohmann::ordered_json parse_ordered_json(std::string_view text, const std::string& what,
                                          const std::string& advice) {
  check(text, what, advice, {});
  return nlohmann::ordered_json::parse(text);
}

std::optional<nlohmann::json> find_json(std::string_view text, const JsonLimits& limits) {
  if (!excess_of(text, limits).empty()) return std::nullopt;
  auto document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded()) return std::nullopt;
  return document;
}

}  // namespace pretext
