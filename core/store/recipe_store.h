#pragma once

#include "core/spec/experiment.h"
#include "core/store/database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// Views' settings under a name.
struct RecipeRecord {
  std::int64_t id = 0;
  std::string name;
  std::map<std::string, FieldValue> settings;  ///< Of keys "views.…".
  std::int64_t created_ms = 0;

  /// Sets what `experiment` has of these.
  void apply(Experiment& experiment) const;
};

/// Recipes that a person keeps. A run refers to the one that its views equal when it is submitted;
/// what a recipe says never changes: under the same name another one takes its place.
class RecipeStore {
 public:
  explicit RecipeStore(Database& database) : database_(database) {}

  /// By name.
  std::vector<RecipeRecord> list();
  std::optional<RecipeRecord> find(const std::string& name);
  /// Throws UserError, naming the nearest, when there is none.
  RecipeRecord require(const std::string& name);
  /// The views of `experiment`. Throws UserError for an empty name.
  void save(const std::string& name, const Experiment& experiment);
  /// Runs that refer to it still do. Throws UserError when there is none.
  void remove(const std::string& name);
  /// The kept recipe that the views of `experiment` equal, the newest of several.
  std::optional<std::int64_t> matching(const Experiment& experiment);

 private:
  Database& database_;
};

}  // namespace pretext
