#pragma once

#include "core/spec/field.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pretext {

/// All settings of one run, by key: what TOML says for people and JSON in the store.
///
/// Every key of `fields()` has a value at any time (its default at first), each checked against its
/// field when it is set. The fields are the common ones, those of the chosen objective and those of
/// the views; choosing another objective keeps what both have, choosing one for another kind of
/// corpus only what is common to all.
class Experiment {
 public:
  /// Defaults of the objective `kind`. Throws UserError for an unknown one.
  explicit Experiment(const std::string& objective_kind = "simclr");

  /// Reads TOML. Throws UserError that names the key, what it got and what it takes, or the line of
  /// a syntax error.
  static Experiment from_toml(const std::string& text, const std::string& source_name);
  static Experiment from_toml_file(const std::filesystem::path& file);
  /// Reads what `to_json` wrote. Keys that are no longer known are left out.
  static Experiment from_json(const std::string& text);

  std::string to_toml() const;
  std::string to_json() const;

  const std::vector<Field>& fields() const { return *fields_; }
  /// Throws UserError, naming the nearest key, when there is none of that name.
  const Field& field(const std::string& key) const;

  const FieldValue& value(const std::string& key) const;
  /// Throws UserError when the value does not fit. Setting `views.preset` sets the views' fields.
  void set(const std::string& key, const FieldValue& value);
  void set_text(const std::string& key, const std::string& text);
  /// Each "key=value", as `--set` gives them, in the order of `setting_rank`.
  void set_all(const std::vector<std::string>& settings);

  /// Makes it `more` epochs longer than what was trained, `step` steps that were `epoch` epochs,
  /// whatever bounded it before. Where that is no whole number of epochs, steps bound it.
  void extend(std::int64_t step, double epoch, std::int64_t more);
  /// Makes it longer by a time such as "10 min"; `spent`: seconds that counted towards its budget
  /// so far. Throws UserError when it is no time, or none at all.
  void extend(double spent, const std::string& more);

  template <typename Value>
  const Value& get(const std::string& key) const {
    return std::get<Value>(value(key));
  }
  bool flag(const std::string& key) const { return get<bool>(key); }
  std::int64_t integer(const std::string& key) const { return get<std::int64_t>(key); }
  double real(const std::string& key) const { return get<double>(key); }
  const std::string& text(const std::string& key) const { return get<std::string>(key); }
  const std::vector<std::int64_t>& integers(const std::string& key) const {
    return get<std::vector<std::int64_t>>(key);
  }
  const std::vector<double>& reals(const std::string& key) const {
    return get<std::vector<double>>(key);
  }

  /// Whether it has this setting: another objective may have others.
  bool has(const std::string& key) const { return values_.contains(key); }
  /// Keys whose values differ or that only one of the two has, this one's first.
  std::vector<std::string> differences(const Experiment& other) const;

  bool operator==(const Experiment& other) const { return values_ == other.values_; }

 private:
  void choose_objective(const std::string& kind);
  void apply_preset(const std::string& preset);

  const std::vector<Field>* fields_ = nullptr;  // The objective's; never null once made.
  std::map<std::string, FieldValue> values_;
};

/// Place of a "key=value": settings that decide what others mean, or set them, come first.
int setting_rank(const std::string& setting);

/// Keys whose values are not the same in all of them, in the order of the form.
std::vector<std::string> differing_keys(const std::vector<Experiment>& experiments);

/// The fields that every experiment on corpora of a kind has, in the order of the form.
std::vector<Field> common_fields(const std::string& corpus_kind);

}  // namespace pretext
