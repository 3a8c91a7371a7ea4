#include "app/commands/command.h"
#include "app/commands/number_check.h"
#include "app/commands/numpy_file.h"
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

/// {"corpus": id} where another than the run's own is named.
nlohmann::json corpusParameter(Database& database, const std::string& name) {
  nlohmann::json parameters = nlohmann::json::object();
  if (!name.empty()) parameters["corpus"] = CorpusStore(database).require(name).id;
  return parameters;
}

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
      std::cout << nlohmann::json{{"ids", children}}.dump() << '\n';
    } else {
      for (const auto child : children) std::cout << child << '\n';
    }
    return false;
  }
  if (!context.json) {
    std::cout << "Run " << children[0] << " learns from the labels";
    if (children.size() > 1) std::cout << ", run " << children[1] << " does so from untrained";
    std::cout << "." << std::endl;
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
    std::cout << evaluationsJson(database, arguments.run).dump(2) << '\n';
  } else {
    printAccuracies(database, arguments.run);
  }
}

struct EmbedArguments {
  std::int64_t run = 0;
  std::string corpus, split, out, method = "pca";
};

/// Source and class of each row, beside the NumPy file.
void writeRowNames(const std::filesystem::path& file, const Corpus& corpus,
                   const std::vector<std::int64_t>& positions) {
  std::ofstream stream(file);
  stream << "file,class\n";
  for (const auto position : positions) {
    const auto label = corpus.label(position);
    stream << csvField(corpus.source(position)) << ','
           << (label == Corpus::kNoLabel
                   ? ""
                   : csvField(corpus.record().classes[static_cast<std::size_t>(label)]))
           << '\n';
  }
  stream.close();
  if (!stream)
    throw UserError("Cannot write " + file.string() + ": check the folder and free disk.");
}

void embed(const CommandContext& context, const EmbedArguments& arguments) {
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(arguments.run);
  auto parameters = corpusParameter(database, arguments.corpus);
  const std::int64_t corpus = parameters.value("corpus", run.corpus_id);
  // Of another corpus everything is wanted.
  parameters["split"] =
      arguments.split.empty() && corpus != run.corpus_id ? "all" : arguments.split;
  JobStore jobs(database);
  const auto job = jobs.submit("embed", arguments.run, parameters.dump());
  jobs.ensure_engines();
  followJob(database, job, "Embed");
  const auto embeddings = ResultStore(database).embeddings(arguments.run, corpus);
  writeNumpyFile(arguments.out, embeddings.rows,
                 static_cast<std::int64_t>(embeddings.positions.size()), embeddings.dimensions);
  const auto names = std::filesystem::path(arguments.out).replace_extension(".csv");
  writeRowNames(names, Corpus(database, CorpusStore(database).get(corpus)), embeddings.positions);
  tell(context,
       std::to_string(embeddings.positions.size()) + " embeddings of " +
           std::to_string(embeddings.dimensions) + " dimensions in " + arguments.out +
           ", their files and classes in " + names.string() + ".",
       {{"rows", embeddings.positions.size()},
        {"dimensions", embeddings.dimensions},
        {"path", arguments.out},
        {"names", names.string()}});
}

void project(const CommandContext& context, const EmbedArguments& arguments) {
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(arguments.run);
  JobStore jobs(database);
  const auto job = jobs.submit("project", arguments.run, "{}");  // PCA is the one method so far.
  jobs.ensure_engines();
  followJob(database, job, "Project");
  const auto projection = ResultStore(database).newest_projection(arguments.run);
  if (!arguments.out.empty()) {
    const Corpus corpus(database, CorpusStore(database).get(run.corpus_id));
    std::ofstream file(arguments.out);
    file << "file,x,y\n";
    for (std::size_t i = 0; i < projection->positions.size(); ++i) {
      file << csvField(corpus.source(projection->positions[i])) << ','
           << projection->coordinates[2 * i] << ',' << projection->coordinates[2 * i + 1] << '\n';
    }
    file.close();
    if (!file) throw UserError("Cannot write " + arguments.out + ": check folder and free disk.");
  }
  tell(context,
       std::to_string(projection->positions.size()) + " points projected by " + projection->method +
           " at step " + std::to_string(projection->step) +
           (arguments.out.empty() ? "; the window shows them." : ", in " + arguments.out + "."),
       {{"points", projection->positions.size()},
        {"method", projection->method},
        {"step", projection->step},
        {"path", arguments.out}});
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

  const auto where = std::make_shared<EmbedArguments>();
  auto* embedding = root.add_subcommand("embed", "Features of samples as a NumPy file");
  embedding->footer("Example: pretext embed 3 --out features.npy");
  embedding->add_option("run", where->run, "Number of the run")->required();
  embedding->add_option("--corpus", where->corpus, "Another corpus than the run's own, all of it");
  embedding->add_option("--split", where->split, "Default: the evaluation split")
      ->check(CLI::IsMember({"train", "validation", "test", "all"}));
  embedding->add_option("--out", where->out, "File to write, .npy")->required();
  embedding->callback([&context, where] { embed(context, *where); });

  auto* projecting = root.add_subcommand("project", "Embeddings in two dimensions");
  projecting->footer("Example: pretext project 3 --method pca --out points.csv");
  projecting->add_option("run", where->run, "Number of the run")->required();
  projecting->add_option("--method", where->method, "pca")->check(CLI::IsMember({"pca"}));
  projecting->add_option("--out", where->out, "CSV to write as well");
  projecting->callback([&context, where] { project(context, *where); });
}

}  // namespace pretext
