#include "app/commands/command.h"
#include "app/commands/output.h"
#include "core/augment/view_hardness.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/json_file.h"
#include "core/corpus/corpus.h"
#include "core/store/job_store.h"
#include "core/store/recipe_store.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::ordered_json;

struct RecipeArguments {
  std::string keep, from, remove;
  std::int64_t run = 0;
  std::string corpus, recipe;
};

void listRecipes(const CommandContext& context, Database& database) {
  ordered_json list = ordered_json::array();
  for (const auto& recipe : RecipeStore(database).list()) {
    ordered_json settings = ordered_json::object();
    for (const auto& [key, value] : recipe.settings)
      std::visit([&, name = key](const auto& held) { settings[name] = held; }, value);
    list.push_back({{"name", recipe.name}, {"settings", settings}});
  }
  if (context.json) {
    printJson(list);
  } else if (list.empty()) {
    std::cout << "No recipes yet: the Views page keeps some, or \"pretext recipes --keep NAME "
                 "--from SPEC.toml\".\n";
  } else {
    for (const auto& recipe : list) std::cout << recipe["name"].get<std::string>() << '\n';
  }
}

void recipes(const CommandContext& context, const RecipeArguments& arguments) {
  auto database = openWorkspace(context);
  RecipeStore store(database);
  if (!arguments.keep.empty()) {
    if (arguments.from.empty())
      throw UserError("Whose views are to be kept? Add --from SPEC.toml.");
    store.save(arguments.keep, Experiment::from_toml_file(arguments.from));
    return tell(context,
                "The views of " + arguments.from + " are kept as \"" + arguments.keep + "\".",
                {{"kept", arguments.keep}});
  }
  if (!arguments.remove.empty()) {
    store.remove(arguments.remove);
    return tell(context, "\"" + arguments.remove + "\" is removed; runs that had it still name it.",
                {{"removed", arguments.remove}});
  }
  listRecipes(context, database);
}

/// JSON of a kept recipe's settings, or of a run's own.
std::string recipeJson(Database& database, const RunRecord& run, const std::string& recipe) {
  auto experiment = Experiment::from_json(run.settings());
  if (!recipe.empty()) RecipeStore(database).require(recipe).apply(experiment);
  return experiment.to_json();
}

void hardness(const CommandContext& context, const RecipeArguments& arguments) {
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(arguments.run);
  CorpusStore corpora(database);
  const auto record =
      arguments.corpus.empty() ? corpora.get(run.corpus_id) : corpora.require(arguments.corpus);
  const ordered_json parameters = {
      {"corpus", record.id},
      {"recipe", recipeJson(database, run, arguments.recipe)},
      {"positions", Corpus(database, record).fixed_part("train", kHardnessImages)}};
  JobStore jobs(database);
  const auto job = jobs.submit("hardness", run.id, parameters.dump());
  jobs.ensure_engines();
  followJob(database, job, "Hardness");
  const auto answer =
      parse_ordered_json(jobs.find(job)->result, "The engine's answer", "ask again");
  tell(context,
       "Of " + std::to_string(answer["partners"].size()) + " images, in groups of " +
           std::to_string(kHardnessGroup) + ", run " + std::to_string(run.id) + " at step " +
           std::to_string(answer["step"].get<std::int64_t>()) + " finds the other view of " +
           percent(answer["partner_found"].get<double>()) + ", with 95 % confidence " +
           percent(answer["interval"][0].get<double>()) + " to " +
           percent(answer["interval"][1].get<double>()) +
           " (chance: " + percent(answer["chance"].get<double>()) + ").",
       answer);
}

}  // namespace

void addRecipeCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<RecipeArguments>();
  auto* listing = root.add_subcommand("recipes", "List the views' recipes that are kept by name");
  listing->footer(
      "Examples: pretext recipes\n"
      "          pretext recipes --keep strong --from simclr.toml\n"
      "          pretext train simclr.toml --recipe strong --set corpus=photos");
  auto* keep = listing->add_option("--keep", arguments->keep, "Keep a specification's views");
  listing->add_option("--from", arguments->from, "That specification, TOML")->needs(keep);
  listing->add_option("--remove", arguments->remove, "Remove one")->excludes(keep);
  listing->callback([&context, arguments] { recipes(context, *arguments); });

  auto* measuring = root.add_subcommand(
      "hardness", "How often a run's encoder finds an image's other view among those of others");
  measuring->footer("Example: pretext hardness 3 --recipe strong");
  measuring->add_option("run", arguments->run, "Number of the run, on images")->required();
  measuring->add_option("--recipe", arguments->recipe, "Kept recipe (default: the run's views)");
  measuring->add_option("--corpus", arguments->corpus, "Another corpus than the run's own");
  measuring->callback([&context, arguments] { hardness(context, *arguments); });
}

}  // namespace pretext
