#pragma once

#include "gpu/objective/objective.h"

namespace pretext {

/// An objective that tells pieces from what stands around them.
class LanguageObjective : public Objective {
 public:
  /// Scores of all pieces of the vocabulary at each masked place of a batch, (M, V), not
  /// normalised.
  virtual torch::Tensor scores(Encoder& encoder, const Batch& batch) = 0;
};

/// See `core/objective/masked_lm.h`. Parameters are named as in Hugging Face's
/// `BertPreTrainingHeads`.
std::shared_ptr<Objective> make_mlm(const Experiment& experiment, std::int64_t features);
/// With next sentence or sentence order prediction: which of the two, the sequences decide.
std::shared_ptr<Objective> make_mlm_with_pairs(const Experiment& experiment, std::int64_t features);

}  // namespace pretext
