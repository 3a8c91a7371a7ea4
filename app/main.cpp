#include "app/commands/command.h"
#include "app/commands/output.h"
#include "app/commands/parse_error.h"
#include "app/window.h"
#include "core/base/error.h"
#include "core/text/printable.h"

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
  } catch (const CLI::RuntimeError& error) {  // A command's own end.
    return error.get_exit_code();
  } catch (const CLI::ParseError& error) {
    pretext::refuseUnknownCommand(root);
    if (error.get_exit_code() == EXIT_SUCCESS) return root.exit(error);  // Help, or the version.
    throw pretext::UserError(pretext::inWords(root, error));
  }
  if (root.get_subcommands().empty()) {
    const bool isChosen = !workspace.empty();
    return pretext::showWindow(isChosen ? std::optional(context.workspace) : std::nullopt, {});
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  pretext::PrintableOutput output;
  try {
    const int code = run(argc, argv);
    output.finish();
    return code;
  } catch (const std::exception& error) {
    std::cout.flush();  // What was said before stands before it.
    std::cerr << "pretext: " << pretext::printable_line(error.what()) << '\n';
    return EXIT_FAILURE;
  }
}
