#include "core/objective/supervised.h"

#include "core/objective/objective_registry.h"

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
       .zero = "all",
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

std::vector<Field> text_fields(const std::string& pooling) {
  auto all = fields();
  all.push_back({.key = "objective.pooling",
                 .kind = FieldKind::kChoice,
                 .fallback = pooling,
                 .choices = {"first", "mean"},
                 .label = "Pooling",
                 .help = "What the softmax layer sees of a text. first: BERT's pooled state of "
                         "[CLS]. mean: the mean of its pieces' states."});
  return all;
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
          .marks = marks,
          .num_head_parameters = num_head_parameters};
}

ObjectiveKind on_text(ObjectiveKind kind, const std::string& pooling) {
  kind.name += "-text";
  kind.corpus_kind = "text";
  kind.fields = text_fields(pooling);
  return kind;
}

void set_image_recipe(Experiment& child, const Experiment& parent,
                      const SupervisedOptions& options) {
  child.set("views.preset", std::string("none"));    // Turns all operations off,
  child.set("views.preset", std::string("custom"));  // and keeps no name that says so.
  child.set("views.size", parent.value("views.size"));
  child.set("views.crop_probability", 1.0);
  child.set("views.crop_scale", std::vector<double>{0.5, 1.0});
  child.set("views.flip_probability", parent.value("views.flip_probability"));
  child.set("views.vertical_flip_probability", parent.value("views.vertical_flip_probability"));
  child.set("training.epochs", std::int64_t{options.labels_per_class > 0 ? 100 : 20});
  child.set("training.batch_size", std::int64_t{128});
  child.set("training.optimizer", std::string("adam"));
  child.set("training.learning_rate", options.head_only ? 1e-2 : 1e-3);
  child.set("training.weight_decay", 0.0);
  child.set("training.warmup_epochs", 1.0);
}

void set_text_recipe(Experiment& child, const Experiment& parent,
                     const SupervisedOptions& options) {
  constexpr double kRateOfBase = 3e-5;  // Devlin et al., appendix A.3: 2e-5 to 5e-5.
  constexpr double kWidthOfBase = 768.0;
  const auto width = static_cast<double>(parent.integer("encoder.width"));
  const auto epochs = std::int64_t{options.labels_per_class > 0 ? 20 : 5};
  child.set("views.length", parent.value("views.length"));
  child.set("views.packing", parent.value("views.packing"));
  child.set("training.epochs", epochs);
  child.set("training.learning_rate",
            options.head_only ? 1e-2 : kRateOfBase * kWidthOfBase / width);
  child.set("training.warmup_epochs", 0.1 * static_cast<double>(epochs));
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

ObjectiveKind finetune_text_kind() {
  auto kind = on_text(finetune_kind(), "first");
  kind.title = "Fine-tuning on text";
  kind.description =
      "A softmax layer on a pretrained encoder; all weights learn from the labels (Devlin et al., "
      "NAACL 2019, section 4.1).";
  return kind;
}

ObjectiveKind probe_text_kind() {
  auto kind = on_text(probe_kind(), "mean");
  kind.title = "Linear probe on text";
  return kind;
}

Experiment supervised_experiment(const Experiment& parent, const SupervisedOptions& options) {
  const bool is_text = find_objective(parent.text("objective.kind")).corpus_kind == "text";
  Experiment child(std::string(options.head_only ? "probe" : "finetune") +
                   (is_text ? "-text" : ""));
  for (const auto& field : child.fields()) {
    const bool inherited = field.key.starts_with("encoder.") || field.key == "corpus" ||
                           field.key == "corpus_limit" || field.key == "seed" ||
                           field.key == "device" || field.key == "training.precision" ||
                           field.key == "training.threads";
    if (inherited) child.set(field.key, parent.value(field.key));
  }
  if (!options.corpus.empty()) {
    child.set("corpus", options.corpus);
    child.set("corpus_limit", std::int64_t{0});
  }
  child.set("evaluation.test_corpus", options.test_corpus);
  child.set("encoder.weights", std::string());
  child.set("objective.start", std::string(options.from_untrained ? "untrained" : "pretrained"));
  child.set("objective.labels_per_class", options.labels_per_class);
  is_text ? set_text_recipe(child, parent, options) : set_image_recipe(child, parent, options);
  if (options.epochs > 0) child.set("training.epochs", options.epochs);
  child.set("evaluation.knn_every_epochs", std::int64_t{0});
  const auto& name = parent.text("name");
  child.set("name", (name.empty() ? parent.text("corpus") : name) +
                        (options.head_only ? ", probe" : ", fine-tuned") +
                        (options.from_untrained ? " from untrained" : ""));
  return child;
}

}  // namespace pretext
