#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace pretext {

/// Whether there is a display to open a window on.
bool hasDisplay();

/// Opens the workbench and returns when it is closed, with the program's exit code. `workspace`:
/// none for the one that was open last. `run`: the run to show first. Throws UserError when there
/// is no display, or the workspace cannot be opened.
int showWindow(const std::optional<std::filesystem::path>& workspace,
               std::optional<std::int64_t> run);

}  // namespace pretext
