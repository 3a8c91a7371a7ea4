#include "core/store/recipe_store.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/nearest.h"
#include "core/store/json_column.h"

#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::json;

constexpr std::string_view kViews = "views.";
constexpr const char* kSelectRecipe =
    "SELECT id, name, settings, created_ms FROM recipes WHERE deleted_ms IS NULL ";

/// The views' settings as JSON, keys in alphabetical order: equal recipes are equal texts.
std::string views_json(const Experiment& experiment) {
  json settings = json::object();
  for (const auto& field : experiment.fields()) {
    if (!field.key.starts_with(kViews)) continue;
    std::visit([&](const auto& value) { settings[field.key] = value; },
               experiment.value(field.key));
  }
  return settings.dump();
}

FieldValue field_value(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  return value.get<std::vector<double>>();
}

RecipeRecord read_recipe(SQLite::Statement& row) {
  RecipeRecord recipe{.id = row.getColumn(0).getInt64(),
                      .name = row.getColumn(1).getString(),
                      .settings = {},
                      .created_ms = row.getColumn(3).getInt64()};
  recipe.settings = json_column_or_none(row.getColumn(2).getString(), [](const json& settings) {
    std::map<std::string, FieldValue> values;
    for (const auto& [key, value] : settings.items()) values[key] = field_value(value);
    return values;
  });
  return recipe;
}

}  // namespace

void RecipeRecord::apply(Experiment& experiment) const {
  const auto preset = settings.find("views.preset");  // It sets others, which come after it.
  if (preset != settings.end() && experiment.has(preset->first))
    experiment.set(preset->first, preset->second);
  for (const auto& [key, value] : settings) {
    if (key != "views.preset" && experiment.has(key)) experiment.set(key, value);
  }
}

std::vector<RecipeRecord> RecipeStore::list() {
  auto query = database_.prepare(std::string(kSelectRecipe) + "ORDER BY name COLLATE NOCASE");
  std::vector<RecipeRecord> recipes;
  while (query.executeStep()) recipes.push_back(read_recipe(query));
  return recipes;
}

std::optional<RecipeRecord> RecipeStore::find(const std::string& name) {
  auto query = database_.prepare(std::string(kSelectRecipe) + "AND name = ?");
  query.bind(1, name);
  if (!query.executeStep()) return std::nullopt;
  return read_recipe(query);
}

RecipeRecord RecipeStore::require(const std::string& name) {
  if (auto recipe = find(name)) return *recipe;
  std::vector<std::string> names;
  for (const auto& recipe : list()) names.push_back(recipe.name);
  if (names.empty())
    throw UserError("There is no recipe \"" + name + "\": the Views page keeps some.");
  throw UserError("There is no recipe \"" + name + "\": did you mean \"" + nearest(name, names) +
                  "\"?");
}

void RecipeStore::save(const std::string& name, const Experiment& experiment) {
  const auto title = trimmed(name);
  if (title.empty()) throw UserError("A recipe is kept under a name: give it one.");
  WriteTransaction transaction(database_);
  auto replace =
      database_.prepare("UPDATE recipes SET deleted_ms = ? WHERE name = ? AND deleted_ms IS NULL");
  replace.bind(1, now_ms());
  replace.bind(2, title);
  replace.exec();
  auto insert =
      database_.prepare("INSERT INTO recipes (name, settings, created_ms) VALUES (?, ?, ?)");
  insert.bind(1, title);
  insert.bind(2, views_json(experiment));
  insert.bind(3, now_ms());
  insert.exec();
  transaction.commit();
}

void RecipeStore::remove(const std::string& name) {
  WriteTransaction transaction(database_);
  auto update =
      database_.prepare("UPDATE recipes SET deleted_ms = ? WHERE name = ? AND deleted_ms IS NULL");
  update.bind(1, now_ms());
  update.bind(2, name);
  if (update.exec() == 0) throw UserError("There is no recipe \"" + name + "\".");
  transaction.commit();
}

std::optional<std::int64_t> RecipeStore::matching(const Experiment& experiment) {
  auto query = database_.prepare(
      "SELECT id FROM recipes WHERE deleted_ms IS NULL AND settings = ? ORDER BY id DESC LIMIT 1");
  query.bind(1, views_json(experiment));
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getInt64();
}

}  // namespace pretext
