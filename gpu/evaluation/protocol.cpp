#include "gpu/evaluation/protocol.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/linear_probe.h"
#include "gpu/training/state.h"

#include <torch/torch.h>

namespace pretext {

Evaluation::Evaluation(const Experiment& resolved, const Corpus& corpus)
    : experiment_(resolved),
      corpus_(corpus),
      input_(input_options(resolved, corpus, 1)),
      num_threads_(static_cast<int>(resolved.integer("training.threads"))) {
  if (corpus.record().classes.size() >= 2) return;
  throw UserError("The corpus \"" + corpus.record().name + "\" has " +
                  (corpus.record().classes.empty() ? "no labels" : "one class") +
                  ", so accuracy means nothing: attach labels of at least two classes with "
                  "\"pretext label " +
                  corpus.record().name + " FILE.csv\".");
}

std::vector<std::int64_t> Evaluation::labelled(const std::vector<std::int64_t>& positions) const {
  std::vector<std::int64_t> with_label;
  for (const auto position : positions) {
    if (corpus_.label(position) != Corpus::kNoLabel) with_label.push_back(position);
  }
  return with_label;
}

EvaluationParts Evaluation::features(Encoder* encoder, const torch::Device& device) const {
  const auto part = [&](const std::vector<std::int64_t>& positions) {
    const auto chosen = labelled(positions);
    const auto rows =
        encoder ? extract_features(*encoder, device, corpus_, input_, chosen, num_threads_)
                : raw_features(corpus_, input_, chosen, num_threads_);
    return LabelledFeatures{rows, labels_of(corpus_, chosen)};
  };
  EvaluationParts parts;
  parts.train = part(corpus_.training_subset(experiment_.integer("corpus_limit")));
  parts.validation = part(corpus_.split("validation"));
  const bool has_test = !corpus_.split("test").empty();
  parts.report_split = has_test ? "test" : "validation";
  parts.report = has_test ? part(corpus_.split("test")) : parts.validation;
  if (parts.train.labels.size(0) == 0 || parts.report.labels.size(0) == 0) {
    throw UserError("The corpus \"" + corpus_.record().name +
                    "\" has too few labelled samples to evaluate: attach more labels.");
  }
  return parts;
}

EvaluationRecord Evaluation::scored(const EvaluationParts& parts,
                                    const torch::Tensor& predicted) const {
  const auto num_classes = corpus_.record().classes.size();
  EvaluationRecord record;
  record.split = parts.report_split;
  record.confusion.assign(num_classes, std::vector<std::int64_t>(num_classes, 0));
  const auto* truth = parts.report.labels.data_ptr<std::int64_t>();
  const auto guesses = predicted.contiguous();
  const auto* guess = guesses.data_ptr<std::int64_t>();
  std::int64_t hits = 0;
  for (std::int64_t i = 0; i < guesses.size(0); ++i) {
    ++record.confusion[static_cast<std::size_t>(truth[i])][static_cast<std::size_t>(guess[i])];
    hits += truth[i] == guess[i];
  }
  record.accuracy = static_cast<double>(hits) / static_cast<double>(guesses.size(0));
  return record;
}

namespace {

std::string counted(const EvaluationParts& parts) {
  const bool chosen_and_reported = parts.report_split == "validation";
  return std::to_string(parts.train.labels.size(0)) + " training samples, reported on " +
         std::to_string(parts.report.labels.size(0)) + " of " + parts.report_split +
         (chosen_and_reported ? " (chosen and reported on validation)" : "");
}

}  // namespace

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

double Evaluation::validation_knn(Encoder& encoder, const torch::Device& device) const {
  const auto bank = labelled(corpus_.training_subset(experiment_.integer("corpus_limit")));
  const auto queries = labelled(corpus_.split("validation"));
  if (bank.empty() || queries.empty()) return 0.0;
  const auto predicted = knn_predict(
      extract_features(encoder, device, corpus_, input_, bank, num_threads_),
      labels_of(corpus_, bank),
      extract_features(encoder, device, corpus_, input_, queries, num_threads_),
      static_cast<std::int64_t>(corpus_.record().classes.size()),
      {experiment_.integer("evaluation.knn_k"), experiment_.real("evaluation.knn_temperature")});
  return (predicted == labels_of(corpus_, queries)).to(torch::kFloat64).mean().item<double>();
}

std::string weights_digest(const torch::nn::Module& module) {
  std::string all;
  for (const auto& [name, weight] : to_weights(module_state(module, ""))) {
    all += name + content_digest(weight.data);
  }
  return content_digest(std::as_bytes(std::span(all)));
}

}  // namespace pretext
