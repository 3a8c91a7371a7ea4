#include "app/commands/command.h"
#include "app/commands/run_json.h"
#include "app/sample_ingest.h"
#include "app/window.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace pretext {
namespace {

bool hasDisplay() {
  const auto isSet = [](const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
  };
  return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
}

std::filesystem::path specificationFile() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto* place :
       {"../share/pretext/specs/demo.toml", "../../../resources/specs/demo.toml"}) {
    if (std::filesystem::exists(program / place)) return program / place;
  }
  throw UserError("The specification demo.toml is missing: install Pretext again.");
}

/// The demonstration's run: the finished one where there is one, else the one to continue, else
/// new.
std::int64_t demoRun(Database& database, const CorpusRecord& corpus) {
  JobStore jobs(database);
  for (const auto& run : RunStore(database).list()) {
    if (run.corpus_id != corpus.id || run.name != "demo") continue;
    if (run.status == RunStatus::kFinished) return run.id;
    if (is_allowed(run.status, RunCommand::kResume)) jobs.resume(run.id);
    return run.id;
  }
  return jobs.submit_run(Experiment::from_toml_file(specificationFile()), corpus.id);
}

int demo(const CommandContext& context, bool headless) {
  auto database = openWorkspace(context);
  CorpusRecord corpus;
  {
    ProgressBar bar("Draw the sample");
    corpus = sampleCorpus(database, [&](const IngestProgress& progress) {
      bar.show(static_cast<double>(progress.num_done) / static_cast<double>(progress.num_total),
               duration(progress.seconds_left) + " left");
    });
  }
  const auto run = demoRun(database, corpus);
  JobStore(database).ensure_engines();
  const auto status = RunStore(database).require(run).status;
  if (status != RunStatus::kFinished) {
    if (!context.json)
      std::cout << "Training SimCLR on them, about two minutes on two cores." << std::endl;
    if (!followRun(database, run)) {
      tell(context, "Run " + std::to_string(run) + " goes on in the background.", {{"id", run}});
      return 0;
    }
  }
  const auto record = RunStore(database).require(run);
  if (context.json) {
    std::cout << fullJson(database, record).dump(2) << '\n';
  } else {
    std::cout << "Run " << run << " \"" << record.name << "\" " << to_string(record.status)
              << " after " << duration(record.seconds) << ".\n";
    printAccuracies(database, run);
  }
  if (headless || !hasDisplay()) return 0;
  return showWindow(context.workspace, run);
}

}  // namespace

void addDemoCommand(CLI::App& root, CommandContext& context) {
  auto* command = root.add_subcommand("demo", "Sample corpus, SimCLR, probe, and the window on it");
  command->footer("Example: pretext demo --headless");
  const auto headless = std::make_shared<bool>(false);
  command->add_flag("--headless", *headless, "Do not open the window");
  command->callback([&context, headless] {
    if (const int code = demo(context, *headless)) throw CLI::RuntimeError(code);
  });
}

}  // namespace pretext
