#pragma once

#include <torch/types.h>

namespace pretext {

struct KnnOptions {
  std::int64_t k = 200;      ///< Neighbours that vote; capped by the bank's size.
  double temperature = 0.1;  ///< A vote weighs exp(cosine / temperature).
};

/// Classes predicted by weighted nearest neighbours of the cosine.
///
/// Wu et al., "Unsupervised Feature Learning via Non-Parametric Instance Discrimination", CVPR
/// 2018. `bank`: (M, D) with `bank_labels` (M) in [0, classes); `queries`: (N, D); both may be
/// sparse, with rows of length 1. All on one device. Returns (N) int64, there.
torch::Tensor knn_predict(const torch::Tensor& bank, const torch::Tensor& bank_labels,
                          const torch::Tensor& queries, std::int64_t num_classes,
                          const KnnOptions& options = {});

}  // namespace pretext
