#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pretext {

/// Checks of options that say in a few words what is wrong; CLI11's own print a range of 300
/// digits.
inline CLI::Validator numberCheck(const std::string& takes, bool (*fits)(double)) {
  return {[=](const std::string& text) {
            double number = 0.0;
            const bool isFine = CLI::detail::lexical_cast(text, number) && fits(number);
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

}  // namespace pretext
