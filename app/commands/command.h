#pragma once

#include "core/store/database.h"

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's name.
class App;
}

namespace pretext {

/// What every command has in common.
struct CommandContext {
  std::filesystem::path workspace;
  bool json = false;
};

/// Adds each group's commands to `root`. The chosen one runs while CLI11 parses; a failure is
/// thrown as UserError.
void addCorpusCommands(CLI::App& root, CommandContext& context);
void addTextCommands(CLI::App& root, CommandContext& context);   ///< After the corpora's.
void addSeriesCommand(CLI::App& root, CommandContext& context);  ///< The same.
void addRunCommands(CLI::App& root, CommandContext& context);
void addTrainCommands(CLI::App& root, CommandContext& context);
void addSweepCommands(CLI::App& root, CommandContext& context);
void addRecipeCommands(CLI::App& root, CommandContext& context);
void addResultCommands(CLI::App& root, CommandContext& context);
void addReportCommand(CLI::App& root, CommandContext& context);
void addProjectionCommands(CLI::App& root, CommandContext& context);
void addLabellingCommands(CLI::App& root, CommandContext& context);
void addWeightCommands(CLI::App& root, CommandContext& context);
void addPredictCommand(CLI::App& root, CommandContext& context);
void addDemoCommand(CLI::App& root, CommandContext& context);
void addDoctorCommand(CLI::App& root, CommandContext& context);
void addCompletionCommand(CLI::App& root);  ///< After all others.

/// Opens the workspace and keeps its queue going: work of engines that died is queued again, and an
/// engine started where none lives.
Database openWorkspace(const CommandContext& context);

/// `$XDG_DATA_HOME/pretext`.
std::filesystem::path defaultWorkspace();

/// {"corpus": id} where another than the run's own is named.
nlohmann::json corpusParameter(Database& database, const std::string& name);

/// What was done: the sentence, or with `--json` the document.
void tell(const CommandContext& context, const std::string& sentence,
          const nlohmann::ordered_json& document);

/// Left-aligned columns, the first row underlined.
void printTable(std::vector<std::vector<std::string>> rows);

/// A progress bar on standard error, when that is a terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string title);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// `share`: 0 to 1; `note` stands behind the bar.
  void show(double share, const std::string& note);

 private:
  std::string title_;
  bool isShown_ = false;
};

/// Follows a run to its end, showing progress. Returns false when the user let go of it (Ctrl+C).
/// Throws UserError when the run failed.
bool followRun(Database& database, std::int64_t run);

/// Follows a job of the interactive lane to its end. Throws UserError with its reason when it
/// failed.
void followJob(Database& database, std::int64_t job, const std::string& title);

/// The table of a run's accuracies, trained beside untrained and raw, with the chance line.
void printAccuracies(Database& database, std::int64_t run);

}  // namespace pretext
