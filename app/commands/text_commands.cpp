#include "app/commands/command.h"
#include "app/commands/corpus_output.h"
#include "app/commands/number_check.h"
#include "app/commands/output.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/json_file.h"
#include "core/corpus/text_ingest.h"
#include "core/store/job_store.h"
#include "core/store/run_store.h"
#include "core/text/piece_encoder.h"
#include "core/text/printable.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

using nlohmann::ordered_json;

struct TextArguments {
  std::string source, name, test, documents = "auto", vocabulary, classes = "first";
  TextSourceOptions reading;
  TextIngestOptions text;
  double validationShare = 0.1;
  bool isUpdate = false, isCased = false;
  bool keepsDuplicates = false, keepsForm = false, keepsControl = false, keepsBlanks = false;
};

void finishOptions(TextArguments& arguments) {
  arguments.reading.documents = document_unit(arguments.documents);
  arguments.reading.classes = class_folders(arguments.classes);
  arguments.text.vocabulary_file = arguments.vocabulary;
  arguments.text.is_uncased = !arguments.isCased;
  arguments.text.drops_duplicates = !arguments.keepsDuplicates;
  arguments.text.cleaning.compose = !arguments.keepsForm;
  arguments.text.cleaning.control = !arguments.keepsControl;
  arguments.text.cleaning.white_space = !arguments.keepsBlanks;
}

/// A corpus just made, for people.
void describe(const CorpusRecord& corpus, const std::vector<SkippedFile>& skipped) {
  const auto details = TextDetails::from_json(corpus.details);
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  std::cout << "Corpus \"" << corpus.name
            << "\": " << count_of(corpus.num_samples, "document, ", "documents, ")
            << count_of(details.num_sentences, "sentence, ", "sentences, ")
            << count_of(details.num_pieces, "piece", "pieces") << " of a vocabulary of "
            << grouped(details.vocabulary_size) << ", "
            << count_of(std::ssize(corpus.classes), "class, ", "classes, ")
            << byte_count(corpus.bytes) << ".\n"
            << "Read as " << details.kind << "; a document is "
            << (details.documents == "blank-line" ? "what blank lines part"
                                                  : "a " + details.documents)
            << ", lines are of kind " << details.lines << ".\n"
            << "[UNK] " << percent(share(details.num_unknown, details.num_pieces)) << " of pieces; "
            << fixed(share(details.num_pieces, details.num_words), 2) << " pieces a word.\n"
            << "Cleaning: " << details.cleaning.num_invalid << " invalid byte sequences replaced; "
            << details.cleaning.num_control << " documents lost control characters, "
            << details.cleaning.num_composed << " were composed, "
            << details.cleaning.num_white_space << " had extra blanks, "
            << details.cleaning.num_markup << " lost markup; " << details.num_boilerplate
            << " lines of boilerplate; " << corpus.num_duplicates << " exact duplicates; "
            << details.num_too_short << " too short, " << details.num_too_long << " too long; "
            << skipped.size() << " skipped.\n";
  if (!details.invalid_in.empty()) {
    std::cout << "Invalid bytes in:";
    for (const auto& source : details.invalid_in) std::cout << ' ' << source;
    std::cout << "\nWere these Latin-1 or Windows-1252, \"iconv -f WINDOWS-1252 -t UTF-8\" would "
                 "bring them to UTF-8.\n";
  }
  if (details.num_unlabelled > 0 && !corpus.classes.empty())
    std::cout << "Documents without a label: " << details.num_unlabelled << ".\n";
  printNotes(corpus);
  printSkipped(skipped);
}

void report(const CommandContext& context, Database& database, const CorpusRecord& corpus) {
  const auto skipped = CorpusStore(database).skipped(corpus.id);
  if (context.json) {
    printJson(corpusJson(corpus, skipped));
  } else {
    describe(corpus, skipped);
  }
}

void ingestText(const CommandContext& context, TextArguments& arguments) {
  finishOptions(arguments);
  auto database = openWorkspace(context);
  const auto source = open_text_source(arguments.source, arguments.reading);
  std::unique_ptr<TextSource> test;
  if (!arguments.test.empty()) test = open_text_source(arguments.test, arguments.reading);
  requireSpace(context.workspace, packed_text_bytes(source->look().num_bytes),
               "take a smaller source");
  const StopOnInterrupt interrupt;
  CorpusRecord corpus;
  {
    ProgressBar bar("Ingest");
    corpus = ingest_text(database, *source, test.get(),
                         {.name = arguments.name,
                          .source = printable_name(arguments.source),
                          .update = arguments.isUpdate,
                          .validation_share = arguments.validationShare},
                         arguments.text, showingBytes(bar), interrupt.token());
  }
  report(context, database, corpus);
  const auto& columns = source->look().columns;
  if (context.json || columns.size() < 2 || !arguments.reading.label_column.empty()) return;
  std::cout << "Its columns are";
  for (const auto& column : columns) std::cout << ' ' << column;
  std::cout << ": --label-column takes one of them as classes.\n";
}

void retokenizeCorpus(const CommandContext& context, TextArguments& arguments) {
  finishOptions(arguments);
  auto database = openWorkspace(context);
  const StopOnInterrupt interrupt;
  CorpusRecord corpus;
  {
    ProgressBar bar("Cut");
    corpus =
        retokenize(database, arguments.name, arguments.text, showingBytes(bar), interrupt.token());
  }
  report(context, database, corpus);
}

struct TokenizeArguments {
  std::string corpus, vocabulary, text;
  bool idsOnly = false;
};

void printTokens(const CommandContext& context, const Vocabulary& vocabulary,
                 const std::string& text, const std::vector<Token>& tokens, bool idsOnly) {
  if (context.json) {
    ordered_json list = ordered_json::array();
    for (const auto& token : tokens) {
      list.push_back({{"piece", vocabulary.piece(token.id)},
                      {"id", token.id},
                      {"begin", token.begin},
                      {"end", token.end}});
    }
    printJson(ordered_json{{"text", text}, {"tokens", list}}, kOneLine);
    return;
  }
  std::string line;
  for (const auto& token : tokens) {
    if (!line.empty()) line += ' ';
    line += idsOnly ? std::to_string(token.id) : vocabulary.piece(token.id);
  }
  std::cout << line << '\n';
}

void tokenize(const CommandContext& context, const TokenizeArguments& arguments) {
  if (arguments.corpus.empty() == arguments.vocabulary.empty())
    throw UserError("Whose pieces? Add either --corpus NAME or --vocab FILE.");
  std::optional<Vocabulary> vocabulary;
  if (!arguments.vocabulary.empty()) {
    vocabulary = Vocabulary::from_file(arguments.vocabulary);
  } else {
    auto database = openWorkspace(context);
    const auto corpus = CorpusStore(database).require(arguments.corpus);
    if (corpus.kind != "text")
      throw UserError("The corpus \"" + corpus.name + "\" is of " + corpus.kind +
                      ", not text: name another or add --vocab FILE.");
    vocabulary = Vocabulary::from_file(context.workspace / corpus.path / "tokenizer.json");
  }
  PieceEncoder encoder(*vocabulary, true);
  std::vector<Token> tokens;
  const auto show = [&](const std::string& text) {
    tokens.clear();
    encoder.encode(text, tokens);
    printTokens(context, *vocabulary, text, tokens, arguments.idsOnly);
  };
  if (!arguments.text.empty()) return show(arguments.text);
  for (std::string line; std::getline(std::cin, line);) show(line);
}

/// What the engine answers to a job about a run.
ordered_json answerOf(const CommandContext& context, const std::string& kind, std::int64_t run,
                      const ordered_json& parameters) {
  auto database = openWorkspace(context);
  JobStore jobs(database);
  const auto job = jobs.submit(kind, RunStore(database).require(run).id, parameters.dump());
  jobs.ensure_engines();
  followJob(database, job, kind);
  return parse_ordered_json(jobs.find(job)->result, "The engine's answer", "ask again");
}

void fill(const CommandContext& context, std::int64_t run, const std::string& text) {
  const auto result = answerOf(context, "fill", run, {{"text", text}});
  if (context.json) {
    printJson(result);
    return;
  }
  for (std::size_t blank = 0; blank < result["blanks"].size(); ++blank) {
    std::cout << "[MASK] " << blank + 1 << ":";
    for (const auto& candidate : result["blanks"][blank]) {
      std::cout << "  \"" << candidate["piece"].get<std::string>() << "\" "
                << percent(candidate["probability"].get<double>());
    }
    std::cout << '\n';
  }
  if (result["untrained"].get<bool>())
    std::cout << "The head that tells pieces is untrained: these are guesses by chance.\n";
}

struct SampleArguments {
  std::int64_t run = 0, length = 60, topK = 40;
  std::uint64_t seed = 0;
  double temperature = 0.8;
  std::string text;
};

void sample(const CommandContext& context, const SampleArguments& arguments) {
  const auto result = answerOf(context, "sample", arguments.run,
                               {{"text", arguments.text},
                                {"length", arguments.length},
                                {"temperature", arguments.temperature},
                                {"top_k", arguments.topK},
                                {"seed", arguments.seed}});
  tell(context, result["text"].get<std::string>(), result);
}

void addSampleCommand(CLI::App& root, CommandContext& context) {
  auto* command = root.add_subcommand("sample", "A text that a GPT goes on with");
  command->footer("Example: pretext sample 4 \"The city of\" --temperature 0.7 --top-k 20");
  const auto arguments = std::make_shared<SampleArguments>();
  command->add_option("run", arguments->run, "Number of the run")->required();
  command->add_option("text", arguments->text, "How it begins (default: nothing)");
  command->add_option("--length", arguments->length, "Pieces to add at most (default 60)")
      ->check(between(1, 10'000));
  command
      ->add_option("--temperature", arguments->temperature,
                   "Divides the scores; 0 always takes the likeliest piece (default 0.8)")
      ->check(between(0.0, 100.0));
  command->add_option("--top-k", arguments->topK, "Chosen among this many; 0: all (default 40)")
      ->check(notNegative());
  command->add_option("--seed", arguments->seed, "Of the draws");
  command->callback([&context, arguments] { sample(context, *arguments); });
}

void addVocabularyOptions(CLI::App& command, TextArguments& arguments) {
  auto* file = command.add_option(
      "--vocab", arguments.vocabulary,
      "BERT's vocab.txt, or a tokenizer.json of WordPiece or GPT-2's byte pairs");
  command
      .add_option("--train-vocab", arguments.text.vocabulary_size,
                  "Learn a vocabulary of this many pieces from the training part (default 8192)")
      ->check(between(100, 1'000'000))
      ->excludes(file);
  command.add_flag("--cased", arguments.isCased, "Learn a vocabulary with capitals and accents");
}

void addRetokenizeCommand(CLI::App& root, CommandContext& context) {
  auto* again = root.add_subcommand("retokenize", "Cut a text corpus with another vocabulary");
  again->footer("Example: pretext retokenize reviews --train-vocab 30522");
  const auto cutting = std::make_shared<TextArguments>();
  again->add_option("corpus", cutting->name, "Name of the corpus")->required();
  addVocabularyOptions(*again, *cutting);
  again->callback([&context, cutting] { retokenizeCorpus(context, *cutting); });
}

void addTokenizeCommand(CLI::App& root, CommandContext& context) {
  auto* tokenizing = root.add_subcommand("tokenize", "Show the pieces of a text");
  tokenizing->footer("Example: pretext tokenize --corpus reviews \"What a film!\"");
  const auto asked = std::make_shared<TokenizeArguments>();
  tokenizing->add_option("text", asked->text, "The text (default: lines of standard input)");
  tokenizing->add_option("--corpus", asked->corpus, "With the vocabulary of this corpus");
  tokenizing->add_option("--vocab", asked->vocabulary, "With this vocab.txt or tokenizer.json");
  tokenizing->add_flag("--ids", asked->idsOnly, "Numbers, not pieces");
  tokenizing->callback([&context, asked] { tokenize(context, *asked); });
}

void addFillCommand(CLI::App& root, CommandContext& context) {
  auto* filling = root.add_subcommand("fill", "What a language model puts in the place of [MASK]");
  filling->footer("Example: pretext fill 3 \"the city of [MASK] is the capital\"");
  const auto blanks = std::make_shared<std::pair<std::int64_t, std::string>>();
  filling->add_option("run", blanks->first, "Number of the run")->required();
  filling->add_option("text", blanks->second, "A text with [MASK]")->required();
  filling->callback([&context, blanks] { fill(context, blanks->first, blanks->second); });
}

}  // namespace

void addTextCommands(CLI::App& root, CommandContext& context) {
  auto* text = root.get_subcommand("ingest")->add_subcommand(
      "text", "A text file, a folder of them, or rows of CSV, TSV or JSONL");
  text->footer(
      "Example: pretext ingest text reviews.csv --text-column review --label-column stars "
      "--name reviews");
  const auto arguments = std::make_shared<TextArguments>();
  auto& reading = arguments->reading;
  text->add_option("source", arguments->source, "File or folder (.gz too)")->required();
  text->add_option("--name", arguments->name, "Name of the corpus")->required();
  text->add_option("--documents", arguments->documents,
                   "Where documents end: auto, blank-line, file, row or line");
  text->add_option("--text-column", reading.text_column, "Name, or number from 1");
  text->add_option("--pair-column", reading.pair_column,
                   "A second text of each row; a classifier sees both as a pair");
  text->add_option("--label-column", reading.label_column, "Name, or number from 1");
  text->add_option("--header", reading.header, "Whether the first row names the columns")
      ->check(CLI::IsMember({"auto", "yes", "no"}));
  text->add_option("--labels", reading.labels, "folders or none (default: what is found)")
      ->check(CLI::IsMember({"folders", "none"}));
  text->add_option("--classes", arguments->classes,
                   "Sub-folders that are classes: first (level) or path (the whole way)");
  text->add_option("--test", arguments->test, "A test part of its own, read in the same way");
  text->add_option("--validation", arguments->validationShare,
                   "Share of the documents kept for validation (default 0.1)")
      ->check(between(0.0, 0.9));
  addVocabularyOptions(*text, *arguments);
  text->add_flag("--strip-markup", arguments->text.cleaning.markup,
                 "Take out HTML tags and entities");
  text->add_flag("--keep-duplicates", arguments->keepsDuplicates, "Keep equal documents");
  text->add_flag("--keep-form", arguments->keepsForm, "Do not compose characters (NFC)");
  text->add_flag("--keep-control", arguments->keepsControl, "Keep control characters");
  text->add_flag("--keep-blanks", arguments->keepsBlanks, "Keep runs of blanks");
  text->add_option("--drop-lines", arguments->text.most_line_uses,
                   "Take out lines that stand more than this many times, such as page headers")
      ->check(positive());
  text->add_option("--shortest", arguments->text.shortest,
                   "Leave out shorter documents, characters")
      ->check(notNegative());
  text->add_option("--longest", arguments->text.longest, "Leave out longer documents, characters")
      ->check(notNegative());
  text->add_flag("--update", arguments->isUpdate, "Take it in as a new version of the corpus");
  text->callback([&context, arguments] { ingestText(context, *arguments); });

  addRetokenizeCommand(root, context);
  addTokenizeCommand(root, context);
  addFillCommand(root, context);
  addSampleCommand(root, context);
}

}  // namespace pretext
