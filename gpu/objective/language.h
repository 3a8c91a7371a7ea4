#pragma once

#include "gpu/encoder/text_encoder.h"
#include "gpu/objective/objective.h"

namespace pretext {

/// An objective that tells pieces from others.
class LanguageObjective : public Objective {
 public:
  /// Scores of all pieces of the vocabulary at each predicted place of a batch, (M, V), not
  /// normalised.
  virtual torch::Tensor scores(Encoder& encoder, const Batch& batch) = 0;

  /// The mean over a text's questions; NaN for one without any.
  torch::Tensor sample_losses(Encoder& encoder, const Batch& batch) override;

  /// Whether it tells what comes next, from what stands before alone.
  virtual bool is_causal() const { return false; }

 protected:
  /// Throws c10::Error when it is none of text.
  static TextEncoder& text_encoder(Encoder& encoder, const Batch& batch);
};

}  // namespace pretext
