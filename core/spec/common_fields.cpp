#include "core/augment/view_recipe.h"
#include "core/encoder/encoder_registry.h"
#include "core/encoder/text_encoder.h"
#include "core/objective/objective_registry.h"
#include "core/spec/experiment.h"

#include <map>

namespace pretext {
namespace {

using Strings = std::vector<std::string>;

Field text(std::string key, std::string fallback, std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kText,
          .fallback = std::move(fallback),
          .label = std::move(label),
          .help = std::move(help)};
}

Field choice(std::string key, Strings choices, std::string fallback, std::string label,
             std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kChoice,
          .fallback = std::move(fallback),
          .choices = std::move(choices),
          .label = std::move(label),
          .help = std::move(help)};
}

Field integer(std::string key, std::int64_t fallback, double low, double high, std::string unit,
              std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kInteger,
          .fallback = fallback,
          .low = low,
          .high = high,
          .unit = std::move(unit),
          .label = std::move(label),
          .help = std::move(help)};
}

Field real(std::string key, double fallback, double low, double high, std::string label,
           std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kReal,
          .fallback = fallback,
          .low = low,
          .high = high,
          .label = std::move(label),
          .help = std::move(help)};
}

/// One whose 0 stands for something else.
Field with_zero(std::string meaning, Field field) {
  field.zero = std::move(meaning);
  return field;
}

Field boolean(std::string key, bool fallback, std::string label, std::string help) {
  return {.key = std::move(key),
          .kind = FieldKind::kBoolean,
          .fallback = fallback,
          .label = std::move(label),
          .help = std::move(help)};
}

std::vector<Field> general_fields() {
  return {
      text("name", "", "Name", "How the run is called in tables and charts."),
      text("corpus", "", "Corpus", "Name of the ingested corpus to train on."),
      with_zero(
          "all",
          integer("corpus_limit", 0, 0, 1e12, "samples", "Corpus limit",
                  "Train on this many samples, those with the smallest keyed hash; 0 takes all.")),
      integer("seed", 0, 0, 9e18, "", "Seed",
              "Decides initial weights, order and views; equal seeds give equal runs."),
      {.key = "device",
       .kind = FieldKind::kText,
       .fallback = std::string("auto"),
       .pattern = "auto|cpu|cuda:[0-9]{1,3}",
       .takes = "auto, cpu or cuda:N",
       .label = "Device",
       .help = "auto, cpu or cuda:N. auto takes a usable GPU, else the CPU."},
      boolean("keep_awake", true, "Keep awake",
              "While the run trains, an idle machine does not go to sleep, where the system can be "
              "asked for that."),
  };
}

std::vector<Field> encoder_fields() {
  Strings kinds;
  for (const auto& encoder : encoder_kinds()) kinds.push_back(encoder.name);
  return {
      choice("encoder.kind", kinds, "resnet18", "Encoder", "The backbone that is trained."),
      integer("encoder.width", 64, 4, 512, "channels", "Width",
              "Channels of a ResNet's first stage; 64 is the standard network."),
      choice("encoder.stem", {"auto", "imagenet", "small", "small-stride2"}, "auto", "Stem",
             "small: 3x3, stride 1, no max-pool, for images up to 64 px; small-stride2 is four "
             "times as quick. imagenet: 7x7, stride 2, max-pool. auto chooses by the views' size."),
      with_zero("the network's own",
                integer("encoder.blocks", 0, 0, 8, "blocks", "Blocks a stage",
                        "0 takes the network's own numbers; 1 makes a small, quick ResNet.")),
      text("encoder.weights", "", "Initial weights",
           "Name of imported weights to start from; empty starts at random."),
  };
}

std::vector<Field> training_fields() {
  auto learning_rate = real("training.learning_rate", 0.06, 0, 100, "Learning rate",
                            "Peak of the schedule, after learning-rate scaling.");
  learning_rate.low_is_open = true;
  return {
      with_zero(
          "keeps the initial weights",
          integer(
              "training.epochs", 20, 0, 1e6, "epochs", "Epochs",
              "Passes over the training split; 0 keeps the initial weights, to evaluate imported "
              "ones.")),
      with_zero(
          "as many as the epochs take",
          integer(
              "training.steps", 0, 0, 1e9, "steps", "Steps",
              "Bounds the run by optimiser steps instead of epochs; 0 leaves it to the epochs.")),
      {.key = "training.budget",
       .kind = FieldKind::kText,
       .fallback = std::string(),
       .pattern = R"(|[0-9]+(\.[0-9]+)? ?(s|m|min|h)?|[0-9]+ ?h ?[0-9]+ ?(m|min)?)",
       .takes = "a time such as 90 s, 45 min, 2h or 1h30, or nothing",
       .label = "Time budget",
       .help = "Ends the run, and its schedule, after this time of training, e.g. 2h, without "
               "pauses, evaluation and checkpoints; before steps and epochs. Empty: none."},
      integer("training.batch_size", 256, 2, 1 << 20, "images", "Batch size",
              "Images a step; each gives two views, the others are its negatives."),
      integer("training.accumulation", 1, 1, 1024, "micro-batches", "Accumulation",
              "Micro-batches a step. It saves memory but gives no new negatives."),
      choice("training.optimizer", {"sgd", "adam", "adamw", "lars"}, "sgd", "Optimiser",
             "SGD with Nesterov momentum, Adam, AdamW, or LARS for very large batches."),
      learning_rate,
      choice("training.lr_scaling", {"none", "linear", "sqrt"}, "none", "Learning-rate scaling",
             "linear multiplies by batch/256, sqrt by the square root of it."),
      real("training.momentum", 0.9, 0, 0.9999, "Momentum", "Of SGD and LARS."),
      real("training.weight_decay", 5e-4, 0, 1, "Weight decay",
           "Biases and batch-norm parameters are excluded."),
      choice("training.schedule", {"cosine", "linear", "wsd", "constant", "step"}, "cosine",
             "Schedule",
             "Course of the learning rate after warm-up; wsd stays at the peak and falls over the "
             "last fifth."),
      real(
          "training.warmup_epochs", 1, 0, 1e6, "Warm-up",
          "Epochs over which the learning rate rises linearly from 0; at most a fifth of the run."),
      with_zero("no clipping", real("training.clip_norm", 0, 0, 1e6, "Gradient clipping",
                                    "Largest norm of the whole gradient; 0 does not clip.")),
      with_zero("none", real("training.ema", 0, 0, 0.99999, "Weight average",
                             "Decay of an exponential moving average of the weights, which is then "
                             "what is judged and "
                             "exported; 0 keeps none.")),
      choice("training.precision", {"auto", "fp32", "bf16"}, "auto", "Precision",
             "auto: fp32 on a CPU, bf16 on GPUs of compute capability 8.0 and above."),
      with_zero("all", integer("training.threads", 0, 0, 1024, "threads", "Threads",
                               "CPU threads; 0 takes all.")),
      integer("training.checkpoint_every_epochs", 1, 1, 1e6, "epochs", "Checkpoint every",
              "Epochs between checkpoints."),
      real("training.checkpoint_every_minutes", 10, 0.01, 1e6, "Checkpoint at least every (min)",
           "Minutes after which a checkpoint is written in mid-epoch."),
  };
}

/// The same with the defaults of BERT's recipe (google-research/bert, optimization.py).
std::vector<Field> text_training_fields() {
  const std::map<std::string, FieldValue> own = {{"training.epochs", std::int64_t{10}},
                                                 {"training.batch_size", std::int64_t{32}},
                                                 {"training.optimizer", std::string("adamw")},
                                                 {"training.learning_rate", 1e-3},
                                                 {"training.weight_decay", 0.01},
                                                 {"training.schedule", std::string("linear")},
                                                 {"training.clip_norm", 1.0}};
  auto fields = training_fields();
  for (auto& field : fields) {
    if (const auto found = own.find(field.key); found != own.end()) field.fallback = found->second;
    if (field.key == "training.batch_size") {
      field.unit = "rows";
      field.help = "Rows a step, each of views.length pieces.";
    }
  }
  return fields;
}

std::vector<Field> evaluation_fields() {
  return {
      with_zero(
          "none",
          integer(
              "evaluation.knn_every_epochs", 1, 0, 1e6, "epochs", "kNN every",
              "Epochs between kNN readings during training, when there are labels; 0 for none.")),
      integer("evaluation.knn_k", 200, 1, 1e6, "neighbours", "kNN neighbours",
              "Neighbours that vote; capped by the size of the bank."),
      real("evaluation.knn_temperature", 0.1, 1e-3, 100, "kNN temperature",
           "A neighbour's vote weighs exp(cosine / temperature)."),
      boolean("evaluation.linear_probe", true, "Linear probe",
              "Train a linear classifier on frozen features when the run has finished."),
      integer("evaluation.linear_epochs", 100, 1, 1e5, "epochs", "Probe epochs",
              "Passes of the linear probe over the training features."),
      text("evaluation.test_corpus", "", "Report on",
           "Name of another corpus on whose labelled samples accuracies are reported; empty takes "
           "the corpus's own test part, or else its validation part."),
  };
}

void append(std::vector<Field>& all, std::vector<Field> more) {
  for (auto& field : more) all.push_back(std::move(field));
}

}  // namespace

std::vector<Field> common_fields(const std::string& corpus_kind) {
  const bool is_text = corpus_kind == "text";
  std::vector<Field> all = general_fields();
  Strings kinds;
  for (const auto& objective : objective_kinds()) kinds.push_back(objective.name);
  all.push_back(choice("objective.kind", kinds, "simclr", "Objective", "The pretext task."));
  append(all, is_text ? text_encoder_fields() : encoder_fields());
  append(all, is_text ? text_view_fields() : view_fields());
  append(all, is_text ? text_training_fields() : training_fields());
  append(all, evaluation_fields());
  return all;
}

}  // namespace pretext
