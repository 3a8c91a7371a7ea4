#include "gpu/evaluation/protocol.h"

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "gpu/evaluation/classifier.h"
#include "gpu/evaluation/features.h"
#include "gpu/evaluation/linear_probe.h"
#include "gpu/evaluation/logistic_regression.h"
#include "gpu/evaluation/tf_idf.h"
#include "gpu/training/device.h"
#include "gpu/training/resolve.h"
#include "gpu/training/state.h"

#include <torch/torch.h>

#include <algorithm>

namespace pretext {

namespace {

/// Predicted classes of `own` as `other`, of the same class names, numbers them.
torch::Tensor translated(const torch::Tensor& predicted, const CorpusRecord& own,
                         const CorpusRecord& other) {
  std::vector<std::int64_t> numbers;
  for (const auto& name : own.classes)
    numbers.push_back(std::ranges::find(other.classes, name) - other.classes.begin());
  return torch::tensor(numbers, torch::kInt64).index_select(0, predicted);
}

/// Moves dense features and their labels to a GPU whose free memory holds them three times over.
void move_where_they_fit(const std::vector<LabelledFeatures*>& parts, const torch::Device& device) {
  std::int64_t bytes = 0;
  for (const auto* part : parts) {
    if (part->features.is_sparse()) return;
    bytes += static_cast<std::int64_t>(part->features.nbytes());
  }
  if (!device.is_cuda() || bytes > free_device_memory(device) / 3) return;
  for (auto* part : parts) *part = {part->features.to(device), part->labels.to(device)};
}

void require_numbers(const torch::Tensor& features) {
  if (torch::isfinite(features).all().item<bool>()) return;
  throw UserError(
      "The encoder's features are no numbers any more, so that nothing can be told from them: the "
      "run has diverged; train it again with a lower training.learning_rate.");
}

void require_same_classes(const CorpusRecord& own, const CorpusRecord& other) {
  if (std::ranges::is_permutation(own.classes, other.classes)) return;
  throw UserError("The corpus \"" + other.name + "\" has other classes than \"" + own.name +
                  "\": report on one that has the same.");
}

}  // namespace

Evaluation::Evaluation(const Experiment& resolved, const SampleReader& reader,
                       const SampleReader* test)
    : experiment_(resolved), reader_(reader), corpus_(reader.corpus()), test_(test) {
  require_labels(corpus_.record());
  if (test_) require_same_classes(corpus_.record(), test_->corpus().record());
}

std::int64_t Evaluation::num_classes() const {
  return static_cast<std::int64_t>(corpus_.record().classes.size());
}

Evaluation::Reported Evaluation::reported() const {
  const auto& reader = test_ ? *test_ : reader_;
  const auto& corpus = reader.corpus();
  const bool has_test = !corpus.split("test").empty();
  Reported reported{reader, has_test || test_ ? "test" : "validation", {}, {}};
  reported.positions = corpus.labelled(test_ && !has_test ? numbers_up_to(corpus.size())
                                                          : corpus.split(reported.split));
  reported.labels = labels_of(corpus, reported.positions);
  if (reported.positions.empty()) {
    throw UserError("The corpus \"" + corpus.record().name +
                    "\" has no labelled samples to report on: attach more labels.");
  }
  return reported;
}

EvaluationParts Evaluation::features(Encoder* encoder, const torch::Device& device) const {
  const auto read = [&](const SampleReader& reader, const std::vector<std::int64_t>& chosen) {
    if (!encoder) return raw_features(reader, chosen);
    auto rows = extract_features(*encoder, device, reader, chosen);
    require_numbers(rows);
    return rows;
  };
  const auto part = [&](const std::vector<std::int64_t>& chosen) {
    return LabelledFeatures{read(reader_, chosen), labels_of(corpus_, chosen)};
  };
  EvaluationParts parts;
  parts.train = part(corpus_.labelled(training_samples(experiment_, corpus_)));
  if (parts.train.labels.size(0) == 0) {
    throw UserError("The corpus \"" + corpus_.record().name +
                    "\" has too few labelled samples to evaluate: attach more labels.");
  }
  parts.validation = part(corpus_.labelled(corpus_.split("validation")));
  const auto reported = this->reported();
  parts.report_split = reported.split;
  parts.report = reported.split == "validation"
                     ? parts.validation
                     : LabelledFeatures{read(reported.reader, reported.positions), reported.labels};
  const std::vector<LabelledFeatures*> all{&parts.train, &parts.validation, &parts.report};
  if (parts.train.features.is_sparse()) {
    const TfIdf weights(parts.train.features);
    for (auto* each : all) each->features = weights.weigh(each->features);
  }
  move_where_they_fit(all, device);
  return parts;
}

EvaluationRecord Evaluation::scored(const EvaluationParts& parts,
                                    const torch::Tensor& predicted) const {
  const auto own = predicted.to(torch::kCPU);
  const auto guesses = test_ ? translated(own, corpus_.record(), test_->corpus().record()) : own;
  auto record = score(parts.report.labels.to(torch::kCPU), guesses, num_classes());
  record.split = parts.report_split;
  record.corpus_id = (test_ ? test_->corpus() : corpus_).record().id;
  return record;
}

std::string Evaluation::counted(const EvaluationParts& parts) const {
  const bool chosen_and_reported = parts.report_split == "validation";
  return std::to_string(parts.train.labels.size(0)) + " training samples of \"" +
         corpus_.record().name + "\", reported on " + std::to_string(parts.report.labels.size(0)) +
         " of " + (test_ ? "\"" + test_->corpus().record().name + "\"" : parts.report_split) +
         (chosen_and_reported ? " (chosen and reported on validation)" : "");
}

EvaluationRecord Evaluation::knn(const EvaluationParts& parts, const KnnOptions& options) const {
  auto record = scored(parts, knn_predict(parts.train.features, parts.train.labels,
                                          parts.report.features, num_classes(), options));
  record.kind = "knn";
  record.protocol = "weighted kNN of the cosine, k = " +
                    std::to_string(std::min(options.k, parts.train.labels.size(0))) +
                    ", temperature " + shortest(options.temperature) + ", bank of " +
                    counted(parts);
  return record;
}

EvaluationRecord Evaluation::linear(const EvaluationParts& parts) const {
  if (parts.train.features.is_sparse()) return logistic(parts);
  const LinearProbeOptions options{.epochs = experiment_.integer("evaluation.linear_epochs"),
                                   .seed = static_cast<std::uint64_t>(experiment_.integer("seed"))};
  const auto probe =
      train_linear_probe(parts.train.features, parts.train.labels, parts.validation.features,
                         parts.validation.labels, num_classes(), options);
  auto record = scored(parts, probe.predict(parts.report.features).argmax(1));
  record.kind = "linear";
  record.protocol = "linear probe on frozen, standardised features before the head, SGD " +
                    std::to_string(options.epochs) + " epochs, learning rate " +
                    shortest(probe.learning_rate) + " chosen on validation; fitted on " +
                    counted(parts);
  return record;
}

EvaluationRecord Evaluation::logistic(const EvaluationParts& parts) const {
  const auto model =
      choose_logistic_regression(parts.train.features, parts.train.labels,
                                 parts.validation.features, parts.validation.labels, num_classes());
  auto record = scored(parts, model.predict(parts.report.features).argmax(1));
  record.kind = "linear";
  record.protocol = "logistic regression on TF-IDF of the pieces, C = " + shortest(model.c) +
                    " chosen on validation; fitted on " + counted(parts);
  return record;
}

EvaluationRecord Evaluation::classifier(Encoder& encoder, Objective& classifier,
                                        const torch::Device& device) const {
  const auto reported = this->reported();
  EvaluationParts parts;
  parts.report_split = reported.split;
  parts.train.labels = labels_of(corpus_, training_samples(experiment_, corpus_));
  parts.report.labels = reported.labels;
  auto record = scored(
      parts, class_probabilities(encoder, classifier, device, reported.reader, reported.positions)
                 .argmax(1));
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
  if (!corpus_.is_text()) record.protocol = "raw pixels: " + record.protocol;
  return record;
}

std::optional<double> Evaluation::validation_knn(Encoder& encoder,
                                                 const torch::Device& device) const {
  const auto bank = corpus_.labelled(training_samples(experiment_, corpus_));
  const auto queries = corpus_.labelled(corpus_.split("validation"));
  if (bank.empty() || queries.empty()) return std::nullopt;
  const auto part = [&](const std::vector<std::int64_t>& chosen) {
    return LabelledFeatures{extract_features(encoder, device, reader_, chosen),
                            labels_of(corpus_, chosen)};
  };
  auto known = part(bank);
  auto asked = part(queries);
  move_where_they_fit({&known, &asked}, device);
  const auto predicted = knn_predict(
      known.features, known.labels, asked.features, num_classes(),
      {experiment_.integer("evaluation.knn_k"), experiment_.real("evaluation.knn_temperature")});
  return (predicted == asked.labels).to(torch::kFloat64).mean().item<double>();
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
