#include "core/base/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace pretext {

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
  char* rest = nullptr;
  const double number = std::strtod(duration.c_str(), &rest);
  const auto word = trimmed(rest);
  return number * (word == "s" ? 1.0 : word == "min" ? 60.0 : word == "h" ? 3600.0 : 0.0);
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

std::string fixed(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, value);
  return buffer;
}

}  // namespace pretext
