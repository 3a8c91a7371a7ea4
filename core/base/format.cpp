#include "core/base/format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <system_error>

namespace pretext {
namespace {

/// 0 for a word that is none. Without a word it is what the unit before it leaves: "1h30" has 30
/// minutes.
double seconds_of_unit(const std::string& word, double unit_before) {
  if (word == "h") return 3600.0;
  if (word == "min" || word == "m") return 60.0;
  if (word == "s") return 1.0;
  if (!word.empty()) return 0.0;
  return unit_before == 3600.0 ? 60.0 : 1.0;
}

}  // namespace

std::string duration(double seconds) {
  const auto total = std::llround(std::max(0.0, seconds));
  char buffer[48];
  if (total < 60) {
    std::snprintf(buffer, sizeof buffer, "%lld s", total);
  } else if (total < 3600) {
    std::snprintf(buffer, sizeof buffer, "%lld min %02lld s", total / 60, total % 60);
  } else {
    std::snprintf(buffer, sizeof buffer, "%lld h %02lld min", total / 3600, total / 60 % 60);
  }
  return buffer;
}

double seconds_of(const std::string& duration) {
  const auto text = trimmed(duration);
  double total = 0.0, last_unit = 1e9;  // Seconds.
  for (std::size_t at = 0; at < text.size();) {
    // Digits first: from_chars would take "inf" and signs as well.
    if (!std::isdigit(static_cast<unsigned char>(text[at]))) return 0.0;
    double number = 0.0;
    const auto [rest, error] = std::from_chars(text.data() + at, text.data() + text.size(), number,
                                               std::chars_format::fixed);
    if (error != std::errc{}) return 0.0;
    at = static_cast<std::size_t>(rest - text.data());
    while (at < text.size() && text[at] == ' ') ++at;
    std::string word;
    while (at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])))
      word += text[at++];
    while (at < text.size() && text[at] == ' ') ++at;
    const double unit = seconds_of_unit(word, last_unit);
    if (unit == 0.0 || unit >= last_unit) return 0.0;
    total += number * unit;
    last_unit = unit;
  }
  return total;
}

std::string trimmed(const std::string& text) {
  constexpr const char* kBlanks = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::string local_time(std::int64_t utc_ms) {
  const auto seconds = static_cast<std::time_t>(utc_ms / 1000);
  struct tm parts {};
  ::localtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts);
  return text.data();
}

std::string byte_count(std::int64_t bytes) {
  const char* units[] = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1000.0 && unit < 4) {
    value /= 1000.0;
    ++unit;
  }
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  return buffer;
}

std::string significant(double value) {
  char buffer[32];
  const double size = std::abs(value);
  std::snprintf(buffer, sizeof buffer, size >= 1e4 && size < 1e15 ? "%.0f" : "%.5g", value);
  return buffer;
}

std::string percent(double share) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f %%", 100.0 * share);
  return buffer;
}

std::string grouped(std::int64_t count) {
  auto digits = std::to_string(count);
  const std::size_t first = count < 0 ? 1 : 0;
  for (auto place = digits.size(); place > first + 3;) digits.insert(place -= 3, ",");
  return digits;
}

std::string count_of(std::int64_t count, const std::string& one, const std::string& many) {
  return grouped(count) + " " + (count == 1 ? one : many);
}

std::string fixed(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

}  // namespace pretext
