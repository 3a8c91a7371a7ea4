#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/engine_lock.h"

#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <thread>

namespace pretext {
namespace {

std::string firstLine(const char* file, const std::string& begin = {}) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(begin)) return line;
  }
  return "not found";
}

void doctor(const CommandContext& context) {
  std::cout << "Pretext " PRETEXT_VERSION "\n"
            << "processor    " << firstLine("/proc/cpuinfo", "model name") << ", "
            << std::thread::hardware_concurrency() << " threads\n"
            << "memory       " << firstLine("/proc/meminfo", "MemTotal") << '\n'
            << "system       " << firstLine("/etc/os-release", "PRETTY_NAME") << '\n'
            << "NVIDIA GPU   "
            << (std::filesystem::exists("/dev/nvidiactl") ? firstLine("/proc/driver/nvidia/version")
                                                          : "none: runs use the CPU")
            << '\n'
            << "SQLite       " << sqlite3_libversion() << '\n';
  const auto engine =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "pretext-engine";
  std::cout << "engine       "
            << (std::filesystem::exists(engine) ? "found" : "missing: install Pretext again")
            << '\n';
  auto database = openWorkspace(context);
  const auto space = std::filesystem::space(context.workspace);
  std::cout << "workspace    " << context.workspace.string()
            << (database.is_read_only() ? " (read-only)" : "") << '\n'
            << "free disk    " << byte_count(static_cast<std::int64_t>(space.available)) << '\n'
            << "schema       " << database.connection().execAndGet("PRAGMA user_version").getInt()
            << '\n'
            << "check        " << database.connection().execAndGet("PRAGMA quick_check").getString()
            << '\n';
}

}  // namespace

void addDoctorCommand(CLI::App& root, CommandContext& context) {
  root.add_subcommand("doctor", "Machine, libraries, workspace: fit for a bug report")
      ->footer("Example: pretext doctor")
      ->callback([&context] { doctor(context); });
}

}  // namespace pretext
