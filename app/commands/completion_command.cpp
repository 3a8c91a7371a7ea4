#include "app/commands/command.h"
#include "core/objective/objective_registry.h"
#include "core/spec/experiment.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <set>

namespace pretext {
namespace {

std::string joined(const std::set<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

void addOptions(const CLI::App& app, std::set<std::string>& words) {
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) words.insert("--" + name);
  }
}

/// The names of a command's sub-commands, of its and their options, and of the options of all.
std::set<std::string> wordsAfter(const CLI::App& root, const CLI::App& command) {
  std::set<std::string> words;
  addOptions(root, words);
  addOptions(command, words);
  for (const auto* child : command.get_subcommands({})) {
    words.insert(child->get_name());
    if (&command != &root) addOptions(*child, words);
  }
  return words;
}

std::set<std::string> settings() {
  std::set<std::string> keys;
  for (const auto& kind : objective_kinds()) {
    const Experiment experiment(kind.name);
    for (const auto& field : experiment.fields()) keys.insert(field.key + "=");
  }
  return keys;
}

void printBashCompletion(const CLI::App& root) {
  std::set<std::string> commands;
  for (const auto* command : root.get_subcommands({})) commands.insert(command->get_name());
  auto anyCommand = joined(commands);
  std::ranges::replace(anyCommand, ' ', '|');
  std::cout << R"(# Bash completion of pretext: put it where bash looks for it, or eval it.
_pretext() {
  local current=${COMP_WORDS[COMP_CWORD]} command= word words
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      )" << anyCommand
            << R"() command=$word; break ;;
    esac
  done
  if [ "${COMP_WORDS[COMP_CWORD-1]}" = --set ]; then
    compopt -o nospace
    COMPREPLY=($(compgen -W ")"
            << joined(settings()) << R"(" -- "$current"))
    return
  fi
  case $command in
)";
  for (const auto* command : root.get_subcommands({})) {
    std::cout << "    " << command->get_name() << R"() words=")"
              << joined(wordsAfter(root, *command)) << "\" ;;\n";
  }
  std::cout << R"(    *) words=")" << joined(wordsAfter(root, root)) << R"(" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _pretext pretext
)";
}

}  // namespace

void addCompletionCommand(CLI::App& root) {
  root.add_subcommand("completion", "Print what completes commands, options and settings in bash")
      ->footer("Example: eval \"$(pretext completion)\"")
      ->callback([&root] { printBashCompletion(root); });
}

}  // namespace pretext
