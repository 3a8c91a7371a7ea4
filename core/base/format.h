#pragma once

#include <cstdint>
#include <string>

namespace pretext {

/// "12 s", "3 min 05 s", "2 h 10 min"
std::string duration(double seconds);

/// Of "90 s", "45 min", "4m", "2h", "1h30", "1 h 30 min" or, in seconds, "240"; 0 for anything
/// else.
double seconds_of(const std::string& duration);

/// Without blanks, tabs and line ends at its ends.
std::string trimmed(const std::string& text);

/// "2026-11-27 09:30", local time, of UTC milliseconds.
std::string local_time(std::int64_t utc_ms);

/// "1.5 MB"
std::string byte_count(std::int64_t bytes);

/// "81.2 %"
std::string percent(double share);

/// "1,234,567"
std::string grouped(std::int64_t count);

/// "1 file", "1,234 files"
std::string count_of(std::int64_t count, const std::string& one, const std::string& many);

/// Five digits that count, or all of a whole number, e.g. "0.0012346", "3.1416", "123457".
std::string significant(double value);

/// `value` with `digits` behind the point.
std::string fixed(double value, int digits);

}  // namespace pretext
