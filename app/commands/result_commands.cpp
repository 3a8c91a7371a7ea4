#include "app/commands/command.h"
#include "app/commands/numpy_file.h"
#include "app/commands/run_json.h"
#include "core/base/error.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

namespace pretext {
namespace {

struct EvaluateArguments {
  std::int64_t run = 0;
  std::vector<std::string> kinds = {"knn", "linear"};
  std::int64_t k = 0;
  double temperature = 0.0;
  std::string out;
};

void evaluate(const CommandContext& context, const EvaluateArguments& arguments) {
  auto database = openWorkspace(context);
  RunStore(database).require(arguments.run);
  JobStore jobs(database);
  const nlohmann::json parameters = {
      {"kinds", arguments.kinds}, {"k", arguments.k}, {"temperature", arguments.temperature}};
  const auto job = jobs.submit("evaluate", arguments.run, parameters.dump());
  jobs.ensure_engines();
  followJob(database, job, "Evaluate");
  if (!context.json) {
    printAccuracies(database, arguments.run);
    return;
  }
  std::cout << evaluationsJson(database, arguments.run).dump(2) << '\n';
}

void embed(const CommandContext& context, const EvaluateArguments& arguments) {
  auto database = openWorkspace(context);
  RunStore runs(database);
  runs.require(arguments.run);
  JobStore jobs(database);
  const auto job = jobs.submit("embed", arguments.run, "{}");
  jobs.ensure_engines();
  followJob(database, job, "Embed");
  std::vector<std::int64_t> positions;
  std::vector<float> rows;
  const auto dimensions = runs.embeddings(arguments.run, positions, rows);
  writeNumpyFile(arguments.out, rows, static_cast<std::int64_t>(positions.size()), dimensions);
  std::cout << positions.size() << " embeddings of " << dimensions << " dimensions in "
            << arguments.out << ".\n";
}

}  // namespace

void addResultCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<EvaluateArguments>();
  auto* evaluating = root.add_subcommand(
      "evaluate",
      "Accuracy of a run's newest checkpoint, beside the untrained encoder and raw pixels");
  evaluating->footer("Example: pretext evaluate 3 --with knn --k 20");
  evaluating->add_option("run", arguments->run, "Number of the run")->required();
  evaluating->add_option("--with", arguments->kinds, "knn, linear (default: both)")
      ->check(CLI::IsMember({"knn", "linear"}));
  evaluating->add_option("--k", arguments->k, "Neighbours (default: the run's)")
      ->check(CLI::PositiveNumber);
  evaluating
      ->add_option("--temperature", arguments->temperature, "Of the votes (default: the run's)")
      ->check(CLI::PositiveNumber);
  evaluating->callback([&context, arguments] { evaluate(context, *arguments); });

  auto* embedding =
      root.add_subcommand("embed", "Features of the evaluation split as a NumPy file");
  embedding->footer("Example: pretext embed 3 --out features.npy");
  embedding->add_option("run", arguments->run, "Number of the run")->required();
  embedding->add_option("--out", arguments->out, "File to write, .npy")->required();
  embedding->callback([&context, arguments] { embed(context, *arguments); });
}

}  // namespace pretext
