#pragma once

#include <CLI/CLI.hpp>

namespace pretext {

/// Checks of options that say in a few words what is wrong; CLI11's own print a range of 300
/// digits.
inline CLI::Validator positive() {
  return {[](const std::string& text) {
            double number = 0.0;
            const bool fits = CLI::detail::lexical_cast(text, number) && number > 0;
            return fits ? std::string() : "takes a number above 0, got " + text;
          },
          "above 0", "positive"};
}

inline CLI::Validator notNegative() {
  return {[](const std::string& text) {
            double number = 0.0;
            const bool fits = CLI::detail::lexical_cast(text, number) && number >= 0;
            return fits ? std::string() : "takes a number of at least 0, got " + text;
          },
          "at least 0", "not negative"};
}

}  // namespace pretext
