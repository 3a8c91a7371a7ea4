#include "app/commands/command.h"
#include "app/commands/output.h"
#include "app/commands/run_json.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/ingest.h"
#include "core/objective/objective_registry.h"
#include "core/store/bin.h"
#include "core/store/job_store.h"
#include "core/store/metric_store.h"
#include "core/store/result_store.h"
#include "core/store/run_filter.h"
#include "core/store/run_warnings.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>
#include <optional>
#include <set>

namespace pretext {
namespace {

using nlohmann::ordered_json;

void listRuns(const CommandContext& context, const std::string& wanted) {
  const auto filter = RunFilter::parse(wanted);
  auto database = openWorkspace(context);
  std::vector<RunRecord> runs;
  for (auto& row : RunReader(database).read(filter.columns())) {
    if (filter.matches(row)) runs.push_back(std::move(row.run));
  }
  if (context.json) {
    ordered_json list = ordered_json::array();
    for (const auto& run : runs) list.push_back(briefJson(run));
    printJson(list);
    return;
  }
  if (runs.empty()) {
    std::cout << (wanted.empty() ? "No runs yet: start one with \"pretext train SPEC.toml\".\n"
                                 : "No run is like that.\n");
    return;
  }
  std::vector<std::vector<std::string>> rows = {
      {"run", "name", "status", "objective", "corpus", "step", "time"}};
  for (const auto& run : runs) {
    rows.push_back({std::to_string(run.id), (run.starred ? "* " : "") + run.name,
                    to_string(run.status), run.objective, run.corpus,
                    std::to_string(run.step) + "/" + std::to_string(run.total_steps),
                    duration(run.seconds)});
  }
  printTable(rows);
}

void showRun(const CommandContext& context, std::int64_t id) {
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(id);
  if (context.json) {
    printJson(fullJson(database, run));
    return;
  }
  std::cout << "Run " << run.id << " \"" << run.name << "\": " << to_string(run.status)
            << (run.reason.empty() ? "" : ", " + run.reason) << '\n'
            << run.objective << " on corpus \"" << run.corpus << "\", step " << run.step << "/"
            << run.total_steps << ", " << duration(run.seconds) << " on "
            << (run.device.empty() ? "no device yet" : run.device)
            << ", attempts: " << run.num_attempts << "\n";
  for (const auto& warning : run_warnings(database, run)) std::cout << warning.in_words() << '\n';
  std::cout << '\n';
  std::vector<std::vector<std::string>> rows = {
      {"metric", "step", "value", "min", "max", "to compare with"}};
  const auto marks = find_objective(run.objective).marks(Experiment::from_json(run.settings()));
  for (const auto& [key, summary] : MetricStore(database).latest(id)) {
    std::string meaning;
    for (const auto& mark : marks) {
      if (mark.metric == key)
        meaning += (meaning.empty() ? "" : ", ") + mark.label + " = " + significant(mark.value);
    }
    rows.push_back({key, std::to_string(summary.step), significant(summary.value),
                    significant(summary.min), significant(summary.max), meaning});
  }
  if (rows.size() > 1) printTable(rows);
  std::cout << '\n';
  printAccuracies(database, id);
}

struct SetArguments {
  std::int64_t run = 0;
  std::string name, note;
  std::vector<std::string> tags;
  bool star = false, unstar = false;
  std::optional<std::int64_t> priority;
};

void setRun(const CommandContext& context, const SetArguments& arguments) {
  auto database = openWorkspace(context);
  RunStore runs(database);
  runs.require(arguments.run);
  if (!arguments.name.empty()) runs.rename(arguments.run, arguments.name);
  if (!arguments.note.empty()) runs.set_notes(arguments.run, arguments.note);
  if (!arguments.tags.empty()) runs.set_tags(arguments.run, arguments.tags);
  if (arguments.priority) JobStore(database).set_priority(arguments.run, *arguments.priority);
  if (arguments.star || arguments.unstar) runs.set_starred(arguments.run, arguments.star);
  const auto run = runs.require(arguments.run);
  tell(context, "Run " + std::to_string(run.id) + " is changed.",
       {{"id", run.id},
        {"name", run.name},
        {"tags", run.tags},
        {"note", run.notes},
        {"starred", run.starred},
        {"priority", run.priority}});
}

void compareRuns(const CommandContext& context, const std::vector<std::int64_t>& ids) {
  auto database = openWorkspace(context);
  RunStore store(database);
  std::vector<RunRecord> runs;
  std::vector<Experiment> experiments;
  for (const auto id : ids) {
    runs.push_back(store.require(id));
    experiments.push_back(Experiment::from_json(runs.back().settings()));
  }
  const auto keys = differing_keys(experiments);
  ordered_json list = ordered_json::array();
  std::vector<std::vector<std::string>> rows = {{"what differs"}};
  for (const auto& run : runs) rows[0].push_back("run " + std::to_string(run.id));
  for (const auto& key : keys) {
    rows.push_back({key});
    for (const auto& experiment : experiments)
      rows.back().push_back(experiment.has(key) ? to_toml(experiment.value(key)) : "-");
  }
  std::set<std::string> kinds;
  std::vector<std::map<std::string, EvaluationRecord>> evaluations;  // By kind, of each run.
  for (const auto& run : runs) {
    auto brief = briefJson(run);
    evaluations.push_back(ResultStore(database).own_evaluations(run.id));
    for (const auto& [kind, evaluation] : evaluations.back()) {
      brief["accuracy"][kind] = evaluation.accuracy;
      kinds.insert(kind);
    }
    list.push_back(brief);
  }
  for (const auto& kind : kinds) {
    rows.push_back({kind});
    for (const auto& own : evaluations)
      rows.back().push_back(own.contains(kind) ? accuracy_text(own.at(kind)) : "-");
  }
  if (context.json) {
    printJson(ordered_json{{"runs", list}, {"differences", keys}});
  } else {
    printTable(rows);
  }
}

/// A run's number, or nothing when `target` names a corpus.
std::optional<std::int64_t> runNumber(const std::string& target) {
  std::int64_t number = 0;
  const auto* end = target.data() + target.size();
  const auto [stopped, error] = std::from_chars(target.data(), end, number);
  return error == std::errc{} && stopped == end ? std::optional(number) : std::nullopt;
}

void moveToBin(const CommandContext& context, const std::string& target) {
  auto database = openWorkspace(context);
  if (const auto id = runNumber(target)) {
    RunStore(database).move_to_bin(*id);
  } else {
    CorpusStore(database).move_to_bin(target);
  }
  tell(context,
       target + " is in the bin: \"pretext restore " + target +
           "\" brings it back, \"pretext purge " + target + "\" frees its disk.",
       {{"binned", target}});
}

void restore(const CommandContext& context, const std::string& target, const std::string& as) {
  auto database = openWorkspace(context);
  if (const auto id = runNumber(target)) {
    RunStore(database).restore(*id);
    if (!as.empty()) RunStore(database).rename(*id, as);
  } else {
    CorpusStore(database).restore(target, as);
  }
  tell(context, target + " is back" + (as.empty() ? "." : " as " + as + "."),
       {{"restored", target}, {"as", as}});
}

void purge(const CommandContext& context, const std::string& target) {
  auto database = openWorkspace(context);
  if (const auto id = runNumber(target)) {
    purge_run(database, *id);
  } else {
    CorpusStore(database).purge(target);
  }
  tell(context, target + " is gone.", {{"purged", target}});
}

}  // namespace

void addRunCommands(CLI::App& root, CommandContext& context) {
  const auto wanted = std::make_shared<std::string>();
  auto* listing = root.add_subcommand("runs", "List the runs");
  listing->footer(
      "Examples: pretext runs --json\n"
      "          pretext runs --filter \"status:finished loss<0.5 training.learning_rate>=0.01\"");
  listing->add_option("--filter", *wanted,
                      "Those of which all of these hold: word, column:word, column=value, "
                      "column<number (also <=, >, >=), each turned around by a - before it");
  listing->callback([&context, wanted] { listRuns(context, *wanted); });

  const auto run = std::make_shared<std::int64_t>(0);
  const auto addOne = [&](const char* name, const char* help, auto action) {
    auto* command = root.add_subcommand(name, help);
    command->footer(std::string("Example: pretext ") + name + " 3");
    command->add_option("run", *run, "Number of the run")->required();
    command->callback([&context, run, action] { action(context, *run); });
  };
  addOne("show", "Everything about a run", showRun);

  const auto target = std::make_shared<std::string>();
  const auto addBin = [&](const char* name, const char* help) {
    auto* command = root.add_subcommand(name, help);
    command->footer(std::string("Example: pretext ") + name + " 3");
    command->add_option("target", *target, "Number of a run, or name of a corpus")->required();
    return command;
  };
  addBin("delete", "Move a run or a corpus to the bin")->callback([&context, target] {
    moveToBin(context, *target);
  });
  const auto as = std::make_shared<std::string>();
  auto* back = addBin("restore", "Bring a run or a corpus back from the bin");
  back->add_option("--as", *as, "Under another name");
  back->callback([&context, target, as] { restore(context, *target, *as); });
  addBin("purge", "Remove a binned run or corpus for good")->callback([&context, target] {
    purge(context, *target);
  });

  const auto arguments = std::make_shared<SetArguments>();
  auto* set = root.add_subcommand("set", "Change a run's name, tags, note, star or priority");
  set->footer("Example: pretext set 3 --name \"low temperature\" --tag baseline --star");
  set->add_option("run", arguments->run, "Number of the run")->required();
  set->add_option("--name", arguments->name, "New name");
  set->add_option("--note", arguments->note, "New note");
  set->add_option("--tag", arguments->tags, "Tags, replacing the old ones");
  set->add_option("--priority", arguments->priority, "Queued runs of higher priority go first");
  set->add_flag("--star", arguments->star, "Star it");
  set->add_flag("--unstar", arguments->unstar, "Take the star away");
  set->callback([&context, arguments] { setRun(context, *arguments); });

  const auto ids = std::make_shared<std::vector<std::int64_t>>();
  auto* compare = root.add_subcommand("compare", "Settings that differ, and accuracies");
  compare->footer("Example: pretext compare 1 2 3");
  compare->add_option("runs", *ids, "Numbers of the runs")->required()->expected(2, 1000);
  compare->callback([&context, ids] { compareRuns(context, *ids); });
}

}  // namespace pretext
