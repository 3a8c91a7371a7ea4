#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

namespace pretext {

/// What a field holds.
enum class FieldKind { kBoolean, kInteger, kReal, kText, kChoice, kIntegers, kReals };

using FieldValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                                std::vector<double>>;

/// One setting of an experiment: the form, the TOML, `--set` and the checker are all made from it.
struct Field {
  std::string
      key;  ///< Dotted, as in TOML and `--set`, e.g. "training.learning_rate". Never renamed.
  FieldKind kind = FieldKind::kText;
  FieldValue fallback;                                    ///< The default.
  double low = -std::numeric_limits<double>::infinity();  ///< Smallest value (of each element).
  double high = std::numeric_limits<double>::infinity();  ///< Largest value (of each element).
  bool low_is_open = false;                               ///< `low` itself is refused.
  std::vector<std::string> choices;                       ///< For kChoice.
  std::string pattern;      ///< For kText: a regular expression that it has to match; empty: any.
  std::string takes;        ///< `pattern` in words, e.g. "auto, cpu or cuda:N".
  std::string unit;         ///< E.g. "px", "epochs"; empty when dimensionless.
  std::string zero;         ///< What 0 stands for where it is no number, e.g. "all".
  std::string label;        ///< A few words, for the form.
  std::string help;         ///< One or two sentences.
  bool is_derived = false;  ///< The run fills it in; forms do not ask for it.
};

/// "Temperature must be > 0, got 0: …" and the like; empty when `value` fits `field`.
std::string complaint_about(const Field& field, const FieldValue& value);

/// What a value looks like in TOML.
std::string to_toml(const FieldValue& value);

/// Reads what `--set key=value` or a form gives. Throws UserError when it does not fit `field`.
FieldValue parse_field(const Field& field, const std::string& text);

/// The fewest digits that read back as the same double, e.g. "0.1".
std::string shortest(double value);

}  // namespace pretext
