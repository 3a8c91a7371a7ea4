#include "app/commands/command.h"
#include "app/commands/number_check.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"
#include "core/store/recipe_store.h"
#include "core/store/run_store.h"
#include "core/store/run_warnings.h"
#include "core/store/submission.h"
#include "core/store/trial.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

struct TrainArguments {
  std::string spec;
  std::string recipe;
  std::vector<std::string> settings;
  bool detach = false;
  std::int64_t run = 0;
  std::int64_t epochs = 0;
  std::string budget;
};

/// Starts the engine and, unless detached, follows the run to its end.
void launch(const CommandContext& context, Database& database, std::int64_t run, bool detach) {
  JobStore(database).ensure_engines();
  if (detach) {
    if (context.json) {
      std::cout << "{\"id\": " << run << "}\n";
    } else {
      std::cout << run << '\n';
    }
    return;
  }
  if (!context.json)
    std::cout << "Run " << run << " is queued; Ctrl+C lets go of it, it runs on." << '\n'
              << std::flush;
  if (!followRun(database, run)) {
    const auto number = std::to_string(run);
    tell(context, "Run " + number + " goes on: \"pretext show " + number + "\" tells how it does.",
         {{"id", run}, {"status", to_string(RunStore(database).require(run).status)}});
    return;
  }
  const auto record = RunStore(database).require(run);
  if (context.json) {
    std::cout << "{\"id\": " << run << ", \"status\": \"" << to_string(record.status) << "\"}\n";
    return;
  }
  std::cout << "Run " << run << " " << to_string(record.status) << " after "
            << duration(record.seconds) << ", step " << record.step << "."
            << (record.reason.empty() ? "" : " " + record.reason) << '\n';
  for (const auto& warning : run_warnings(database, record))
    std::cout << warning.in_words() << '\n';
  printAccuracies(database, run);
}

void train(const CommandContext& context, const TrainArguments& arguments) {
  auto experiment = Experiment::from_toml_file(arguments.spec);
  auto database = openWorkspace(context);
  if (!arguments.recipe.empty()) RecipeStore(database).require(arguments.recipe).apply(experiment);
  experiment.set_all(arguments.settings);
  const auto corpus = CorpusStore(database).require(experiment.text("corpus"));
  launch(context, database, JobStore(database).submit_run(experiment, corpus.id), arguments.detach);
}

void fork(const CommandContext& context, const TrainArguments& arguments, bool extend) {
  auto database = openWorkspace(context);
  RunStore runs(database);
  const auto parent = runs.require(arguments.run);
  const auto command = extend ? RunCommand::kExtend : RunCommand::kFork;
  if (!parent.allows(command)) throw UserError(parent.why_not(command));
  const auto checkpoint = runs.require_checkpoint(parent.id);
  auto experiment = Experiment::from_json(parent.resolved);
  if (extend && arguments.epochs > 0)
    experiment.extend(checkpoint.step, checkpoint.epoch, arguments.epochs);
  if (extend && !arguments.budget.empty())
    experiment.extend(seconds_of_budget(database, checkpoint), arguments.budget);
  experiment.set("name", parent.name + (extend ? ", extended" : ", forked"));
  experiment.set_all(arguments.settings);
  launch(context, database,
         JobStore(database).submit_run(experiment, parent.corpus_id, parent.id, checkpoint.id),
         arguments.detach);
}

void addExtendCommand(CLI::App& root, CommandContext& context,
                      const std::shared_ptr<TrainArguments>& arguments) {
  auto* extend = root.add_subcommand("extend", "Make a finished run longer, as a child run");
  extend->footer(
      "Examples: pretext extend 3 --epochs 20\n"
      "          pretext extend 3 --budget 2h");
  extend->add_option("run", arguments->run, "Number of the run")->required();
  auto* epochs =
      extend->add_option("--epochs", arguments->epochs, "How many epochs more")->check(positive());
  extend->add_option("--budget", arguments->budget, "How much more time of training, e.g. 45 min")
      ->excludes(epochs);
  extend->add_flag("--detach", arguments->detach, "Return at once");
  extend->callback([&context, arguments] {
    if (arguments->epochs == 0 && arguments->budget.empty())
      throw UserError("How much longer? Add --epochs N or --budget TIME, e.g. --budget 45min.");
    fork(context, *arguments, true);
  });
}

void estimate(const CommandContext& context, const TrainArguments& arguments) {
  auto experiment = Experiment::from_toml_file(arguments.spec);
  experiment.set_all(arguments.settings);
  auto database = openWorkspace(context);
  const auto corpus = CorpusStore(database).require(experiment.text("corpus"));
  JobStore jobs(database);
  const auto job = jobs.submit_trial(experiment, corpus.id);
  jobs.ensure_engines();
  followJob(database, job, "Measure");
  const auto trial = TrialResult::from_json(jobs.find(job)->result);
  const auto seconds = trial.seconds(experiment);
  tell(context,
       "On " + trial.device + ": " +
           (seconds ? fixed(1000.0 * trial.seconds_per_step, 1) + " ms a step, about " +
                          duration(*seconds) + " of training, then evaluation"
                    : std::string("over within seconds")) +
           "; " + byte_count(trial.memory_bytes) + " of memory.",
       {{"device", trial.device},
        {"steps", trial.total_steps},
        {"seconds_per_step", trial.seconds_per_step},
        {"reading_seconds", trial.reading_seconds},
        {"seconds", seconds ? nlohmann::ordered_json(*seconds) : nlohmann::ordered_json()},
        {"memory_bytes", trial.memory_bytes}});
}

}  // namespace

void addTrainCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<TrainArguments>();

  auto* training = root.add_subcommand("train", "Pretrain from a specification, in the background");
  training->footer(
      "Example: pretext train simclr.toml --set corpus=photos --set training.epochs=50");
  training->add_option("spec", arguments->spec, "Specification, TOML")->required();
  training->add_option("--recipe", arguments->recipe, "Views kept under this name");
  training->add_option("--set", arguments->settings, "key=value, overrides the specification");
  training->add_flag("--detach", arguments->detach, "Print the run's number and return at once");
  training->callback([&context, arguments] { train(context, *arguments); });

  auto* estimating = root.add_subcommand(
      "estimate", "What a run would cost: trains a few steps and keeps nothing");
  estimating->footer("Example: pretext estimate simclr.toml --set corpus=photos");
  estimating->add_option("spec", arguments->spec, "Specification, TOML")->required();
  estimating->add_option("--set", arguments->settings, "key=value, overrides the specification");
  estimating->callback([&context, arguments] { estimate(context, *arguments); });

  auto* resume =
      root.add_subcommand("resume", "Continue a paused, stopped, interrupted or failed run");
  resume->footer("Example: pretext resume 3");
  resume->add_option("run", arguments->run, "Number of the run")->required();
  resume->add_flag("--detach", arguments->detach, "Return at once");
  resume->callback([&context, arguments] {
    auto database = openWorkspace(context);
    JobStore(database).resume(arguments->run);
    launch(context, database, arguments->run, arguments->detach);
  });

  auto* forking = root.add_subcommand("fork", "Start a child run from a run's newest checkpoint");
  forking->footer("Example: pretext fork 3 --set training.learning_rate=0.03");
  forking->add_option("run", arguments->run, "Number of the run")->required();
  forking->add_option("--set", arguments->settings, "key=value, changes a setting");
  forking->add_flag("--detach", arguments->detach, "Return at once");
  forking->callback([&context, arguments] { fork(context, *arguments, false); });

  addExtendCommand(root, context, arguments);
  for (const auto command : {RunCommand::kPause, RunCommand::kStop}) {
    const auto word = to_string(command);
    auto* control =
        root.add_subcommand(word, word == "pause" ? "Checkpoint a run and free the device"
                                                  : "Checkpoint a run and end it");
    control->footer("Example: pretext " + word + " 3");
    control->add_option("run", arguments->run, "Number of the run")->required();
    control->callback([&context, arguments, command, word] {
      auto database = openWorkspace(context);
      JobStore(database).control(arguments->run, command);
      const auto status = RunStore(database).require(arguments->run).status;
      tell(context,
           "Run " + std::to_string(arguments->run) +
               (status == RunStatus::kRunning ? " will " + word + " after the step in hand."
                                              : " is " + to_string(status) + "."),
           {{"id", arguments->run}, {"status", to_string(status)}, {"asked", word}});
    });
  }
}

}  // namespace pretext
