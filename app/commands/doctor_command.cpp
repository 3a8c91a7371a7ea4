#include "app/commands/command.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/machine.h"
#include "core/base/program.h"

#include <QtGlobal>

#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

namespace pretext {
namespace {

std::string firstLine(const char* file, const std::string& begin = {}) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(begin)) continue;
    const auto value = line.find_first_not_of(" \t\"", line.find_first_of(":=") + 1);
    return value == std::string::npos ? ""
                                      : line.substr(value, line.find_last_not_of('"') + 1 - value);
  }
  return "not found";
}

/// What the engine says of its libraries, or why it does not.
std::string engineInWords() {
  const auto program =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "pretext-engine";
  if (!std::filesystem::exists(program)) return "missing: install Pretext again";
  const auto answer = answer_of_program(program, {"--version"});
  return answer.succeeded ? answer.text : "cannot be started: " + answer.text;
}

void doctor(const CommandContext& context) {
  nlohmann::ordered_json report;
  report["pretext"] = PRETEXT_VERSION;
  report["processor"] = firstLine("/proc/cpuinfo", "model name") + ", " +
                        std::to_string(std::thread::hardware_concurrency()) + " threads";
  report["memory"] = byte_count(machine_memory_bytes());
  report["system"] = firstLine("/etc/os-release", "PRETTY_NAME");
  report["gpu"] = in_words(read_gpu_driver());
  report["qt"] = qVersion();
  report["sqlite"] = sqlite3_libversion();
  report["engine"] = engineInWords();
  auto database = openWorkspace(context);
  report["workspace"] =
      context.workspace.string() + (database.is_read_only() ? " (read-only)" : "");
  report["free disk"] =
      byte_count(static_cast<std::int64_t>(std::filesystem::space(context.workspace).available));
  report["schema"] = database.schema_version();
  report["check"] = database.check();
  if (context.json) {
    printJson(report);
    return;
  }
  for (const auto& [name, value] : report.items()) {
    std::cout << std::left << std::setw(13) << name
              << (value.is_string() ? value.get<std::string>() : value.dump()) << '\n';
  }
}

}  // namespace

void addDoctorCommand(CLI::App& root, CommandContext& context) {
  root.add_subcommand("doctor", "Machine, libraries, workspace: fit for a bug report")
      ->footer("Example: pretext doctor")
      ->callback([&context] { doctor(context); });
}

}  // namespace pretext
