#include "app/commands/parse_error.h"

#include "core/base/error.h"
#include "core/base/nearest.h"

#include <vector>

namespace pretext {
namespace {

/// The innermost command that was given, and how a person writes it.
struct Given {
  const CLI::App* command;
  std::string name;
};

Given givenCommand(const CLI::App& root) {
  Given given{&root, "pretext"};
  while (true) {
    const auto chosen = given.command->get_subcommands();
    if (chosen.empty()) return given;
    given.command = chosen.front();
    given.name += ' ' + given.command->get_name();
  }
}

std::vector<std::string> commandsOf(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* one : command.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(one->get_name());
  return names;
}

std::vector<std::string> optionsOf(const CLI::App& root, const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* app : {&command, &root}) {
    for (const auto* option : app->get_options()) {
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::string unexpected(const CLI::App& root, const Given& given) {
  const auto left = root.remaining(true);
  const auto word = left.empty() ? std::string() : left.front();
  if (word.starts_with('-')) {
    const auto name = word.substr(0, word.find('='));
    return "There is no option \"" + name + "\" of \"" + given.name + "\": did you mean \"" +
           nearest(name, optionsOf(root, *given.command)) + "\"?";
  }
  return "\"" + given.name + "\" takes no further \"" + word + "\".";
}

std::string withoutEnd(std::string text) {
  while (text.ends_with('.') || text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

void refuseUnknownCommand(const CLI::App& root) {
  const auto given = givenCommand(root);
  const auto names = commandsOf(*given.command);
  const auto left = root.remaining(true);
  if (names.empty() || left.empty() || left.front().starts_with('-')) return;
  const auto of = given.command == &root ? std::string() : " of \"" + given.name + '"';
  throw UserError("There is no command \"" + left.front() + '"' + of + ": did you mean \"" +
                  nearest(left.front(), names) + "\"? \"" + given.name + " --help\" lists them.");
}

std::string inWords(const CLI::App& root, const CLI::ParseError& error) {
  const auto given = givenCommand(root);
  const auto help = "\"" + given.name + " --help\" says what it takes.";
  const std::string what = withoutEnd(error.what());
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return unexpected(root, given) + ' ' + help;
  if (dynamic_cast<const CLI::RequiredError*>(&error)) {
    const auto names = commandsOf(*given.command);
    if (!names.empty()) {
      std::string all;
      for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
      return "\"" + given.name + "\" needs one of " + all + ": " + help;
    }
    const auto missing = what.substr(0, what.find(" is required"));
    return "\"" + given.name + "\" needs " + missing + ": " + help;
  }
  return "\"" + given.name + "\" was not begun: " + what + "; " + help;
}

}  // namespace pretext
