#pragma once

#include "gpu/encoder/encoder.h"
#include "gpu/training/input.h"

#include <torch/types.h>

namespace pretext {

/// Features of samples as evaluation reads them: before any head, eval mode, the centred square,
/// nothing random. Returns (N, D) float32 on the CPU. The encoder's mode is put back.
torch::Tensor extract_features(Encoder& encoder, const torch::Device& device, const Corpus& corpus,
                               const InputOptions& input,
                               const std::vector<std::int64_t>& positions, int num_threads);

/// The same pictures as values: averaged down to at most 32 px a side, flattened.
torch::Tensor raw_features(const Corpus& corpus, const InputOptions& input,
                           const std::vector<std::int64_t>& positions, int num_threads);

/// Labels of samples, (N) int64; `Corpus::kNoLabel` where there is none.
torch::Tensor labels_of(const Corpus& corpus, const std::vector<std::int64_t>& positions);

}  // namespace pretext
