#include "app/commands/command.h"
#include "app/commands/output.h"
#include "app/run_archive.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/format.h"
#include "core/base/new_file.h"
#include "core/encoder/encoder_registry.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"
#include "core/store/corpus_store.h"
#include "core/store/run_store.h"
#include "core/store/whole_checkpoint.h"
#include "core/text/vocabulary.h"
#include "core/weights/averaged.h"
#include "core/weights/hugging_face.h"
#include "core/weights/imported.h"
#include "core/weights/safetensors.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

namespace pretext {
namespace {

struct WeightArguments {
  std::int64_t run = 0;
  std::string format = "safetensors", path, name;
  bool replaces = false;
};

/// torchvision's networks have a classifier; ours has none, so that zeros stand in its place.
void addZeroClassifier(WeightMap& weights, std::int64_t features, bool isResNet) {
  constexpr std::int64_t kClasses = 1000;
  const std::string name = isResNet ? "fc" : "heads.head";
  WeightTensor matrix{.dtype = "F32", .shape = {kClasses, features}, .data = {}};
  matrix.data.resize(static_cast<std::size_t>(kClasses * features) * sizeof(float));
  WeightTensor bias{.dtype = "F32", .shape = {kClasses}, .data = {}};
  bias.data.resize(kClasses * sizeof(float));
  weights[name + ".weight"] = std::move(matrix);
  weights[name + ".bias"] = std::move(bias);
}

WeightMap encoderWeights(const CommandContext& context, Database& database, std::int64_t run,
                         bool isResNet) {
  const auto checkpoint = require_whole_checkpoint(database, run);
  WeightMap weights;
  const std::string prefix = "encoder.";
  const std::string classifier = "objective.classifier.";  // Of a fine-tuned run.
  for (auto& [name, tensor] : averaged(read_safetensors(context.workspace / checkpoint.path))) {
    if (name.starts_with(prefix)) {
      weights[name.substr(prefix.size())] = std::move(tensor);
    } else if (name.starts_with(classifier)) {  // By torchvision's name for it.
      weights[(isResNet ? "fc." : "heads.head.") + name.substr(classifier.size())] =
          std::move(tensor);
    }
  }
  return weights;
}

void exportCurves(Database& database, std::int64_t run, const std::string& path) {
  write_text_file(path, curvesCsv(database, run));
}

/// Returns what there is to remark.
std::string exportText(const CommandContext& context, Database& database, const RunRecord& run,
                       const std::string& path) {
  const auto corpus = CorpusStore(database).get(run.corpus_id);
  const auto checkpoint = averaged(
      read_safetensors(context.workspace / require_whole_checkpoint(database, run.id).path));
  const auto experiment = Experiment::from_json(run.resolved);
  const auto shape = text_encoder_shape(experiment, 0);
  const auto vocabulary = Vocabulary::from_file(context.workspace / corpus.path / "tokenizer.json");
  const auto& objective = find_objective(run.objective);
  const bool isGpt =
      shape.family == TextFamily::kGpt && objective.text_task == TextTask::kNextPiece;
  if (isGpt) {
    write_hugging_face_gpt(path, checkpoint, shape, vocabulary);
    return "";
  }
  const bool isLanguage = objective.text_task == TextTask::kMaskedPieces;
  const bool hasFullHead = isLanguage && experiment.text("objective.head") == "bert";
  if (shape.family == TextFamily::kModernBert && hasFullHead) {
    write_hugging_face_modern(path, checkpoint, shape, vocabulary);
    return objective.pairs == PairKind::kNone
               ? ""
               : " Its head for pairs is left out: ModernBERT has none.";
  }
  if (shape.family != TextFamily::kBert) {
    throw UserError("Run " + std::to_string(run.id) + " is " + run.objective + " on a " +
                    experiment.text("encoder.kind") +
                    ", which cannot be exported so far: its checkpoints in the workspace are "
                    "safetensors files with Hugging Face's names.");
  }
  if (!objective.is_supervised) {
    if (isLanguage && !hasFullHead) {
      throw UserError("Run " + std::to_string(run.id) +
                      " has bare dense heads, which Hugging Face's BERT has not: train with "
                      "objective.head = bert to export it.");
    }
    if (!isLanguage) {
      write_hugging_face_encoder(path, checkpoint, shape, vocabulary);
      return " It is the encoder alone, which BertModel loads.";
    }
    const bool lacksPairs = write_hugging_face(path, checkpoint, shape, vocabulary);
    return lacksPairs ? " Its next-sentence head is left at zero: this run has none." : "";
  }
  if (experiment.text("objective.pooling") != "first") {
    throw UserError("Run " + std::to_string(run.id) +
                    " classifies by the mean of the states, which Hugging Face's BERT does not: "
                    "fine-tune with --set objective.pooling=first to export it.");
  }
  write_hugging_face_classifier(path, checkpoint, shape, vocabulary, corpus.classes);
  return "";
}

void exportRun(const CommandContext& context, WeightArguments& arguments) {
  const auto place = arguments.format == "huggingface" ? writable_folder(arguments.path)
                                                       : writable_file(arguments.path);
  arguments.path = place.string();  // Of a link: it stays, and what it leads to is written.
  auto database = openWorkspace(context);
  const auto run = RunStore(database).require(arguments.run);
  std::string remark;
  if (arguments.format == "csv") {
    exportCurves(database, run.id, arguments.path);
  } else if (arguments.format == "zip") {
    for (const auto& checkpoint : writeRunArchive(database, run.id, arguments.path))
      remark += " " + checkpoint + " is missing or damaged and was left out.";
  } else {
    if (run.resolved.empty())
      throw UserError("Run " + std::to_string(run.id) + " has not begun yet: let it train first.");
    const bool isText = find_objective(run.objective).corpus_kind == "text";
    if (isText != (arguments.format == "huggingface")) {
      throw UserError(isText ? "A run on text is exported with --format huggingface, csv for its "
                               "curves, or zip for all of it."
                             : "A run on images is exported with --format safetensors or "
                               "torchvision, csv for its curves, or zip for all of it.");
    }
    if (isText) {
      remark = exportText(context, database, run, arguments.path);
      return tell(context,
                  "Run " + std::to_string(run.id) + " is in " + arguments.path + "." + remark,
                  {{"id", run.id}, {"format", arguments.format}, {"path", arguments.path}});
    }
    const auto experiment = Experiment::from_json(run.resolved);
    const auto shape = encoder_shape(experiment, 3, experiment.integer("views.size"));
    const bool isResNet = shape.kind.family == EncoderFamily::kResNet;
    auto weights = encoderWeights(context, database, run.id, isResNet);
    const bool hasClassifier = weights.contains(isResNet ? "fc.weight" : "heads.head.weight");
    if (arguments.format == "torchvision" && !hasClassifier) {
      addZeroClassifier(weights, shape.num_features(), isResNet);
      remark = " Its classifier is left at zero: pretraining has none.";
    }
    write_safetensors(arguments.path, weights);
  }
  tell(context, "Run " + std::to_string(run.id) + " is in " + arguments.path + "." + remark,
       {{"id", run.id}, {"format", arguments.format}, {"path", arguments.path}});
}

void importText(const CommandContext& context, const WeightArguments& arguments) {
  const std::filesystem::path folder = arguments.path;
  const auto model = read_hugging_face(folder);
  const bool isGpt = model.shape.family == TextFamily::kGpt;
  const auto hasJson = isGpt || std::filesystem::exists(folder / "tokenizer.json");
  const auto vocabulary =
      Vocabulary::from_file(folder / (hasJson ? "tokenizer.json" : "vocab.txt"));
  keep_imported(context.workspace, arguments.name, model, vocabulary);
  const auto cut = imported_folder(context.workspace, arguments.name) / "tokenizer.json";
  tell(context,
       std::string("Imported a ") + (isGpt ? "GPT" : "BERT") + " of " +
           std::to_string(model.shape.layers) + " layers of " + std::to_string(model.shape.width) +
           ", " + (model.has_heads ? "with" : "without") +
           " its language head: start from it with --set encoder.weights=" + arguments.name +
           " on a corpus cut with --vocab " + cut.string() + ".",
       {{"name", arguments.name},
        {"tensors", model.weights.size()},
        {"has_heads", model.has_heads}});
}

void importWeights(const CommandContext& context, const WeightArguments& arguments) {
  require_free_weights(context.workspace, arguments.name, arguments.replaces);
  if (std::filesystem::is_directory(arguments.path)) return importText(context, arguments);
  auto weights = read_safetensors(arguments.path);
  const auto numClassifier = std::erase_if(weights, [](const auto& item) {
    return item.first.starts_with("fc.") || item.first.starts_with("heads.");
  });
  if (!weights.contains("conv1.weight") && !weights.contains("conv_proj.weight")) {
    throw UserError(arguments.path +
                    " has no tensor \"conv1.weight\" or \"conv_proj.weight\": give weights with "
                    "torchvision's names of a ResNet or ViT.");
  }
  const auto file = imported_file(context.workspace, arguments.name);
  std::filesystem::create_directories(file.parent_path());
  write_safetensors(file, weights);
  std::filesystem::remove_all(
      imported_folder(context.workspace, arguments.name));  // Of one for text.
  tell(context,
       "Imported " + std::to_string(weights.size()) +
           " tensors: start from them with --set encoder.weights=" + arguments.name + "." +
           (numClassifier > 0 ? " The classifier was left out: pretraining has none." : ""),
       {{"name", arguments.name},
        {"tensors", weights.size()},
        {"classifier_left_out", numClassifier > 0}});
}

void listWeights(const CommandContext& context) {
  const auto all = list_imported(context.workspace);
  if (context.json) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& one : all)
      list.push_back({{"name", one.name}, {"kind", one.kind}, {"bytes", one.bytes}});
    printJson(list);
    return;
  }
  if (all.empty()) {
    std::cout << "No imported weights yet: bring some with \"pretext import PATH --name NAME\".\n";
    return;
  }
  std::vector<std::vector<std::string>> rows = {{"name", "for", "disk"}};
  for (const auto& one : all) rows.push_back({one.name, one.kind, byte_count(one.bytes)});
  printTable(rows);
}

void removeWeights(const CommandContext& context, const std::string& name) {
  remove_imported(context.workspace, name);
  tell(context, "The weights \"" + name + "\" are gone.", {{"removed", name}});
}

}  // namespace

void addWeightCommands(CLI::App& root, CommandContext& context) {
  const auto arguments = std::make_shared<WeightArguments>();
  auto* exporting = root.add_subcommand("export", "A run's encoder, its curves, or all of it");
  exporting->footer("Example: pretext export 3 --format torchvision --out resnet50.safetensors");
  exporting->add_option("run", arguments->run, "Number of the run")->required();
  exporting
      ->add_option(
          "--format", arguments->format,
          "safetensors, torchvision (with a zero classifier), huggingface (a folder), csv (curves) "
          "or zip (the whole run)")
      ->check(CLI::IsMember({"safetensors", "torchvision", "huggingface", "csv", "zip"}));
  exporting->add_option("--out", arguments->path, "File, or folder, to write")->required();
  exporting->callback([&context, arguments] { exportRun(context, *arguments); });

  auto* importing = root.add_subcommand("import", "Pretrained weights, to start runs from");
  importing->footer("Example: pretext import resnet50.safetensors --name imagenet");
  importing
      ->add_option("file", arguments->path,
                   "safetensors with torchvision's names, or a folder of Hugging Face's")
      ->required();
  importing->add_option("--name", arguments->name, "Name to use in encoder.weights")->required();
  importing->add_flag("--replace", arguments->replaces, "Take the place of weights of that name");
  importing->callback([&context, arguments] { importWeights(context, *arguments); });

  const auto removed = std::make_shared<std::string>();
  auto* listing = root.add_subcommand("weights", "List imported weights, or remove some");
  listing->footer(
      "Examples: pretext weights\n"
      "          pretext weights --remove imagenet");
  listing->add_option("--remove", *removed, "Delete the weights of this name");
  listing->callback([&context, removed] {
    removed->empty() ? listWeights(context) : removeWeights(context, *removed);
  });
}

}  // namespace pretext
