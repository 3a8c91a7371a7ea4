#pragma once

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <string>

namespace pretext {

/// Checks of options that say in a few words what is wrong. CLI11's own print a range of 300
/// digits, and take "nan" for a number in any range; infinities and NaN are none for ours.
template <typename Fits>
CLI::Validator numberCheck(const std::string& takes, Fits fits) {
  return {[=](const std::string& text) {
            double number = 0.0;
            const bool isFine =
                CLI::detail::lexical_cast(text, number) && std::isfinite(number) && fits(number);
            return isFine ? std::string() : "takes a number " + takes + ", got " + text;
          },
          takes};
}

inline CLI::Validator positive() {
  return numberCheck("above 0", [](double number) { return number > 0; });
}

inline CLI::Validator notNegative() {
  return numberCheck("of at least 0", [](double number) { return number >= 0; });
}

inline CLI::Validator between(double low, double high) {
  char takes[64];
  std::snprintf(takes, sizeof takes, "from %.15g to %.15g", low, high);
  return numberCheck(takes, [=](double number) { return number >= low && number <= high; });
}

}  // namespace pretext
