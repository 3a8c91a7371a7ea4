#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace pretext {

/// Opens the workbench and returns when it is closed, with the program's exit code. `workspace`:
/// none for the one that was open last. `run`: the run to show first. Throws UserError when the
/// workspace cannot be opened.
int showWindow(const std::optional<std::filesystem::path>& workspace,
               std::optional<std::int64_t> run);

}  // namespace pretext
