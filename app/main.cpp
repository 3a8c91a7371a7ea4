#include "app/commands/command.h"
#include "app/window.h"
#include "core/base/error.h"
#include "core/base/nearest.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

namespace {

[[noreturn]] void refuseCommand(const CLI::App& root, const std::string& word) {
  std::vector<std::string> names;
  for (const auto* command : root.get_subcommands({})) names.push_back(command->get_name());
  throw pretext::UserError("There is no command \"" + word + "\": did you mean \"" +
                           pretext::nearest(word, names) + "\"? \"pretext --help\" lists them.");
}

int run(int argc, char** argv) {
  pretext::CommandContext context;
  context.workspace = pretext::defaultWorkspace();
  std::string workspace;
  CLI::App root(
      "Pretext: a workbench for self-supervised learning. Without a command it opens the window.");
  root.add_option("--workspace", workspace, "Folder of the workspace")
      ->each([&](const std::string& text) { context.workspace = text; });
  root.add_flag("--json", context.json, "Print one JSON document");
  root.set_version_flag("--version", PRETEXT_VERSION);
  root.fallthrough();
  root.require_subcommand(0, 1);
  pretext::addDemoCommand(root, context);
  pretext::addCorpusCommands(root, context);
  pretext::addTextCommands(root, context);
  pretext::addSeriesCommand(root, context);
  pretext::addTrainCommands(root, context);
  pretext::addSweepCommands(root, context);
  pretext::addRecipeCommands(root, context);
  pretext::addRunCommands(root, context);
  pretext::addResultCommands(root, context);
  pretext::addReportCommand(root, context);
  pretext::addProjectionCommands(root, context);
  pretext::addLabellingCommands(root, context);
  pretext::addPredictCommand(root, context);
  pretext::addWeightCommands(root, context);
  pretext::addDoctorCommand(root, context);
  pretext::addCompletionCommand(root);
  for (auto* command : root.get_subcommands({})) command->fallthrough();
  try {
    root.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    const auto left = root.remaining();
    if (root.get_subcommands().empty() && left[0][0] != '-') refuseCommand(root, left[0]);
    return root.exit(error);
  } catch (const CLI::ParseError& error) {
    return root.exit(error);
  }
  if (root.get_subcommands().empty()) {
    const bool isChosen = !workspace.empty();
    return pretext::showWindow(isChosen ? std::optional(context.workspace) : std::nullopt, {});
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "pretext: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
