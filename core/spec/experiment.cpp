#include "core/spec/experiment.h"

#include "core/augment/view_recipe.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/format.h"
#include "core/base/json_file.h"
#include "core/base/nearest.h"
#include "core/objective/objective_registry.h"
#include "core/spec/toml_text.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <toml++/toml.h>

namespace pretext {
namespace {

template <typename Number>
std::optional<std::vector<Number>> numbers(const toml::array& array) {
  std::vector<Number> list;
  for (const auto& element : array) {
    if constexpr (std::is_same_v<Number, std::int64_t>) {
      if (!element.is_integer()) return std::nullopt;
    } else {
      if (!element.is_number()) return std::nullopt;
    }
    list.push_back(*element.value<Number>());
  }
  return list;
}

std::optional<FieldValue> from_node(const toml::node& node, FieldKind kind) {
  if (const auto* flag = node.as_boolean()) return FieldValue(flag->get());
  if (const auto* text = node.as_string()) return FieldValue(text->get());
  if (kind == FieldKind::kText && node.is_number()) {  // A budget of 240 is that many seconds.
    return FieldValue(node.is_integer() ? std::to_string(*node.value<std::int64_t>())
                                        : shortest(*node.value<double>()));
  }
  if (node.is_integer() && kind != FieldKind::kReal) return FieldValue(*node.value<std::int64_t>());
  if (node.is_number()) return FieldValue(*node.value<double>());
  if (const auto* array = node.as_array()) {
    if (kind == FieldKind::kIntegers) {
      if (auto list = numbers<std::int64_t>(*array)) return FieldValue(*list);
    }
    if (auto list = numbers<double>(*array)) return FieldValue(*list);
  }
  return std::nullopt;
}

struct Entry {
  std::string key;
  const toml::node* node;
};

void flatten(const toml::table& table, const std::string& prefix, std::vector<Entry>& entries) {
  for (const auto& [name, node] : table) {
    const auto key = prefix + std::string(name.str());
    if (const auto* inner = node.as_table()) {
      flatten(*inner, key + ".", entries);
    } else {
      entries.push_back({key, &node});
    }
  }
}

/// Files of before name these for every objective on text, though not all of them ever used them.
bool is_retired(const std::string& key) {
  static const std::set<std::string> retired = {"views.mask_probability", "views.mask_share",
                                                "views.random_share", "views.mask_unit",
                                                "views.short_probability"};
  return retired.contains(key);
}

/// What a quoted text of TOML says; none where it is not one.
std::optional<std::string> quoted_text(const std::string& text) {
  if (!text.starts_with('"') || !excess_of_toml(text).empty()) return std::nullopt;
  try {
    return toml::parse("text = " + text)["text"].value<std::string>();
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// Whether what is stored can be worked with, though its range may have been another once.
bool has_form_of(const Field& field, const FieldValue& value) {
  if (field.kind == FieldKind::kChoice)
    return std::ranges::find(field.choices, std::get<std::string>(value)) != field.choices.end();
  if (field.kind == FieldKind::kReals) {
    return std::get<std::vector<double>>(value).size() ==
           std::get<std::vector<double>>(field.fallback).size();
  }
  return true;
}

/// The fields of an objective's experiments, the common ones with its defaults; made once.
const std::vector<Field>& fields_of(const ObjectiveKind& objective) {
  static std::mutex mutex;
  static std::map<std::string, std::vector<Field>> known;
  const std::scoped_lock lock(mutex);
  auto& fields = known[objective.name];
  if (!fields.empty()) return fields;
  fields = common_fields(objective.corpus_kind);
  for (auto& field : fields) {
    const auto own = objective.defaults.find(field.key);
    if (own != objective.defaults.end()) field.fallback = own->second;
  }
  // Each behind the common ones of its section.
  for (const auto& own : objective.fields) {
    const auto section = own.key.substr(0, own.key.find('.') + 1);
    const auto last = std::ranges::find_if(fields.rbegin(), fields.rend(), [&](const Field& field) {
      return field.key.starts_with(section);
    });
    fields.insert(last.base(), own);
  }
  return fields;
}

}  // namespace

int setting_rank(const std::string& setting) {
  const auto key = setting.substr(0, setting.find('='));
  return key == "objective.kind" ? 0 : key == "views.preset" ? 1 : 2;
}

std::vector<std::string> differing_keys(const std::vector<Experiment>& experiments) {
  std::vector<std::string> keys;
  for (const auto& experiment : experiments) {
    for (const auto& key : experiments.front().differences(experiment)) {
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

Experiment::Experiment(const std::string& objective_kind) {
  choose_objective(objective_kind);
}

void Experiment::choose_objective(const std::string& kind) {
  const auto& objective = find_objective(kind);
  const auto old_kind = values_.find("objective.kind");
  const bool is_other_corpus =
      old_kind != values_.end() &&
      find_objective(std::get<std::string>(old_kind->second)).corpus_kind != objective.corpus_kind;
  const auto& fields = fields_of(objective);
  std::map<std::string, FieldValue> values;
  for (const auto& field : fields) {
    const auto old = values_.find(field.key);
    const bool is_section = field.key.find('.') != std::string::npos;
    // What was left at its default follows the new objective's.
    const bool was_chosen = old != values_.end() && old->second != this->field(field.key).fallback;
    const bool kept = was_chosen && !(is_other_corpus && is_section) &&
                      complaint_about(field, old->second).empty();
    values[field.key] = kept ? old->second : field.fallback;
  }
  values["objective.kind"] = kind;
  fields_ = &fields;
  values_ = std::move(values);
}

const Field& Experiment::field(const std::string& key) const {
  const auto found = std::ranges::find(fields(), key, &Field::key);
  if (found != fields().end()) return *found;
  std::vector<std::string> keys;
  for (const auto& field : fields()) keys.push_back(field.key);
  throw UserError("There is no setting \"" + key + "\": did you mean \"" + nearest(key, keys) +
                  "\"?");
}

const FieldValue& Experiment::value(const std::string& key) const {
  const auto found = values_.find(key);
  if (found == values_.end()) field(key);  // Throws, with the nearest name.
  return found->second;
}

void Experiment::set(const std::string& key, const FieldValue& value) {
  const auto complaint = complaint_about(field(key), value);
  if (!complaint.empty()) throw UserError(complaint);
  if (key == "objective.kind") {
    choose_objective(std::get<std::string>(value));
  } else {
    values_[key] = value;
    if (key == "views.preset") apply_preset(std::get<std::string>(value));
  }
}

void Experiment::set_text(const std::string& key, const std::string& text) {
  set(key, parse_field(field(key), text));
}

void Experiment::set_all(const std::vector<std::string>& settings) {
  auto ranked = settings;
  std::ranges::stable_sort(ranked, {}, setting_rank);
  for (const auto& setting : ranked) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      throw UserError("--set takes key=value, e.g. --set training.epochs=10, got \"" + setting +
                      "\".");
    }
    const auto key = setting.substr(0, equals);
    const auto value = setting.substr(equals + 1);
    const auto kind = field(key).kind;
    const bool is_text = kind == FieldKind::kText || kind == FieldKind::kChoice;
    set_text(key, is_text ? quoted_text(value).value_or(value) : value);
  }
}

void Experiment::apply_preset(const std::string& preset) {
  for (const auto& [key, value] : view_preset(preset)) values_[key] = value;
}

Experiment Experiment::from_toml(const std::string& text, const std::string& source_name) {
  if (const auto excess = excess_of_toml(text); !excess.empty())
    throw UserError("The specification " + source_name + " " + excess + ": give one of Pretext's.");
  toml::table table;
  try {
    table = toml::parse(text, source_name);
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << source_name << ", line " << error.source().begin.line << ": " << error.description()
            << " Mend that line.";
    throw UserError(message.str());
  }
  std::vector<Entry> entries;
  flatten(table, "", entries);
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return setting_rank(entry.key); });
  Experiment experiment;
  for (const auto& [key, node] : entries) {
    if (!experiment.has(key) && is_retired(key)) continue;
    const auto value = from_node(*node, experiment.field(key).kind);
    if (!value) throw UserError(key + " takes a plain value or a list of numbers.");
    experiment.set(key, *value);
  }
  return experiment;
}

Experiment Experiment::from_toml_file(const std::filesystem::path& file) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 20;
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    throw UserError("Cannot read the specification " + file.string() + ": check its name.");
  return from_toml(read_text_file(file, kLargest), file.filename().string());
}

std::string Experiment::to_toml() const {
  std::string result;
  std::string section;
  for (const auto& field : fields()) {
    const auto dot = field.key.find('.');
    const auto own_section = dot == std::string::npos ? "" : field.key.substr(0, dot);
    if (own_section != section) {
      section = own_section;
      result += "\n[" + section + "]\n";
    }
    const auto name = dot == std::string::npos ? field.key : field.key.substr(dot + 1);
    result += name + " = " + pretext::to_toml(values_.at(field.key)) + "\n";
  }
  return result;
}

std::string Experiment::to_json() const {
  nlohmann::ordered_json document;
  for (const auto& field : fields()) {
    std::visit([&](const auto& value) { document[field.key] = value; }, values_.at(field.key));
  }
  return document.dump();
}

Experiment Experiment::from_json(const std::string& text) {
  const std::string advice = "restore workspace.db from a copy";
  const auto document = parse_json(text, "The settings of a run", advice);
  const auto refuse = [&](const std::string& key) {
    throw UserError("The settings of a run have an unknown value for " + key + ": " + advice + ".");
  };
  if (!document.is_object()) refuse("anything");
  const auto kind = document.find("objective.kind");
  if (kind != document.end() && !kind->is_string()) refuse("objective.kind");
  Experiment experiment(kind == document.end() ? "simclr" : kind->get<std::string>());
  for (const auto& item : document.items()) {
    const auto found = std::ranges::find(experiment.fields(), item.key(), &Field::key);
    if (found == experiment.fields().end()) continue;
    auto& value = experiment.values_[item.key()];
    try {
      std::visit([&](auto& held) { held = item.value().get<std::decay_t<decltype(held)>>(); },
                 value);
    } catch (const nlohmann::json::exception&) {
      refuse(item.key());
    }
    if (!has_form_of(*found, value)) refuse(item.key());
  }
  return experiment;
}

void Experiment::extend(std::int64_t step, double epoch, std::int64_t more) {
  const auto whole = std::floor(epoch);
  const double steps_per_epoch = epoch > 0 ? static_cast<double>(step) / epoch : 0.0;
  set("training.epochs", static_cast<std::int64_t>(std::ceil(epoch)) + more);
  set("training.steps", epoch == whole
                            ? std::int64_t{0}
                            : step + std::llround(steps_per_epoch * static_cast<double>(more)));
  set("training.budget", std::string());
  if (has("training.tokens")) set("training.tokens", std::int64_t{0});
}

void Experiment::extend(double spent, const std::string& more) {
  set("training.budget", more);
  if (seconds_of(more) <= 0) throw UserError("The run is to be made longer by no time: give some.");
  const auto seconds = static_cast<std::int64_t>(std::ceil(spent + seconds_of(more)));
  set("training.budget", std::to_string(seconds) + " s");
}

std::vector<std::string> Experiment::differences(const Experiment& other) const {
  std::vector<std::string> keys;
  for (const auto& field : fields()) {
    const auto theirs = other.values_.find(field.key);
    if (theirs == other.values_.end() || theirs->second != values_.at(field.key)) {
      keys.push_back(field.key);
    }
  }
  for (const auto& field : other.fields()) {
    if (!has(field.key)) keys.push_back(field.key);
  }
  return keys;
}

}  // namespace pretext
