#include "app/commands/command.h"
#include "app/commands/number_check.h"
#include "app/commands/numpy_file.h"
#include "app/commands/output.h"
#include "app/commands/run_json.h"
#include "core/base/error.h"
#include "core/corpus/corpus.h"
#include "core/objective/supervised.h"
#include "core/store/job_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

namespace pretext {
namespace {

struct EvaluateArguments {
  std::int64_t run = 0;
  std::vector<std::string> kinds = {"knn", "linear"};
  std::string corpus, testCorpus;
  std::int64_t k = 0;
  double temperature = 0.0;
  SupervisedOptions supervised;
  std::vector<std::string> settings;
  bool noBaseline = false;
  bool detach = false;
};

/// Fine-tunes as child runs: from the checkpoint, and the same from initial weights beside it.
/// Returns false when it did not wait for their end.
bool finetune(const CommandContext& context, Database& database,
              const EvaluateArguments& arguments) {
  JobStore jobs(database);
  std::vector<std::int64_t> children;
  for (const bool untrained : {false, true}) {
    if (untrained && arguments.noBaseline) continue;
    auto options = arguments.supervised;
    options.from_untrained = untrained;
    options.corpus = arguments.corpus;
    options.test_corpus = arguments.testCorpus;
    children.push_back(jobs.submit_child(arguments.run, options, arguments.settings));
  }
  jobs.ensure_engines();
  if (arguments.detach) {
    if (context.json) {
      printJson(nlohmann::json{{"ids", children}}, kOneLine);
    } else {
      for (const auto child : children) std::cout << child << '\n';
    }
    return false;
  }
  if (!context.json) {
    std::cout << "Run " << children[0] << " learns from the labels";
    if (children.size() > 1) std::cout << ", run " << children[1] << " does so from untrained";
    std::cout << "." << '\n' << std::flush;
  }
  for (const auto child : children) {
    if (!followRun(database, child)) return false;
  }
  return true;
}

void evaluate(const CommandContext& context, const EvaluateArguments& arguments) {
  auto database = openWorkspace(context);
  RunStore(database).require(arguments.run);
  auto kinds = arguments.kinds;
  const bool wantsFinetune = std::erase(kinds, "finetune") > 0;
  if (!kinds.empty()) {
    auto parameters = corpusParameter(database, arguments.corpus);
    parameters["kinds"] = kinds;
    if (!arguments.testCorpus.empty())
      parameters["test_corpus"] = CorpusStore(database).require(arguments.testCorpus).name;
    parameters["k"] = arguments.k;
    parameters["temperature"] = arguments.temperature;
    JobStore jobs(database);
    const auto job = jobs.submit("evaluate", arguments.run, parameters.dump());
    jobs.ensure_engines();
    followJob(database, job, "Evaluate");
  }
  if (wantsFinetune && !finetune(context, database, arguments)) return;
  if (context.json) {
    printJson(evaluationsJson(database, arguments.run));
  } else {
    printAccuracies(database, arguments.run);
  }
}

}  // namespace

void addResultCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<EvaluateArguments>();
  auto* evaluating = root.add_subcommand("evaluate",
                                         "Accuracy of a run's newest checkpoint, beside the "
                                         "untrained encoder and none (raw pixels, or "
                                         "TF-IDF of text)");
  evaluating->footer(
      "Examples: pretext evaluate 3 --with knn --k 20\n"
      "          pretext evaluate 3 --with finetune --labels-per-class 10\n"
      "          pretext evaluate 3 --with finetune --train reviews --test more-reviews");
  evaluating->add_option("run", arguments->run, "Number of the run")->required();
  evaluating
      ->add_option("--with", arguments->kinds,
                   "knn, linear (default: both), finetune (child runs that learn from labels)")
      ->check(CLI::IsMember({"knn", "linear", "finetune"}));
  evaluating->add_option("--corpus,--train", arguments->corpus,
                         "Another corpus than the run's own, to fit on and to report on");
  evaluating->add_option("--test", arguments->testCorpus,
                         "A corpus to report on instead of the test part of that");
  evaluating->add_option("--k", arguments->k, "kNN: neighbours (default: the run's)")
      ->check(positive());
  evaluating
      ->add_option("--temperature", arguments->temperature,
                   "kNN: of the votes (default: the run's)")
      ->check(positive());
  evaluating->add_flag("--head-only", arguments->supervised.head_only,
                       "finetune: the encoder stays frozen, a linear probe that is kept");
  evaluating
      ->add_option("--labels-per-class", arguments->supervised.labels_per_class,
                   "finetune: learn from this many labels of each class (default: all)")
      ->check(positive());
  evaluating->add_option("--epochs", arguments->supervised.epochs, "finetune: epochs")
      ->check(positive());
  evaluating->add_option("--set", arguments->settings,
                         "finetune: key=value, changes a setting of the child run");
  evaluating->add_flag("--no-baseline", arguments->noBaseline,
                       "finetune: without the same from untrained weights beside it");
  evaluating->add_flag("--detach", arguments->detach,
                       "finetune: print the child runs' numbers and return at once");
  evaluating->callback([&context, arguments] { evaluate(context, *arguments); });
}

}  // namespace pretext
