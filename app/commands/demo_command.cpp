#include "app/commands/command.h"
#include "app/commands/output.h"
#include "app/commands/run_json.h"
#include "app/sample_ingest.h"
#include "app/window.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

namespace pretext {
namespace {

struct DemoArguments {
  bool headless = false, text = false;
};

std::filesystem::path specificationFile(const std::string& name) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const auto* place : {"../share/pretext/specs", "../../../resources/specs"}) {
    if (std::filesystem::exists(program / place / name)) return program / place / name;
  }
  throw UserError("The specification " + name + " is missing: install Pretext again.");
}

/// The demonstration's run: the finished one where there is one, else the one to continue, else
/// new.
std::int64_t demoRun(Database& database, const CorpusRecord& corpus,
                     const std::string& specification) {
  JobStore jobs(database);
  for (const auto& run : RunStore(database).list()) {
    if (run.corpus_id != corpus.id || run.name != "demo") continue;
    if (run.status == RunStatus::kFinished) return run.id;
    if (run.allows(RunCommand::kResume)) jobs.resume(run.id);
    return run.id;
  }
  return jobs.submit_run(Experiment::from_toml_file(specificationFile(specification)), corpus.id);
}

int demo(const CommandContext& context, const DemoArguments& arguments) {
  auto database = openWorkspace(context);
  CorpusRecord corpus;
  {
    ProgressBar bar(arguments.text ? "Write the sample" : "Draw the sample");
    const auto observe = [&](const IngestProgress& progress) {
      bar.show(static_cast<double>(progress.num_done) / static_cast<double>(progress.num_total),
               duration(progress.seconds_left) + " left");
    };
    corpus = arguments.text ? sampleText(database, observe) : sampleCorpus(database, observe);
  }
  const auto run = demoRun(database, corpus, arguments.text ? "demo-text.toml" : "demo.toml");
  JobStore(database).ensure_engines();
  const auto status = RunStore(database).require(run).status;
  if (status != RunStatus::kFinished) {
    if (!context.json)
      std::cout << "Training " << (arguments.text ? "SimCSE" : "SimCLR")
                << " on them, about two minutes on two cores.\n"
                << std::flush;
    if (!followRun(database, run)) {
      tell(context, "Run " + std::to_string(run) + " goes on in the background.", {{"id", run}});
      return 0;
    }
  }
  const auto record = RunStore(database).require(run);
  if (context.json) {
    printJson(fullJson(database, record));
  } else {
    std::cout << "Run " << run << " \"" << record.name << "\" " << to_string(record.status)
              << " after " << duration(record.seconds) << ".\n";
    printAccuracies(database, run);
  }
  if (arguments.headless || !hasDisplay()) return 0;
  return showWindow(context.workspace, run);
}

}  // namespace

void addDemoCommand(CLI::App& root, CommandContext& context) {
  auto* command =
      root.add_subcommand("demo", "Sample corpus, training, probe, and the window on it");
  command->footer("Examples: pretext demo --headless\n          pretext demo --text");
  const auto arguments = std::make_shared<DemoArguments>();
  command->add_flag("--headless", arguments->headless, "Do not open the window");
  command->add_flag("--text", arguments->text, "SimCSE on letters instead of SimCLR on pictures");
  command->callback([&context, arguments] {
    if (const int code = demo(context, *arguments)) throw CLI::RuntimeError(code);
  });
}

}  // namespace pretext
