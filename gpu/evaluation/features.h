#pragma once

#include "gpu/encoder/encoder.h"
#include "gpu/training/sample_reader.h"

#include <torch/types.h>

#include <functional>
#include <vector>

namespace pretext {

/// Features of samples as evaluation reads them: before any head, eval mode, nothing random.
/// Returns (N, D) float32 on the CPU, on a GPU computed in TF32. The encoder's mode is put back.
/// `read`: how features are had of a batch; by default the encoder's own.
torch::Tensor extract_features(Encoder& encoder, const torch::Device& device,
                               const SampleReader& reader,
                               const std::vector<std::int64_t>& positions,
                               const std::function<torch::Tensor(const Batch&)>& read = {});

/// What a learner without an encoder sees of the same samples, (N, D): `SampleReader::raw`.
torch::Tensor raw_features(const SampleReader& reader, const std::vector<std::int64_t>& positions);

/// Labels of samples, (N) int64; `Corpus::kNoLabel` where there is none.
torch::Tensor labels_of(const Corpus& corpus, const std::vector<std::int64_t>& positions);

}  // namespace pretext
