#include "app/commands/command.h"
#include "app/commands/corpus_output.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/corpus/corpus.h"
#include "core/corpus/duplicates.h"
#include "core/corpus/image_checks.h"
#include "core/corpus/image_subset.h"
#include "core/corpus/ingest.h"
#include "core/corpus/label_list.h"
#include "core/corpus/source_look.h"
#include "core/text/printable.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

namespace pretext {
namespace {

using nlohmann::ordered_json;

struct IngestArguments {
  std::string source, name, labels, test, test_labels, size = "256", fit = "crop";
  std::string classes = "first";
  bool update = false;
};

ResizeOptions parseSize(const std::string& size, const std::string& fit) {
  constexpr int kLargestSide = 8192;  // px, as in the window.
  ResizeOptions options;
  const auto side = [&size](std::string_view text, int least) {
    int number = -1;
    const auto* begin = text.data();
    const auto* end = begin + text.size();
    const auto [stopped, error] = std::from_chars(begin, end, number);
    if (error == std::errc{} && stopped == end && number >= least && number <= kLargestSide)
      return number;
    throw UserError("--size takes a side like 256, or WxH like 224x224, up to " +
                    std::to_string(kLargestSide) + " px, got \"" + size + "\".");
  };
  const std::string_view text = size;
  if (const auto cross = text.find('x'); cross != std::string_view::npos) {
    options.width = options.shorter_side = side(text.substr(0, cross), 1);
    options.height = side(text.substr(cross + 1), 1);
  } else {
    options.shorter_side = side(text, 0);
  }
  options.fit = fit == "pad"       ? ResizeOptions::Fit::kPad
                : fit == "stretch" ? ResizeOptions::Fit::kStretch
                                   : ResizeOptions::Fit::kCrop;
  return options;
}

void ingest(const CommandContext& context, const IngestArguments& arguments) {
  auto database = openWorkspace(context);
  const auto size = parseSize(arguments.size, arguments.fit);
  const auto classes = class_folders(arguments.classes);
  const auto source = open_image_source(arguments.source, arguments.labels, size, classes);
  std::vector<const ImageSource*> sources = {source.get()};
  std::unique_ptr<ImageSource> test;
  if (!arguments.test.empty()) {
    test = as_test_part(open_image_source(arguments.test, arguments.test_labels, size, classes));
    sources.push_back(test.get());
  }
  std::int64_t bytes = 0;
  for (const auto* part : sources) bytes += look_at(*part).packed_bytes;
  const auto space = std::filesystem::space(context.workspace);
  if (!context.json) {
    std::cout << "Found " << count_of(std::ssize(source->origins()), "image", "images") << " ("
              << source->kind() << "); the packed corpus needs about " << byte_count(bytes) << ", "
              << byte_count(static_cast<std::int64_t>(space.available)) << " are free." << '\n'
              << std::flush;
  }
  requireSpace(context.workspace, bytes, "take a smaller --size");
  const StopOnInterrupt interrupt;
  CorpusRecord corpus;
  {
    ProgressBar bar("Ingest");
    corpus = ingest_images(
        database, sources,
        {.name = arguments.name,
         .source = printable_name(arguments.source),
         .update = arguments.update},
        [&](const IngestProgress& progress) {
          bar.show(static_cast<double>(progress.num_done) / static_cast<double>(progress.num_total),
                   std::to_string(progress.num_done) + "/" + std::to_string(progress.num_total) +
                       ", " + duration(progress.seconds_left) + " left");
        },
        interrupt.token());
  }
  const auto skipped = CorpusStore(database).skipped(corpus.id);
  if (context.json) {
    printJson(corpusJson(corpus, skipped));
    return;
  }
  std::cout << "Corpus \"" << corpus.name
            << "\": " << count_of(corpus.num_samples, "sample, ", "samples, ")
            << count_of(std::ssize(corpus.classes), "class, ", "classes, ")
            << count_of(corpus.num_duplicates, "exact duplicate, ", "exact duplicates, ")
            << count_of(std::ssize(skipped), "file skipped, ", "files skipped, ")
            << byte_count(corpus.bytes) << ".\n";
  if (arguments.update) {
    std::cout << count_of(corpus.num_reused, "sample is", "samples are")
              << " unchanged since version " << corpus.version - 1 << " and not read again.\n";
  }
  printNotes(corpus);
  printSkipped(skipped);
}

void listCorpora(const CommandContext& context) {
  auto database = openWorkspace(context);
  CorpusStore store(database);
  const auto corpora = store.list();
  if (context.json) {
    ordered_json list = ordered_json::array();
    for (const auto& corpus : corpora) list.push_back(corpusJson(corpus, store.skipped(corpus.id)));
    printJson(list);
    return;
  }
  if (corpora.empty()) {
    std::cout << "No corpora yet: make one with \"pretext ingest images SRC --name NAME\".\n";
    return;
  }
  std::vector<std::vector<std::string>> rows = {
      {"name", "kind", "samples", "classes", "size", "disk"}};
  for (const auto& corpus : corpora) {
    rows.push_back({corpus.name, corpus.kind, std::to_string(corpus.num_samples),
                    std::to_string(corpus.classes.size()), corpusSize(corpus),
                    byte_count(corpus.bytes)});
  }
  printTable(rows);
}

struct CheckArguments {
  std::string corpus;
  bool near = false, small = false;
  std::string without_as;
};

/// Small ones are groups of their own.
std::vector<std::vector<std::int64_t>> checkedGroups(Database& database, const Corpus& corpus,
                                                     const CheckArguments& arguments) {
  if (arguments.near) return near_duplicate_groups(corpus);
  if (!arguments.small) return duplicate_groups(database, corpus.record().id);
  std::vector<std::vector<std::int64_t>> groups;
  for (const auto position : small_images(corpus)) groups.push_back({position});
  return groups;
}

/// Makes the corpus without them and says what is in it.
void leaveOut(const CommandContext& context, Database& database, const Corpus& corpus,
              const std::vector<std::vector<std::int64_t>>& groups,
              const CheckArguments& arguments) {
  std::set<std::int64_t> leftOut;
  if (arguments.small)
    for (const auto& alone : groups) leftOut.insert(alone.front());
  else
    leftOut = all_but_best(corpus, groups);
  const auto kept = leave_out_images(database, corpus, leftOut, arguments.without_as);
  if (context.json) {
    printJson(corpusJson(kept, CorpusStore(database).skipped(kept.id)));
    return;
  }
  std::cout << '"' << kept.name << "\" has " << grouped(kept.num_samples) << " images, "
            << grouped(std::ssize(leftOut)) << " of \"" << corpus.record().name
            << "\" are left out.\n";
}

void listDuplicates(const CommandContext& context, const CheckArguments& arguments) {
  auto database = openWorkspace(context);
  const auto record = CorpusStore(database).require(arguments.corpus);
  if (record.kind == "text")
    throw UserError("\"" + record.name +
                    "\" is of text, whose duplicates are left out when it is read.");
  if (record.kind != "images")
    throw UserError("\"" + record.name + "\" is of " + record.kind +
                    ", and copies are looked for among images: name a corpus of those.");
  const Corpus corpus(database, record);
  const auto groups = checkedGroups(database, corpus, arguments);
  if (!arguments.without_as.empty()) return leaveOut(context, database, corpus, groups, arguments);
  ordered_json document = ordered_json::array();
  std::vector<std::vector<std::string>> rows = {{"group", "file"}};
  for (const auto& group : groups) {
    ordered_json files = ordered_json::array();
    for (const auto position : group) {
      files.push_back(corpus.source(position));
      rows.push_back({std::to_string(document.size() + 1), corpus.source(position)});
    }
    document.push_back(files);
  }
  if (context.json) {
    printJson(document);
  } else if (document.empty()) {
    std::cout << (arguments.near    ? "No two images look nearly alike, but for exact copies.\n"
                  : arguments.small ? "No image has a side below half of that of default views.\n"
                                    : "No image is an exact copy of another.\n");
  } else {
    printTable(rows);
  }
}

struct LabelArguments {
  std::string corpus, file, part;
};

void attachLabels(const CommandContext& context, const LabelArguments& arguments) {
  constexpr std::size_t kMostListed = 100;
  const auto part = corpus_part(arguments.part);
  auto database = openWorkspace(context);
  const auto rows = read_label_csv(arguments.file);
  const auto match =
      attach_labels(database, CorpusStore(database).require(arguments.corpus), rows, part);
  const auto leftOut = match.left_out();
  auto unknown = match.unknown;
  unknown.resize(std::min(kMostListed, unknown.size()));
  tell(context,
       count_of(std::ssize(match.classes), "sample labelled.", "samples labelled.") +
           (leftOut.empty() ? "" : " " + leftOut),
       {{"corpus", arguments.corpus},
        {"labelled", match.classes.size()},
        {"num_unknown", match.unknown.size()},
        {"unknown", unknown},
        {"without_class", match.num_without_class}});
}

}  // namespace

void addCorpusCommands(CLI::App& root, CommandContext& context) {
  const auto checks = std::make_shared<CheckArguments>();
  auto* duplicates =
      root.add_subcommand("duplicates", "Which images are exact copies of each other");
  duplicates->footer(
      "Examples: pretext duplicates photos\n"
      "          pretext duplicates photos --near\n"
      "          pretext duplicates photos --near --without-as photos-cleaned");
  duplicates->add_option("corpus", checks->corpus, "Name of the corpus")->required();
  auto* near = duplicates->add_flag("--near", checks->near,
                                    "Instead those that look nearly alike: resized, saved again");
  duplicates
      ->add_flag("--small", checks->small,
                 "Instead those that default views enlarge more than twofold")
      ->excludes(near);
  duplicates->add_option(
      "--without-as", checks->without_as,
      "Makes a corpus of this name without them: of each group the largest stays");
  duplicates->callback([&context, checks] { listDuplicates(context, *checks); });

  auto* ingesting = root.add_subcommand("ingest", "Take files into the workspace, once");
  ingesting->require_subcommand(1);
  auto* images = ingesting->add_subcommand(
      "images", "A folder of images, an IDX file pair, or CIFAR binaries");
  images->footer("Example: pretext ingest images ~/photos --name photos");
  const auto arguments = std::make_shared<IngestArguments>();
  images->add_option("source", arguments->source, "Folder, IDX file or CIFAR folder")->required();
  images->add_option("--name", arguments->name, "Name of the corpus")->required();
  images->add_option("--labels", arguments->labels,
                     "folders, none, or a CSV or IDX file (default: what is found)");
  images->add_option("--classes", arguments->classes,
                     "Sub-folders that are classes: first (level) or path (the whole way)");
  images->add_option("--size", arguments->size,
                     "Shorter side in px, never up (0: as they are), or WxH");
  images->add_option("--fit", arguments->fit, "For WxH: crop, pad or stretch")
      ->check(CLI::IsMember({"crop", "pad", "stretch"}));
  images->add_option("--test", arguments->test, "A test part of its own");
  images->add_option("--test-labels", arguments->test_labels, "Labels of the test part");
  images->add_flag("--update", arguments->update, "Take it in as a new version of the corpus");
  images->callback([&context, arguments] { ingest(context, *arguments); });

  root.add_subcommand("corpora", "List the corpora")
      ->footer("Example: pretext corpora --json")
      ->callback([&context] { listCorpora(context); });

  auto* label = root.add_subcommand("label", "Attach labels to a corpus");
  label->footer(
      "Examples: pretext label photos labels.csv\n"
      "          pretext label digits test.csv --part test");
  const auto labelArguments = std::make_shared<LabelArguments>();
  label->add_option("corpus", labelArguments->corpus, "Name of the corpus")->required();
  label
      ->add_option("file", labelArguments->file,
                   "CSV or TSV: file and class; with a header also further columns")
      ->required();
  label->add_option("--part", labelArguments->part,
                    "train or test: the samples that the file is of (default: any)");
  label->callback([&context, labelArguments] { attachLabels(context, *labelArguments); });
}

}  // namespace pretext
