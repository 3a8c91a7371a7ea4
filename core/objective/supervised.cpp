#include "core/objective/supervised.h"

#include <algorithm>
#include <cmath>

namespace pretext {
namespace {

std::vector<Field> fields() {
  return {
      {.key = "objective.start",
       .kind = FieldKind::kChoice,
       .fallback = std::string("pretrained"),
       .choices = {"pretrained", "untrained"},
       .label = "Start from",
       .help = "pretrained: the parent run's checkpoint. untrained: initial weights, the baseline "
               "that shows what pretraining is worth."},
      {.key = "objective.labels_per_class",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1e9,
       .unit = "samples",
       .label = "Labels a class",
       .help = "Learn from this many labelled samples of each class, those with the smallest keyed "
               "hash; 0 takes all."},
      {.key = "objective.classes",
       .kind = FieldKind::kInteger,
       .fallback = std::int64_t{0},
       .low = 0,
       .high = 1e6,
       .label = "Classes",
       .help = "Width of the softmax layer; 0 takes the corpus's own number of classes."},
  };
}

std::vector<Mark> marks(const Experiment& experiment) {
  const auto classes = static_cast<double>(experiment.integer("objective.classes"));
  if (classes < 2) return {};  // Not resolved yet.
  return {{"train/loss", "chance ln C", std::log(classes)},
          {"train/accuracy", "chance 1/C", 1.0 / classes},
          {"eval/accuracy", "chance 1/C", 1.0 / classes}};
}

std::int64_t num_head_parameters(const Experiment& experiment, std::int64_t features) {
  return experiment.integer("objective.classes") * (features + 1);
}

ObjectiveKind supervised_kind(std::string name, std::string title, std::string description) {
  return {.name = std::move(name),
          .title = std::move(title),
          .description = std::move(description),
          .num_views = 1,
          .is_supervised = true,
          .fields = fields(),
          .metric_keys = {"train/loss", "train/accuracy", "eval/accuracy"},
          .marks = marks,
          .num_head_parameters = num_head_parameters};
}

}  // namespace

ObjectiveKind finetune_kind() {
  return supervised_kind("finetune", "Fine-tuning",
                         "A softmax layer on a pretrained encoder; all weights learn from the "
                         "labels (Chen et al., ICML 2020, section 4.2).");
}

ObjectiveKind probe_kind() {
  return supervised_kind("probe", "Linear probe",
                         "A softmax layer on a frozen encoder in evaluation mode; the features are "
                         "those before any projection head.");
}

Experiment supervised_experiment(const Experiment& parent, const SupervisedOptions& options) {
  Experiment child(options.head_only ? "probe" : "finetune");
  for (const auto& field : child.fields()) {
    const bool inherited = field.key.starts_with("encoder.") || field.key == "corpus" ||
                           field.key == "corpus_limit" || field.key == "seed" ||
                           field.key == "device" || field.key == "training.precision" ||
                           field.key == "training.threads";
    if (inherited) child.set(field.key, parent.value(field.key));
  }
  child.set("encoder.weights", std::string());
  child.set("objective.start", std::string(options.from_untrained ? "untrained" : "pretrained"));
  child.set("objective.labels_per_class", options.labels_per_class);
  child.set("views.preset", std::string("none"));    // Turns all operations off,
  child.set("views.preset", std::string("custom"));  // and keeps no name that says so.
  child.set("views.size", parent.value("views.size"));
  child.set("views.crop_probability", 1.0);
  child.set("views.crop_scale", std::vector<double>{0.5, 1.0});
  child.set("views.flip_probability", parent.value("views.flip_probability"));
  child.set("views.vertical_flip_probability", parent.value("views.vertical_flip_probability"));
  const auto epochs = options.labels_per_class > 0 ? std::int64_t{100} : std::int64_t{20};
  child.set("training.epochs", options.epochs > 0 ? options.epochs : epochs);
  child.set("training.batch_size", std::int64_t{128});
  child.set("training.optimizer", std::string("adam"));
  child.set("training.learning_rate", options.head_only ? 1e-2 : 1e-3);
  child.set("training.weight_decay", 0.0);
  child.set("training.warmup_epochs", 1.0);
  child.set("evaluation.knn_every_epochs", std::int64_t{0});
  const auto& name = parent.text("name");
  child.set("name", (name.empty() ? parent.text("corpus") : name) +
                        (options.head_only ? ", probe" : ", fine-tuned") +
                        (options.from_untrained ? " from untrained" : ""));
  return child;
}

}  // namespace pretext
