#include "app/commands/command.h"
#include "app/window.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

namespace {

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
  pretext::addTrainCommands(root, context);
  pretext::addRunCommands(root, context);
  pretext::addResultCommands(root, context);
  pretext::addPredictCommand(root, context);
  pretext::addWeightCommands(root, context);
  pretext::addDoctorCommand(root, context);
  pretext::addCompletionCommand(root);
  for (auto* command : root.get_subcommands({})) command->fallthrough();
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return root.exit(error);
  }
  if (root.get_subcommands().empty()) return pretext::showWindow(context.workspace, std::nullopt);
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
