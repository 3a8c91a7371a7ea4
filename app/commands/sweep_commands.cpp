#include "app/commands/command.h"
#include "app/commands/number_check.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/store/job_store.h"
#include "core/store/sweep_store.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::ordered_json;

ordered_json valueJson(const FieldValue& value) {
  return std::visit([](const auto& held) { return ordered_json(held); }, value);
}

ordered_json summaryJson(const SweepSummary& summary) {
  ordered_json groups = ordered_json::array();
  for (const auto& group : summary.groups) {
    ordered_json settings = ordered_json::object();
    for (std::size_t i = 0; i < summary.keys.size(); ++i)
      settings[summary.keys[i]] = valueJson(group.values[i]);
    ordered_json entry = {
        {"settings", settings}, {"runs", group.runs}, {"measured", group.num_measured}};
    if (group.num_measured > 0) entry["mean"] = group.mean;
    if (group.num_measured > 1) entry["deviation"] = group.deviation;
    groups.push_back(std::move(entry));
  }
  return {{"id", summary.sweep.id},
          {"name", summary.sweep.name},
          {"varied", summary.sweep.varied},
          {"runs", summary.sweep.num_runs},
          {"finished", summary.sweep.num_finished},
          {"measure", summary.measure},
          {"has_best", summary.has_best()},
          {"incomparable", summary.incomparable},
          {"groups", groups}};
}

/// What the table below it is ranked by, and what of that is not to be trusted.
std::string headline(const SweepSummary& summary) {
  auto text = "Sweep " + std::to_string(summary.sweep.id) + " \"" + summary.sweep.name +
              "\": " + std::to_string(summary.sweep.num_finished) + " of " +
              std::to_string(summary.sweep.num_runs) + " runs finished";
  if (summary.measure.empty()) return text + ", nothing to rank them by yet.";
  if (!summary.incomparable.empty())
    return text + ". Not ranked: " + summary.incomparable.front() +
           " changes what the loss means; labels would tell.";
  text += summary.is_loss ? ", lowest loss first." : ", best first.";
  if (const auto ties = summary.num_ties(); ties > 0)
    text += " The best and " + std::to_string(ties) +
            " after it lie within one standard deviation over seeds.";
  return text;
}

void printSummary(const SweepSummary& summary) {
  std::vector<std::vector<std::string>> rows = {{"runs"}};
  for (const auto& key : summary.keys) rows[0].push_back(key);
  rows[0].push_back(summary.measure.empty() ? "figure" : summary.measure);
  for (const auto& group : summary.groups) {
    std::string runs;
    for (const auto run : group.runs) runs += (runs.empty() ? "" : ", ") + std::to_string(run);
    rows.push_back({runs});
    for (const auto& value : group.values) rows.back().push_back(to_toml(value));
    rows.back().push_back(figure_text(summary, group));
  }
  std::cout << headline(summary) << '\n';
  printTable(rows);
  for (const auto& effect : summary.effects()) {
    std::cout << "On average, " << effect.key << ':';
    for (const auto& [value, mean] : effect.means)
      std::cout << ' ' << to_toml(value) << " ("
                << (summary.is_loss ? significant(mean) : percent(mean)) << ')';
    std::cout << '\n';
  }
}

void showSummary(const CommandContext& context, Database& database, std::int64_t sweep) {
  const auto summary = SweepStore(database).summarize(sweep);
  if (context.json) {
    printJson(summaryJson(summary));
  } else {
    printSummary(summary);
  }
}

struct SweepArguments {
  std::string spec;
  SweepOptions options;
  bool detach = false;
  bool onlyList = false;
};

void listPlan(const CommandContext& context, const SweepPlan& plan) {
  if (context.json) {
    ordered_json names = ordered_json::array();
    for (const auto& experiment : plan.experiments) names.push_back(experiment.text("name"));
    printJson(ordered_json{{"varied", plan.varied}, {"names", names}});
    return;
  }
  for (const auto& experiment : plan.experiments) std::cout << experiment.text("name") << '\n';
}

/// Follows its runs to their end, one after the other. Returns false when the user let go of them.
/// Throws UserError when some of them failed.
bool followSweep(Database& database, std::int64_t sweep) {
  std::int64_t numFailed = 0, numRuns = 0;
  for (const auto& run : RunStore(database).of_sweep(sweep)) {
    ++numRuns;
    JobStore(database).ensure_engines();  // The last one may have died with its run.
    try {
      if (!followRun(database, run.id)) return false;
    } catch (const UserError& error) {
      std::cerr << error.what() << '\n';
      ++numFailed;
    }
  }
  if (numFailed > 0)
    throw UserError(std::to_string(numFailed) + " of " + std::to_string(numRuns) +
                    " runs failed: \"pretext sweeps " + std::to_string(sweep) +
                    "\" shows the others.");
  return true;
}

void sweep(const CommandContext& context, const SweepArguments& arguments) {
  const auto base = Experiment::from_toml_file(arguments.spec);
  const auto plan = plan_sweep(base, arguments.options);
  if (arguments.onlyList) return listPlan(context, plan);
  auto database = openWorkspace(context);
  JobStore jobs(database);
  const auto id = jobs.submit_sweep(plan);
  jobs.ensure_engines();
  if (arguments.detach) {
    context.json ? std::cout << "{\"id\": " << id << "}\n" : std::cout << id << '\n';
    return;
  }
  if (!context.json)
    std::cout << "Sweep " << id << ": " << plan.experiments.size()
              << " runs are queued; Ctrl+C lets go of them, they run on." << '\n'
              << std::flush;
  if (!followSweep(database, id)) {
    const auto number = std::to_string(id);
    tell(context, "Sweep " + number + " goes on: \"pretext sweeps " + number + "\" tells how.",
         {{"id", id}});
    return;
  }
  showSummary(context, database, id);
}

void listSweeps(const CommandContext& context, Database& database) {
  ordered_json list = ordered_json::array();
  std::vector<std::vector<std::string>> rows = {{"sweep", "name", "finished", "varied"}};
  for (const auto& sweep : SweepStore(database).list()) {
    std::string varied;
    for (const auto& key : sweep.varied) varied += (varied.empty() ? "" : ", ") + key;
    rows.push_back({std::to_string(sweep.id), sweep.name,
                    std::to_string(sweep.num_finished) + "/" + std::to_string(sweep.num_runs),
                    varied});
    list.push_back({{"id", sweep.id},
                    {"name", sweep.name},
                    {"runs", sweep.num_runs},
                    {"finished", sweep.num_finished},
                    {"varied", sweep.varied}});
  }
  if (context.json) {
    printJson(list);
  } else if (list.empty()) {
    std::cout
        << "No sweeps yet: start one with \"pretext sweep SPEC.toml --set KEY=VALUE,VALUE\".\n";
  } else {
    printTable(rows);
  }
}

void showSweeps(const CommandContext& context, std::int64_t id, bool stop) {
  auto database = openWorkspace(context);
  if (id == 0) {
    if (stop) throw UserError("Which sweep is to stop? Name its number: pretext sweeps 2 --stop.");
    return listSweeps(context, database);
  }
  if (!stop) return showSummary(context, database, id);
  SweepStore(database).require(id);
  const auto asked = JobStore(database).stop_sweep(id);
  tell(context,
       asked == 0 ? "None of its runs goes on or waits."
                  : std::to_string(asked) +
                        " of its runs stop; one under way ends after the step "
                        "in hand.",
       {{"id", id}, {"asked", asked}});
}

}  // namespace

void addSweepCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<SweepArguments>();
  auto* sweeping = root.add_subcommand(
      "sweep", "Pretrain with each combination of several settings, in the background");
  sweeping->footer(
      "Examples: pretext sweep simclr.toml --set corpus=photos "
      "--set training.learning_rate=0.03,0.06,0.1 --seeds 3\n"
      "          pretext sweep simclr.toml --set corpus=photos "
      "--set training.learning_rate=0.01..1:log --random 20\n"
      "          pretext sweep simclr.toml --set \"views.crop_scale=[0.08,1],[0.2,1]\" --list");
  sweeping->add_option("spec", arguments->spec, "Specification, TOML")->required();
  sweeping->add_option("--set", arguments->options.settings,
                       "key=value, or key=value,value,… for a setting that varies; with --random "
                       "also key=low..high and key=low..high:log");
  sweeping->add_option("--seeds", arguments->options.num_seeds, "Seeds of each combination")
      ->check(positive());
  sweeping
      ->add_option("--random", arguments->options.num_random,
                   "Draw this many combinations (default: every one)")
      ->check(positive());
  sweeping->add_flag("--list", arguments->onlyList, "Say which runs these would be, start none");
  sweeping->add_flag("--detach", arguments->detach, "Print the sweep's number and return at once");
  sweeping->callback([&context, arguments] { sweep(context, *arguments); });

  const auto id = std::make_shared<std::int64_t>(0);
  const auto stop = std::make_shared<bool>(false);
  auto* listing = root.add_subcommand("sweeps", "List the sweeps, or what one of them has shown");
  listing->footer(
      "Examples: pretext sweeps\n"
      "          pretext sweeps 2\n"
      "          pretext sweeps 2 --stop");
  listing->add_option("sweep", *id, "Number of a sweep");
  listing->add_flag("--stop", *stop, "Stop its runs, those under way and those that wait");
  listing->callback([&context, id, stop] { showSweeps(context, *id, *stop); });
}

}  // namespace pretext
