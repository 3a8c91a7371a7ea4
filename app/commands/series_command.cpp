#include "app/commands/command.h"
#include "app/commands/corpus_output.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/label_list.h"
#include "core/corpus/series_ingest.h"
#include "core/text/printable.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace pretext {
namespace {

struct SeriesArguments {
  std::string source, name, test;
  SeriesSourceOptions reading;
  std::string labels;  // "folders", "none" or a file.
  std::string classes = "first";
  bool isUpdate = false;
};

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

/// A corpus just made, for people.
void describe(const CorpusRecord& corpus, const std::vector<SkippedFile>& skipped) {
  const auto details = SeriesDetails::from_json(corpus.details);
  std::cout << "Corpus \"" << corpus.name << "\": " << grouped(corpus.num_samples) << " series, "
            << corpusSize(corpus) << ", "
            << count_of(std::ssize(corpus.classes), "class, ", "classes, ")
            << byte_count(corpus.bytes) << ".\n"
            << "Times are in \"" << details.time_column << "\", "
            << (details.has_dates ? "dates in UTC" : "numbers")
            << "; variables: " << joined(details.variables) << ".\n";
  if (!details.left_out.empty())
    std::cout << "Left out, since they are no numbers: " << joined(details.left_out) << ".\n";
  std::cout << grouped(details.num_missing) << " values are missing; "
            << grouped(details.num_back_steps) << " times are before the one above them; "
            << count_of(corpus.num_duplicates, "exact duplicate; ", "exact duplicates; ")
            << count_of(std::ssize(skipped), "row or file", "rows or files")
            << " skipped or mended.\n";
  printNotes(corpus);
  printSkipped(skipped);
}

void ingestSeries(const CommandContext& context, SeriesArguments& arguments) {
  auto database = openWorkspace(context);
  const bool hasLabelFile =
      !arguments.labels.empty() && arguments.labels != "folders" && arguments.labels != "none";
  arguments.reading.classes = class_folders(arguments.classes);
  arguments.reading.labels = hasLabelFile ? "none" : arguments.labels;
  LabelRows labels;
  if (hasLabelFile) labels = read_label_csv(arguments.labels);
  SeriesSource source(arguments.source, arguments.reading);
  std::optional<SeriesSource> test;
  if (!arguments.test.empty()) test.emplace(arguments.test, arguments.reading);
  requireSpace(context.workspace,
               source.look().packed_bytes + (test ? test->look().packed_bytes : 0),
               "take a smaller source");
  const StopOnInterrupt interrupt;
  CorpusRecord corpus;
  {
    ProgressBar bar("Ingest");
    corpus = ingest_series(database, source, test ? &*test : nullptr,
                           {.name = arguments.name,
                            .source = printable_name(arguments.source),
                            .update = arguments.isUpdate},
                           showingBytes(bar), interrupt.token());
  }
  CorpusStore store(database);
  if (hasLabelFile) {
    try {
      const auto match = attach_labels(database, corpus, labels);
      if (!context.json && !match.left_out().empty()) std::cout << match.left_out() << '\n';
    } catch (const UserError& error) {
      throw UserError(std::string(error.what()) + " \"" + corpus.name +
                      "\" is taken in without labels: \"pretext label\" attaches them later.");
    }
    corpus = store.get(corpus.id);
  }
  const auto skipped = store.skipped(corpus.id);
  if (context.json) {
    printJson(corpusJson(corpus, skipped));
  } else {
    describe(corpus, skipped);
  }
}

}  // namespace

void addSeriesCommand(CLI::App& root, CommandContext& context) {
  auto* series = root.get_subcommand("ingest")->add_subcommand(
      "series", "Measurements over time: a CSV with a column of times, or a folder of such");
  series->footer("Example: pretext ingest series sensors/ --time-column timestamp --name sensors");
  const auto arguments = std::make_shared<SeriesArguments>();
  series->add_option("source", arguments->source, "CSV or TSV, or a folder of them (.gz too)")
      ->required();
  series->add_option("--name", arguments->name, "Name of the corpus")->required();
  series->add_option("--time-column", arguments->reading.time_column,
                     "Name, or number from 1 (default: recognised)");
  series->add_option("--labels", arguments->labels,
                     "folders, none, or a CSV of file and class (default: what is found)");
  series->add_option("--classes", arguments->classes,
                     "Sub-folders that are classes: first (level) or path (the whole way)");
  series->add_option("--test", arguments->test, "A test part of its own, with the same columns");
  series->add_flag("--update", arguments->isUpdate, "Take it in as a new version of the corpus");
  series->callback([&context, arguments] { ingestSeries(context, *arguments); });
}

}  // namespace pretext
