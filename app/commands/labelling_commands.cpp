#include "app/commands/command.h"
#include "app/commands/output.h"
#include "app/label_export.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/new_file.h"
#include "core/store/corpus_store.h"
#include "core/store/job_store.h"
#include "core/store/labelling_store.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::ordered_json;

struct LabellingArguments {
  std::string corpus, name, out, predictions;
  std::int64_t run = 0;
  bool history = false, undo = false, redo = false, attach = false;
};

void listLabellings(const CommandContext& context, Database& database, const CorpusRecord& corpus) {
  LabellingStore store(database);
  auto document = ordered_json::array();
  std::vector<std::vector<std::string>> rows = {{"labelling", "labels", "classes"}};
  for (const auto& labelling : store.list(corpus.id)) {
    std::map<std::string, std::int64_t> counts;
    std::int64_t all = 0;
    for (const auto& [position, label] : store.labels(labelling.id)) {
      ++counts[label];
      ++all;
    }
    document.push_back({{"name", labelling.name}, {"labels", all}, {"classes", counts}});
    std::string classes;
    for (const auto& [label, count] : counts)
      classes += (classes.empty() ? "" : ", ") + label + " (" + std::to_string(count) + ")";
    rows.push_back({labelling.name, std::to_string(all), classes});
  }
  if (context.json) {
    printJson(document);
  } else if (document.empty()) {
    std::cout << "The corpus has no labellings: labels are given on the Embeddings page.\n";
  } else {
    printTable(rows);
  }
}

void printHistory(const CommandContext& context, const std::vector<LabelAct>& acts) {
  auto document = ordered_json::array();
  std::vector<std::vector<std::string>> rows = {{"when", "who", "samples", "label", ""}};
  for (const auto& act : acts) {
    document.push_back({{"created", act.created_ms},
                        {"author", act.author},
                        {"samples", act.num_samples},
                        {"label", act.label},
                        {"undone", act.is_undone}});
    rows.push_back({local_time(act.created_ms), act.author, std::to_string(act.num_samples),
                    act.label.empty() ? "(taken away)" : act.label, act.is_undone ? "undone" : ""});
  }
  if (context.json) {
    printJson(document);
  } else {
    printTable(rows);
  }
}

void tellOfAct(const CommandContext& context, const std::optional<LabelAct>& act,
               const std::string& done) {
  if (!act) throw UserError("There is nothing to be " + done + ".");
  tell(context,
       "\"" + act->label + "\" of " + std::to_string(act->num_samples) + " samples was " + done +
           ".",
       {{"label", act->label}, {"samples", act->num_samples}, {"act", done}});
}

void probe(const CommandContext& context, Database& database, const LabellingRecord& labelling,
           const LabellingArguments& arguments) {
  const auto run = RunStore(database).require(arguments.run);
  JobStore jobs(database);
  const auto job = jobs.submit("probe", run.id, nlohmann::json{{"labelling", labelling.id}}.dump());
  jobs.ensure_engines();
  followJob(database, job, "Probe");
  const auto learned = LabellingStore(database).newest_probe(labelling.id, run.id);
  if (!arguments.predictions.empty())
    exportPredictions(database, labelling, run.id, arguments.predictions);
  const auto accuracy = learned->accuracy ? percent(*learned->accuracy) : "not known";
  tell(context,
       "Learned from " + std::to_string(learned->num_labels) + " labels of " +
           std::to_string(learned->classes.size()) + " classes; accuracy " + accuracy + ": " +
           learned->protocol + ".",
       {{"labels", learned->num_labels},
        {"classes", learned->classes},
        {"accuracy", learned->accuracy ? ordered_json(*learned->accuracy) : ordered_json()},
        {"protocol", learned->protocol},
        {"path", arguments.predictions}});
}

void labellings(const CommandContext& context, const LabellingArguments& arguments) {
  for (const auto& file : {arguments.out, arguments.predictions}) {
    if (!file.empty()) writable_file(file);  // Before the work begins.
  }
  auto database = openWorkspace(context);
  const auto corpus = CorpusStore(database).require(arguments.corpus);
  if (arguments.name.empty()) return listLabellings(context, database, corpus);
  LabellingStore store(database);
  const auto labelling = store.require(corpus.id, arguments.name);
  if (arguments.undo) return tellOfAct(context, store.undo(labelling.id), "undone");
  if (arguments.redo) return tellOfAct(context, store.redo(labelling.id), "redone");
  if (arguments.run != 0) return probe(context, database, labelling, arguments);
  if (arguments.attach) {
    const auto count = attachLabels(database, labelling);
    return tell(context,
                std::to_string(count) +
                    " labels are now the corpus's own: \"pretext evaluate\" "
                    "and fine-tuning use them.",
                {{"corpus", corpus.name}, {"labelled", count}});
  }
  if (!arguments.out.empty()) {
    const auto count = exportLabels(database, labelling, arguments.out);
    return tell(context, std::to_string(count) + " labels in " + arguments.out + ".",
                {{"labels", count}, {"path", arguments.out}});
  }
  printHistory(context, store.history(labelling.id));
}

}  // namespace

void addLabellingCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<LabellingArguments>();
  auto* command = root.add_subcommand(
      "labellings", "Labels that were given by hand on the Embeddings page, and what they teach");
  command->footer(
      "Examples: pretext labellings photos\n"
      "          pretext labellings photos mine --probe 3 --predictions all.csv\n"
      "          pretext labellings photos mine --out mine.csv");
  command->add_option("corpus", arguments->corpus, "Name of the corpus")->required();
  command->add_option("name", arguments->name,
                      "Name of a labelling: without more, its history (default: list them)");
  auto* run = command->add_option("--probe", arguments->run,
                                  "Train a probe on its labels and this run's features");
  command
      ->add_option("--predictions", arguments->predictions,
                   "CSV of what that probe says of each sample")
      ->needs(run);
  command->add_option("--out", arguments->out, "CSV of its labels, as \"pretext label\" reads it");
  command->add_flag("--attach", arguments->attach, "Make its labels those of the corpus");
  command->add_flag("--undo", arguments->undo, "Take its newest act back");
  command->add_flag("--redo", arguments->redo, "Do again what was last taken back");
  command->callback([&context, arguments] { labellings(context, *arguments); });
}

}  // namespace pretext
