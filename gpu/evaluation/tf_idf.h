#pragma once

#include <torch/types.h>

namespace pretext {

/// Weighs counts of terms: rare terms more, each row of length 1. What text has instead of raw
/// pixels.
///
/// Salton & Buckley, "Term-weighting approaches in automatic text retrieval", 1988, as
/// scikit-learn's TfidfTransformer has it (smooth idf: ln((1 + n) / (1 + df)) + 1).
class TfIdf {
 public:
  /// `counts`: sparse (N, V), of the training texts.
  explicit TfIdf(const torch::Tensor& counts);

  /// Sparse (N, V), rows of Euclidean length 1, those of terms that training lacks left out.
  torch::Tensor weigh(const torch::Tensor& counts) const;

 private:
  torch::Tensor weights_;  // (V); 0 where training lacks the term.
};

}  // namespace pretext
