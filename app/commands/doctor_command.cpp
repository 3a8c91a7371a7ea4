#include "app/commands/command.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/machine.h"
#include "core/base/program.h"
#include "core/corpus/workspace_check.h"

#include <QtGlobal>

#include <sqlite3.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
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

void printComplaints(const nlohmann::ordered_json& complaints) {
  if (complaints.empty()) std::cout << "nothing\n";
  for (std::size_t i = 0; i < complaints.size(); ++i)
    std::cout << (i > 0 ? std::string(13, ' ') : "") << complaints[i].get<std::string>() << '\n';
}

void doctor(const CommandContext& context, bool deep) {
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
  auto amiss = check_workspace(database, deep);
  if (report["check"] != "ok") amiss.insert(amiss.begin(), "The database is damaged.");
  report["amiss"] = amiss;
  if (context.json) {
    printJson(report);
    return;
  }
  for (const auto& [name, value] : report.items()) {
    std::cout << std::left << std::setw(13) << name;
    if (value.is_array())
      printComplaints(value);
    else
      std::cout << (value.is_string() ? value.get<std::string>() : value.dump()) << '\n';
  }
}

}  // namespace

void addDoctorCommand(CLI::App& root, CommandContext& context) {
  const auto deep = std::make_shared<bool>(false);
  auto* command =
      root.add_subcommand("doctor", "Machine, libraries, workspace: fit for a bug report");
  command->footer(
      "Examples: pretext doctor\n"
      "          pretext doctor --deep");
  command->add_flag("--deep", *deep,
                    "Read every file of the workspace and compare it with what was recorded");
  command->callback([&context, deep] { doctor(context, *deep); });
}

}  // namespace pretext
