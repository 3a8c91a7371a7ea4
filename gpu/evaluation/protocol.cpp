#include "gpu/evaluation/protocol.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "gpu/evaluation/classifier.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/linear_probe.h"
#include "gpu/training/resolve.h"
#include "gpu/training/state.h"

#include <torch/torch.h>

namespace pretext {

Evaluation::Evaluation(const Experiment& resolved, const SampleReader& reader)
    : experiment_(resolved), reader_(reader), corpus_(reader.corpus()) {
  require_labels(corpus_.record());
}

bool Evaluation::has_raw() const {
  return raw_features(reader_, {0}).has_value();
}

EvaluationParts Evaluation::features(Encoder* encoder, const torch::Device& device) const {
  const auto part = [&](const std::vector<std::int64_t>& chosen) {
    const auto rows = encoder ? extract_features(*encoder, device, reader_, chosen)
                              : raw_features(reader_, chosen).value();
    return LabelledFeatures{rows, labels_of(corpus_, chosen)};
  };
  EvaluationParts parts;
  parts.train = part(corpus_.labelled(training_samples(experiment_, corpus_)));
  parts.validation = part(corpus_.labelled(corpus_.split("validation")));
  const bool has_test = !corpus_.split("test").empty();
  parts.report_split = has_test ? "test" : "validation";
  parts.report = has_test ? part(corpus_.labelled(corpus_.split("test"))) : parts.validation;
  if (parts.train.labels.size(0) == 0 || parts.report.labels.size(0) == 0) {
    throw UserError("The corpus \"" + corpus_.record().name +
                    "\" has too few labelled samples to evaluate: attach more labels.");
  }
  return parts;
}

EvaluationRecord Evaluation::scored(const EvaluationParts& parts,
                                    const torch::Tensor& predicted) const {
  auto record = score(parts.report.labels, predicted,
                      static_cast<std::int64_t>(corpus_.record().classes.size()));
  record.split = parts.report_split;
  record.corpus_id = corpus_.record().id;
  return record;
}

std::string Evaluation::counted(const EvaluationParts& parts) const {
  const bool chosen_and_reported = parts.report_split == "validation";
  return std::to_string(parts.train.labels.size(0)) + " training samples of \"" +
         corpus_.record().name + "\", reported on " + std::to_string(parts.report.labels.size(0)) +
         " of " + parts.report_split +
         (chosen_and_reported ? " (chosen and reported on validation)" : "");
}

EvaluationRecord Evaluation::knn(const EvaluationParts& parts, const KnnOptions& options) const {
  const auto num_classes = static_cast<std::int64_t>(corpus_.record().classes.size());
  auto record = scored(parts, knn_predict(parts.train.features, parts.train.labels,
                                          parts.report.features, num_classes, options));
  record.kind = "knn";
  record.protocol = "weighted kNN of the cosine, k = " +
                    std::to_string(std::min(options.k, parts.train.labels.size(0))) +
                    ", temperature " + shortest(options.temperature) + ", bank of " +
                    counted(parts);
  return record;
}

EvaluationRecord Evaluation::linear(const EvaluationParts& parts) const {
  const auto num_classes = static_cast<std::int64_t>(corpus_.record().classes.size());
  const LinearProbeOptions options{.epochs = experiment_.integer("evaluation.linear_epochs"),
                                   .seed = static_cast<std::uint64_t>(experiment_.integer("seed"))};
  const auto probe =
      train_linear_probe(parts.train.features, parts.train.labels, parts.validation.features,
                         parts.validation.labels, num_classes, options);
  auto record = scored(parts, probe.predict(parts.report.features).argmax(1));
  record.kind = "linear";
  record.protocol = "linear probe on frozen, standardised features before the head, SGD " +
                    std::to_string(options.epochs) + " epochs, learning rate " +
                    shortest(probe.learning_rate) + " chosen on validation; fitted on " +
                    counted(parts);
  return record;
}

EvaluationRecord Evaluation::classifier(Encoder& encoder, Objective& classifier,
                                        const torch::Device& device) const {
  EvaluationParts parts;
  parts.report_split = corpus_.split("test").empty() ? "validation" : "test";
  const auto positions = corpus_.labelled(corpus_.split(parts.report_split));
  if (positions.empty()) {
    throw UserError("The corpus \"" + corpus_.record().name +
                    "\" has no labelled samples to report on: attach more labels.");
  }
  parts.train.labels = labels_of(corpus_, training_samples(experiment_, corpus_));
  parts.report.labels = labels_of(corpus_, positions);
  auto record =
      scored(parts, class_probabilities(encoder, classifier, device, reader_, positions).argmax(1));
  const bool is_probe = !classifier.trains_encoder();
  record.kind = is_probe ? "probe" : "finetune";
  record.protocol = std::string("softmax layer, ") +
                    (is_probe ? "the encoder frozen in evaluation mode" : "all weights trained") +
                    ", " + experiment_.text("training.optimizer") + " " +
                    std::to_string(experiment_.integer("training.epochs")) +
                    " epochs, learning rate " +
                    shortest(experiment_.real("training.learning_rate")) +
                    ", last epoch; fitted on " + counted(parts);
  return record;
}

EvaluationRecord Evaluation::raw_classifier(const torch::Device& device) const {
  auto record = linear(features(nullptr, device));
  record.protocol = "raw pixels: " + record.protocol;
  return record;
}

std::optional<double> Evaluation::validation_knn(Encoder& encoder,
                                                 const torch::Device& device) const {
  const auto bank = corpus_.labelled(training_samples(experiment_, corpus_));
  const auto queries = corpus_.labelled(corpus_.split("validation"));
  if (bank.empty() || queries.empty()) return std::nullopt;
  const auto predicted = knn_predict(
      extract_features(encoder, device, reader_, bank), labels_of(corpus_, bank),
      extract_features(encoder, device, reader_, queries),
      static_cast<std::int64_t>(corpus_.record().classes.size()),
      {experiment_.integer("evaluation.knn_k"), experiment_.real("evaluation.knn_temperature")});
  return (predicted == labels_of(corpus_, queries)).to(torch::kFloat64).mean().item<double>();
}

std::optional<double> Evaluation::validation_accuracy(Encoder& encoder, Objective& classifier,
                                                      const torch::Device& device) const {
  const auto positions = corpus_.labelled(corpus_.split("validation"));
  if (positions.empty()) return std::nullopt;
  const auto predicted =
      class_probabilities(encoder, classifier, device, reader_, positions).argmax(1);
  return (predicted == labels_of(corpus_, positions)).to(torch::kFloat64).mean().item<double>();
}

std::string weights_digest(const torch::nn::Module& module) {
  std::string all;
  for (const auto& [name, weight] : to_weights(module_state(module, ""))) {
    all += name + content_digest(weight.data);
  }
  return content_digest(std::as_bytes(std::span(all)));
}

}  // namespace pretext
