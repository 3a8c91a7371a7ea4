#include "app/commands/command.h"
#include "app/commands/number_check.h"
#include "app/commands/numpy_file.h"
#include "app/csv_file.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/new_file.h"
#include "core/corpus/class_name.h"
#include "core/corpus/corpus.h"
#include "core/store/job_store.h"
#include "core/store/projection_store.h"
#include "core/store/result_store.h"
#include "core/store/run_store.h"
#include "core/store/sample_reading_store.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

struct EmbedArguments {
  std::int64_t run = 0;
  std::string corpus, split, out;
};

struct ProjectArguments {
  std::int64_t run = 0;
  std::string method = "pca", out, split;
  std::int64_t neighbours = 15;
  double minDist = 0.1;
  double perplexity = 30.0;
  std::int64_t seed = 0;
  bool film = false;
};

/// Source and class of each row, beside the NumPy file.
void writeRowNames(const std::filesystem::path& file, const Corpus& corpus,
                   const std::vector<std::int64_t>& positions) {
  CsvFile csv(file, {"file", "class"});
  for (const auto position : positions)
    csv.add({corpus.source(position), class_name(corpus, position)});
  csv.write();
}

/// Where features and the names of their rows go: with an ending, as NumPy would give one.
std::pair<std::filesystem::path, std::filesystem::path> embeddingFiles(const std::string& out) {
  std::filesystem::path features = out;
  // A device or a folder is refused by the name that it has.
  if (std::filesystem::exists(features) && !std::filesystem::is_regular_file(features))
    writable_file(features);
  if (!features.has_extension()) features += ".npy";
  auto names = features;
  names.replace_extension(".csv");
  if (features.extension() == ".csv")
    throw UserError(
        "The features are written as .npy, and a .csv of their files beside them: give "
        "--out another ending than .csv.");
  return {writable_file(features), writable_file(names)};
}

void embed(const CommandContext& context, const EmbedArguments& arguments) {
  const auto [features, names] = embeddingFiles(arguments.out);
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
  writeNumpyFile(features, embeddings.rows, static_cast<std::int64_t>(embeddings.positions.size()),
                 embeddings.dimensions);
  writeRowNames(names, Corpus(database, CorpusStore(database).get(corpus)), embeddings.positions);
  tell(context,
       std::to_string(embeddings.positions.size()) + " embeddings of " +
           std::to_string(embeddings.dimensions) + " dimensions in " + features.string() +
           ", their files and classes in " + names.string() + ".",
       {{"rows", embeddings.positions.size()},
        {"dimensions", embeddings.dimensions},
        {"path", features.string()},
        {"names", names.string()}});
}

void writePoints(Database& database, std::int64_t run, const std::vector<Projection>& projections,
                 const std::string& file) {
  const auto record = RunStore(database).require(run);
  const Corpus corpus(database, CorpusStore(database).get(record.corpus_id));
  CsvFile csv(file, {"file", "x", "y", "step"});
  for (const auto& projection : projections) {
    for (std::size_t i = 0; i < projection.positions.size(); ++i) {
      csv.add({corpus.source(projection.positions[i]),
               significant(static_cast<double>(projection.coordinates[2 * i])),
               significant(static_cast<double>(projection.coordinates[2 * i + 1])),
               std::to_string(projection.step)});
    }
  }
  csv.write();
}

void tellOfFilm(const CommandContext& context, Database& database,
                const ProjectArguments& arguments) {
  const auto frames = ProjectionStore(database).film(arguments.run, arguments.method);
  if (!arguments.out.empty()) writePoints(database, arguments.run, frames, arguments.out);
  const auto points = frames.empty() ? 0 : frames.front().positions.size();
  tell(context,
       std::to_string(frames.size()) + " frames of " + std::to_string(points) +
           " points projected by " + arguments.method +
           (arguments.out.empty() ? "; the window shows them." : ", in " + arguments.out + "."),
       {{"frames", frames.size()},
        {"points", points},
        {"method", arguments.method},
        {"path", arguments.out}});
}

void project(const CommandContext& context, const ProjectArguments& arguments) {
  if (!arguments.out.empty()) writable_file(arguments.out);  // Before the work begins.
  auto database = openWorkspace(context);
  RunStore(database).require(arguments.run);
  nlohmann::json parameters = {{"method", arguments.method},
                               {"neighbours", arguments.neighbours},
                               {"min_dist", arguments.minDist},
                               {"perplexity", arguments.perplexity},
                               {"seed", arguments.seed}};
  if (!arguments.split.empty()) parameters["split"] = arguments.split;
  JobStore jobs(database);
  const auto job =
      jobs.submit(arguments.film ? "film" : "project", arguments.run, parameters.dump());
  jobs.ensure_engines();
  followJob(database, job, "Project");
  if (arguments.film) return tellOfFilm(context, database, arguments);
  const auto projection = ProjectionStore(database).newest(arguments.run, arguments.method);
  if (!projection) throw UserError("The projection did not come out whole: project the run again.");
  if (!arguments.out.empty()) writePoints(database, arguments.run, {*projection}, arguments.out);
  const double kept =
      nlohmann::json::parse(projection->parameters).at("trustworthiness").get<double>();
  tell(context,
       std::to_string(projection->positions.size()) + " points projected by " + projection->method +
           " at step " + std::to_string(projection->step) + ", trustworthiness " + fixed(kept, 3) +
           (arguments.out.empty() ? "; the window shows them." : "; in " + arguments.out + "."),
       {{"points", projection->positions.size()},
        {"method", projection->method},
        {"step", projection->step},
        {"trustworthiness", kept},
        {"path", arguments.out}});
}

/// Of the numbers; none where all are NaN.
std::optional<double> meanOf(const std::vector<float>& values) {
  double sum = 0.0;
  std::int64_t count = 0;
  for (const auto value : values) {
    if (!std::isfinite(value)) continue;
    sum += static_cast<double>(value);
    ++count;
  }
  return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
}

void writeReadings(const std::string& file, const Corpus& corpus, const SampleReadings& readings) {
  CsvFile csv(file, {"position", "file", "class", "cluster", "agreement", "loss"});
  const auto number = [](const std::vector<float>& values, std::size_t row) {
    return row < values.size() && std::isfinite(values[row])
               ? significant(static_cast<double>(values[row]))
               : std::string();
  };
  for (std::size_t row = 0; row < readings.positions.size(); ++row) {
    const auto position = readings.positions[row];
    csv.add({std::to_string(position), corpus.source(position), class_name(corpus, position),
             std::to_string(readings.clusters[row] + 1), number(readings.agreement, row),
             number(readings.loss, row)});
  }
  csv.write();
}

void readSamples(const CommandContext& context, std::int64_t run, const std::string& file) {
  writable_file(file);  // Before the work begins.
  auto database = openWorkspace(context);
  const auto record = RunStore(database).require(run);
  JobStore jobs(database);
  const auto job = jobs.submit("samples", run, "{}");
  jobs.ensure_engines();
  followJob(database, job, "Samples");
  const auto readings = SampleReadingStore(database).find(run);
  const Corpus corpus(database, CorpusStore(database).get(record.corpus_id));
  writeReadings(file, corpus, *readings);
  const auto agreement = meanOf(readings->agreement);
  const auto loss = meanOf(readings->loss);
  tell(context,
       std::to_string(readings->positions.size()) + " samples at step " +
           std::to_string(readings->step) +
           (agreement ? ", " + percent(*agreement) + " of neighbours agree" : "") +
           (loss ? ", mean loss " + fixed(*loss, 3) : "") + "; in " + file + ".",
       {{"samples", readings->positions.size()},
        {"step", readings->step},
        {"agreement", agreement ? nlohmann::ordered_json(*agreement) : nlohmann::ordered_json()},
        {"loss", loss ? nlohmann::ordered_json(*loss) : nlohmann::ordered_json()},
        {"path", file}});
}

}  // namespace

void addProjectionCommands(CLI::App& root, CommandContext& context) {
  const auto where = std::make_shared<EmbedArguments>();
  auto* embedding = root.add_subcommand("embed", "Features of samples as a NumPy file");
  embedding->footer("Example: pretext embed 3 --out features.npy");
  embedding->add_option("run", where->run, "Number of the run")->required();
  embedding->add_option("--corpus", where->corpus, "Another corpus than the run's own, all of it");
  embedding->add_option("--split", where->split, "Default: the evaluation split")
      ->check(CLI::IsMember({"train", "validation", "test", "all"}));
  embedding->add_option("--out", where->out, "File to write, .npy (added where it has no ending)")
      ->required();
  embedding->callback([&context, where] { embed(context, *where); });

  const auto how = std::make_shared<ProjectArguments>();
  auto* projecting = root.add_subcommand("project", "Embeddings in two dimensions");
  projecting->footer(
      "Examples: pretext project 3 --method umap --out points.csv\n"
      "          pretext project 3 --method pca --film");
  projecting->add_option("run", how->run, "Number of the run")->required();
  projecting->add_option("--method", how->method, "pca (default), tsne or umap")
      ->check(CLI::IsMember({"pca", "tsne", "umap"}));
  projecting->add_option("--neighbours", how->neighbours, "umap: of each point (15)")
      ->check(between(2, 200));
  projecting->add_option("--min-dist", how->minDist, "umap: how close points may lie (0.1)")
      ->check(between(0.0, 1.0));
  projecting
      ->add_option("--perplexity", how->perplexity, "tsne: about how many neighbours count (30)")
      ->check(between(1.0, 200.0));
  projecting->add_option("--seed", how->seed, "umap: of its draws (0)")->check(notNegative());
  auto* film =
      projecting->add_flag("--film", how->film, "At each checkpoint, one laid on the other");
  projecting->add_option("--split", how->split, "Which samples; default: those embedded last")
      ->check(CLI::IsMember({"train", "validation", "test", "all"}))
      ->excludes(film);
  projecting->add_option("--out", how->out, "CSV to write as well");
  projecting->callback([&context, how] { project(context, *how); });

  const auto which = std::make_shared<EmbedArguments>();
  auto* reading = root.add_subcommand(
      "samples", "Cluster, agreement with neighbours and loss of each embedded sample, as CSV");
  reading->footer("Example: pretext samples 3 --out samples.csv");
  reading->add_option("run", which->run, "Number of the run")->required();
  reading->add_option("--out", which->out, "CSV to write")->required();
  reading->callback([&context, which] { readSamples(context, which->run, which->out); });
}

}  // namespace pretext
