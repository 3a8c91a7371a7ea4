#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pretext {

/// A moment in UTC milliseconds since 1970, from "2014-07-01", "2014/07/01 00:30",
/// "2014-07-01T00:30:05.250Z", "2014-07-01 00:30 UTC", "2014-07-01 00:30+02:00", "01.07.2014 00:30"
/// or, of the years 1900 to 2099, "20140701". Without a zone it is taken as UTC. Nothing for a day
/// or an hour that there is not, or for another form: that of "07/01/2014" cannot be told from 7
/// January.
std::optional<double> parse_moment(std::string_view text);

/// Whether it is of the years 1 to 9999.
bool is_moment_of_calendar(double utc_ms);

/// "2014-07-01 00:30", UTC; seconds and milliseconds where there are some.
std::string moment_text(double utc_ms);

/// A number; where `has_decimal_comma`, "1,5" too. Infinite ones, too.
std::optional<double> parse_number(std::string_view text, bool has_decimal_comma = false);

}  // namespace pretext
