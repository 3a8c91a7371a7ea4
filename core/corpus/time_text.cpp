#include "core/corpus/time_text.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace pretext {
namespace {

constexpr std::int64_t kMinute = 60'000;  // ms
constexpr std::int64_t kDay = 24 * 60 * kMinute;

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes what it reads from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool is_at_end() const { return text_.empty(); }
  char next() const { return text_.empty() ? '\0' : text_.front(); }

  bool take(std::string_view any_of) {
    if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take_word(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  /// A number of `least` to `most` digits.
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < text_.size() && text_[count] >= '0' && text_[count] <= '9')
      value = 10 * value + (text_[count++] - '0');
    if (count < least) return {};
    text_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> days_since_1970(int year, int month, int day) {
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return {};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// "20140701".
std::optional<std::int64_t> compact_day(std::string_view text) {
  Scanner scanner(text);
  const auto year = scanner.digits(4, 4);
  const auto month = scanner.digits(2, 2);
  const auto day = scanner.digits(2, 2);
  if (!year || !month || !day || !scanner.is_at_end() || *year < 1900 || *year > 2099) return {};
  return days_since_1970(*year, *month, *day);
}

std::optional<std::int64_t> take_day(Scanner& scanner) {
  const auto first = scanner.digits(1, 4);
  const char separator = scanner.next();
  if (!first || !scanner.take("-/.")) return {};
  const auto second = scanner.digits(1, 2);
  if (!second || !scanner.take(std::string_view(&separator, 1))) return {};
  const auto third = scanner.digits(1, 4);
  const bool begins_with_day = separator == '.';
  if (!third || (begins_with_day ? *first > 31 || *third < 100 : *first < 100 || *third > 31))
    return {};
  return begins_with_day ? days_since_1970(*third, *second, *first)
                         : days_since_1970(*first, *second, *third);
}

/// Milliseconds of "00:30", "00:30:05" or "00:30:05.250".
std::optional<double> take_clock(Scanner& scanner) {
  const auto hour = scanner.digits(1, 2);
  if (!hour || !scanner.take(":")) return {};
  const auto minute = scanner.digits(2, 2);
  int second = 0;
  double fraction = 0.0;
  if (minute && scanner.take(":")) {
    const auto found = scanner.digits(2, 2);
    if (!found) return {};
    second = *found;
    if (scanner.take(".,")) {
      double unit = 1000.0;
      while (const auto digit = scanner.digits(1, 1)) fraction += *digit * (unit /= 10.0);
    }
  }
  if (!minute || *minute > 59 || second > 60) return {};
  if (*hour > 24 || (*hour == 24 && (*minute > 0 || second > 0))) return {};  // 24:00 ends a day.
  return static_cast<double>((*hour * 60 + *minute) * kMinute + second * 1000) + fraction;
}

/// Milliseconds east of Greenwich: nothing, "Z", "UTC", "GMT", "+02", "+0200" or "+02:00".
std::optional<std::int64_t> take_zone(Scanner& scanner) {
  scanner.take(" ");
  if (scanner.is_at_end() || scanner.take("Zz") || scanner.take_word("UTC") ||
      scanner.take_word("GMT"))
    return 0;
  const bool is_west = scanner.next() == '-';
  if (!scanner.take("+-")) return {};
  const auto hours = scanner.digits(2, 2);
  scanner.take(":");
  const auto minutes = scanner.is_at_end() ? std::optional(0) : scanner.digits(2, 2);
  constexpr int kFarthest = 14;  // Hours, of the Line Islands.
  if (!hours || !minutes || *hours > kFarthest || *minutes > 59) return {};
  return (is_west ? -1 : 1) * (*hours * 60 + *minutes) * kMinute;
}

}  // namespace

std::optional<double> parse_moment(std::string_view text) {
  text = without_blanks(text);
  if (const auto day = compact_day(text)) return static_cast<double>(*day * kDay);
  Scanner scanner(text);
  const auto day = take_day(scanner);
  if (!day) return {};
  double moment = static_cast<double>(*day * kDay);
  if (scanner.is_at_end()) return moment;
  if (!scanner.take("T ")) return {};
  const auto clock = take_clock(scanner);
  if (!clock) return {};
  const auto zone = take_zone(scanner);
  if (!zone || !scanner.is_at_end()) return {};
  return moment + *clock - static_cast<double>(*zone);
}

bool is_moment_of_calendar(double utc_ms) {
  constexpr double kFirst = -62'135'596'800'000.0, kEnd = 253'402'300'800'000.0;
  return utc_ms >= kFirst && utc_ms < kEnd;
}

std::string moment_text(double utc_ms) {
  using namespace std::chrono;
  const auto moment = sys_time<milliseconds>(milliseconds(std::llround(utc_ms)));
  const auto day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss clock(moment - day);
  char buffer[64];
  std::snprintf(
      buffer, sizeof buffer, "%04d-%02u-%02u %02d:%02d:%02d.%03d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  std::string text = buffer;
  constexpr std::size_t kMinutes = 16, kSeconds = 19;  // Characters up to there.
  const bool has_fraction = clock.subseconds().count() > 0;
  if (!has_fraction) text.resize(clock.seconds().count() > 0 ? kSeconds : kMinutes);
  return text;
}

std::optional<double> parse_number(std::string_view text, bool has_decimal_comma) {
  text = without_blanks(text);
  std::string with_point;
  if (has_decimal_comma && text.find(',') != std::string_view::npos) {
    with_point = text;
    with_point[text.find(',')] = '.';
    text = with_point;
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace pretext
