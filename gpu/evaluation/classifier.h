#pragma once

#include "core/store/result_store.h"
#include "gpu/encoder/encoder.h"
#include "gpu/objective/objective.h"
#include "gpu/training/sample_reader.h"

namespace pretext {

/// What a fine-tuned encoder and its softmax layer say of samples: probabilities (N, classes),
/// float32, on the CPU. Evaluation mode, the centred square; modes are put back.
torch::Tensor class_probabilities(Encoder& encoder, Objective& classifier,
                                  const torch::Device& device, const SampleReader& reader,
                                  const std::vector<std::int64_t>& positions);

/// Accuracy and confusion of predicted classes (N) against the true ones (N).
EvaluationRecord score(const torch::Tensor& truth, const torch::Tensor& predicted,
                       std::int64_t num_classes);

}  // namespace pretext
