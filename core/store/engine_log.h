#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace pretext {

/// `engine.log` of a workspace, which all its engines append to. Links and pipes of that name,
/// which a stranger may have put there, are never opened.

/// Opens it to be appended to, rotated once where it has grown large. -1 where it cannot be opened.
int open_engine_log(const std::filesystem::path& workspace);

/// How the engine with that pid ended, as the log has it: "by SIGSEGV", or as far as it is known;
/// and what was logged last, on one line. `pid` 0: of one that is not known; empty where nothing
/// is.
std::string last_words(const std::filesystem::path& workspace, std::int64_t pid);

}  // namespace pretext
