#include "gpu/evaluation/classifier.h"

#include "gpu/evaluation/features.h"

#include <torch/torch.h>

namespace pretext {

torch::Tensor class_probabilities(Encoder& encoder, Objective& classifier,
                                  const torch::Device& device, const SampleReader& reader,
                                  const std::vector<std::int64_t>& positions) {
  const torch::NoGradGuard no_grad;
  const bool was_training = classifier.is_training();
  classifier.eval();
  const auto features =
      extract_features(encoder, device, reader, positions,
                       [&](const Batch& batch) { return classifier.features(encoder, batch); });
  const auto scores = classifier.project(features.to(device)).to(torch::kCPU, torch::kFloat32);
  classifier.train(was_training);
  return scores.softmax(1);
}

EvaluationRecord score(const torch::Tensor& truth, const torch::Tensor& predicted,
                       std::int64_t num_classes) {
  EvaluationRecord record;
  const auto classes = static_cast<std::size_t>(num_classes);
  record.confusion.assign(classes, std::vector<std::int64_t>(classes, 0));
  const auto true_rows = truth.contiguous();
  const auto guessed_rows = predicted.contiguous();
  const auto* expected = true_rows.data_ptr<std::int64_t>();
  const auto* guessed = guessed_rows.data_ptr<std::int64_t>();
  std::int64_t hits = 0;
  for (std::int64_t i = 0; i < true_rows.size(0); ++i) {
    ++record.confusion[static_cast<std::size_t>(expected[i])][static_cast<std::size_t>(guessed[i])];
    hits += expected[i] == guessed[i];
  }
  record.accuracy = static_cast<double>(hits) / static_cast<double>(true_rows.size(0));
  return record;
}

}  // namespace pretext
