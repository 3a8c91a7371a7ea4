#pragma once

#include <filesystem>
#include <string>

namespace pretext {

/// Who writes to a workspace's database, as the system tells it: "process 4711 (python3)"; empty
/// where it does not.
std::string lock_holder(const std::filesystem::path& database_file);

}  // namespace pretext
