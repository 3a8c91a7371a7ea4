#pragma once

#include "core/corpus/corpus.h"
#include "core/spec/experiment.h"
#include "core/store/result_store.h"
#include "gpu/encoder/encoder.h"
#include "gpu/evaluation/knn.h"
#include "gpu/objective/objective.h"
#include "gpu/training/sample_reader.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pretext {

/// Features and labels of one part of a corpus; samples without a label are left out.
struct LabelledFeatures {
  torch::Tensor features;  ///< (N, D)
  torch::Tensor labels;    ///< (N)
};

/// The parts that an evaluation needs.
struct EvaluationParts {
  LabelledFeatures train;       ///< Bank, and what the probe fits.
  LabelledFeatures validation;  ///< Where rates are chosen.
  LabelledFeatures report;      ///< Whose accuracy is reported: test where there is one.
  std::string report_split;     ///< "test" or "validation"
};

/// Evaluates encoders on one corpus under one protocol: kNN and linear probe.
///
/// Bank and fit use the training split (as limited by the run); learning rates are chosen on
/// validation; the figure is reported on test where there is one, else on validation, and says so.
class Evaluation {
 public:
  /// `reader`: how the encoder sees the corpus. `test`: the same of another corpus, on whose
  /// labelled samples figures are reported (of its test part where there is one). All must outlive
  /// it. Throws UserError when the corpus has no labels of at least two classes, or `test` has
  /// others.
  Evaluation(const Experiment& resolved, const SampleReader& reader,
             const SampleReader* test = nullptr);

  /// Features of `encoder` ("trained", "untrained") or, when it is null, what a learner has without
  /// any: pixels, or TF-IDF of the pieces (sparse). Dense ones lie on `device` where they fit.
  EvaluationParts features(Encoder* encoder, const torch::Device& device) const;

  EvaluationRecord knn(const EvaluationParts& parts, const KnnOptions& options) const;
  /// A linear layer on the features; on TF-IDF, logistic regression.
  EvaluationRecord linear(const EvaluationParts& parts) const;

  /// A fine-tuned encoder and its softmax layer on the reported split.
  EvaluationRecord classifier(Encoder& encoder, Objective& classifier,
                              const torch::Device& device) const;
  /// The baseline of that: `linear` without an encoder, fitted on the same samples.
  EvaluationRecord raw_classifier(const torch::Device& device) const;

  /// kNN accuracy on the validation split, as read during training; none without labels there.
  std::optional<double> validation_knn(Encoder& encoder, const torch::Device& device) const;
  /// The same of a classifier.
  std::optional<double> validation_accuracy(Encoder& encoder, Objective& classifier,
                                            const torch::Device& device) const;

 private:
  /// The samples whose accuracy is reported.
  struct Reported {
    const SampleReader& reader;
    std::string split;
    std::vector<std::int64_t> positions;
    torch::Tensor labels;
  };
  Reported reported() const;
  EvaluationRecord logistic(const EvaluationParts& parts) const;
  EvaluationRecord scored(const EvaluationParts& parts, const torch::Tensor& predicted) const;
  std::string counted(const EvaluationParts& parts) const;
  std::int64_t num_classes() const;

  const Experiment& experiment_;
  const SampleReader& reader_;
  const Corpus& corpus_;
  const SampleReader* test_;
};

/// Digest of a module's parameters and buffers: shows that a probe changed nothing.
std::string weights_digest(const torch::nn::Module& module);

}  // namespace pretext
