#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace pretext {

/// What is wrong with a command line that `root` could not parse, as one sentence that names the
/// command and says what to do.
std::string inWords(const CLI::App& root, const CLI::ParseError& error);

/// Throws UserError for a word that should be a command and is none, also where help was asked for.
void refuseUnknownCommand(const CLI::App& root);

}  // namespace pretext
