#include "app/commands/command.h"
#include "app/csv_file.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/format.h"
#include "core/base/new_file.h"
#include "core/corpus/corpus.h"
#include "core/corpus/ingest.h"
#include "core/corpus/text_ingest.h"
#include "core/objective/objective_registry.h"
#include "core/store/job_store.h"
#include "core/store/json_column.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace pretext {
namespace {

struct PredictArguments {
  std::int64_t run = 0;
  std::string source, out;
  TextSourceOptions reading;
};

/// A corpus for one prediction: never listed, gone with its files at the end.
class PassingCorpus {
 public:
  /// Brought into the form that runs on `like` know.
  PassingCorpus(Database& database, const std::string& source, const CorpusRecord& like,
                const TextSourceOptions& reading)
      : database_(database),
        record_(like.kind == "text" ? ingestText(database, source, like, reading)
                                    : ingestImages(database, source)) {
    CorpusStore(database).move_to_bin(record_.name);
  }
  ~PassingCorpus() {
    try {
      CorpusStore(database_).purge(record_.name);
    } catch (const std::exception& error) {
      std::cerr << "pretext: " << error.what() << '\n';
    }
  }
  PassingCorpus(const PassingCorpus&) = delete;
  PassingCorpus& operator=(const PassingCorpus&) = delete;

  const CorpusRecord& record() const { return record_; }

 private:
  static IngestOptions passing(const std::string& source) {
    return {.name = "prediction-" + std::to_string(::getpid()), .source = source};
  }

  static IngestObserver showing(ProgressBar& bar) {
    return [&bar](const IngestProgress& progress) {
      bar.show(static_cast<double>(progress.num_done) / static_cast<double>(progress.num_total),
               std::to_string(progress.num_done));
    };
  }

  static CorpusRecord ingestImages(Database& database, const std::string& source) {
    const auto images = open_image_source(source, "none", {});
    ProgressBar bar("Read");
    return ingest_images(database, {images.get()}, passing(source), showing(bar));
  }

  static CorpusRecord ingestText(Database& database, const std::string& source,
                                 const CorpusRecord& like, const TextSourceOptions& reading) {
    const auto text = open_text_source(source, reading);
    ProgressBar bar("Read");
    return ingest_text(database, *text, nullptr, passing(source),
                       {.drops_duplicates = false,
                        .vocabulary_file = database.workspace() / like.path / "tokenizer.json"},
                       showing(bar));
  }

  Database& database_;
  CorpusRecord record_;
};

/// What learned from pairs of texts predicts of pairs.
void requirePairs(const CorpusRecord& own, bool givesPairs) {
  const bool needsPairs = own.kind == "text" && TextDetails::from_json(own.details).has_pairs;
  if (needsPairs == givesPairs) return;
  throw UserError(needsPairs
                      ? "The run learned from pairs of texts: name the column of the second text "
                        "with --pair-column."
                      : "The run learned from single texts: leave --pair-column out.");
}

/// Before the work begins: `out` can be made and does not stand for what is read.
void requireApart(const std::filesystem::path& out, const std::filesystem::path& source) {
  std::error_code ignored;
  if (std::filesystem::equivalent(out, source, ignored))
    throw UserError(out.string() + " is what is to be read: give --out another name.");
  writable_file(out);
}

void predict(const CommandContext& context, const PredictArguments& arguments) {
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(arguments.run);
  requireApart(arguments.out, arguments.source);
  if (!find_objective(run.objective).is_supervised) {
    throw UserError("Run " + std::to_string(run.id) + " is " + run.objective +
                    " and predicts no classes: fine-tune it first with \"pretext evaluate " +
                    std::to_string(run.id) +
                    " --with finetune\", or keep a linear probe by --with probe.");
  }
  const auto own = CorpusStore(database).get(run.corpus_id);
  requirePairs(own, !arguments.reading.pair_column.empty());
  const PassingCorpus passing(database, arguments.source, own, arguments.reading);
  JobStore jobs(database);
  const auto job =
      jobs.submit("predict", run.id, nlohmann::json{{"corpus", passing.record().id}}.dump());
  jobs.ensure_engines();
  followJob(database, job, "Predict");

  using Predictions = std::vector<std::pair<std::size_t, double>>;
  const auto predictions = read_json_column(
      jobs.find(job)->result, "The predictions",
      [](const nlohmann::json& result) { return result.at("predictions").get<Predictions>(); });
  const auto samples = CorpusStore(database).samples(passing.record().id);
  const bool fits = predictions.size() == samples.size() &&
                    std::ranges::all_of(predictions, [&](const auto& prediction) {
                      return prediction.first < own.classes.size();
                    });
  if (!fits) throw UserError("The predictions do not match the samples: predict again.");
  CsvFile csv(arguments.out, {"file", "class", "probability"});
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto& [label, probability] = predictions[i];
    csv.add({samples[i].source, own.classes[label], significant(probability)});
  }
  csv.write();  // Now at last: what failed leaves the file alone.
  const auto skipped = CorpusStore(database).skipped(passing.record().id);
  auto sentence = std::to_string(samples.size()) + " predictions in " + arguments.out + ".";
  auto unread = nlohmann::ordered_json::array();
  for (const auto& leftOut : skipped) {
    sentence += "\n  skipped " + leftOut.path + ": " + leftOut.reason;
    unread.push_back({{"path", leftOut.path}, {"reason", leftOut.reason}});
  }
  tell(context, sentence,
       {{"predictions", samples.size()}, {"path", arguments.out}, {"skipped", unread}});
}

}  // namespace

void addPredictCommand(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<PredictArguments>();
  auto* command =
      root.add_subcommand("predict", "Classes of new data by a fine-tuned run or a kept probe");
  command->footer(
      "Examples: pretext predict 4 ~/new-photos --out classes.csv\n"
      "          pretext predict 7 mail.csv --text-column body --out classes.csv");
  command->add_option("run", arguments->run, "Number of the run")->required();
  command
      ->add_option("source", arguments->source,
                   "What \"ingest\" takes: a folder, IDX file, CIFAR folder, or text file")
      ->required();
  command->add_option("--text-column", arguments->reading.text_column,
                      "Of CSV, TSV or JSONL: its name or number");
  command->add_option("--pair-column", arguments->reading.pair_column,
                      "The second text of each row, for a run that learned from pairs");
  command->add_option("--out", arguments->out, "CSV to write: file, class, probability")
      ->required();
  command->callback([&context, arguments] { predict(context, *arguments); });
}

}  // namespace pretext
