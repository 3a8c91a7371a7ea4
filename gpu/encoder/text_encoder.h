#pragma once

#include "core/encoder/text_encoder.h"
#include "gpu/encoder/encoder.h"
#include "gpu/training/batch.h"

#include <memory>

namespace pretext {

/// Additive attention mask of a batch, (R, 1, L, L): 0 between pieces of one sequence, -inf between
/// others; `is_causal`: -inf also from a piece to those after it. Undefined where none is needed:
/// each row is one sequence without padding, or, if causal, with padding behind it.
torch::Tensor attention_mask(const TokenBatch& tokens, bool is_causal = false);

/// Mean over the pieces of each sequence, (S, D), of their states (R, L, D). Padding belongs to
/// none.
torch::Tensor mean_by_sequence(const torch::Tensor& states, const TokenBatch& tokens);

/// An encoder of text: pieces in, a state a piece out.
class TextEncoder : public Encoder {
 public:
  /// Returns (R, L, D).
  virtual torch::Tensor states(const TokenBatch& tokens) = 0;
  /// What stands for a whole sequence, e.g. to tell whether two segments belong together: (S, D) of
  /// states.
  virtual torch::Tensor pooled(const torch::Tensor& states, const TokenBatch& tokens) = 0;
  /// (V, D); a language model's decoder has the same weights.
  virtual torch::Tensor word_embeddings() const = 0;
  /// Features of each sequence: the mean of its pieces' states, (S, D).
  torch::Tensor forward(const Batch& batch) override;
};

/// The network of the shape's family. Initial weights are drawn from LibTorch's current generator.
std::shared_ptr<TextEncoder> make_text_encoder(const TextEncoderShape& shape);

}  // namespace pretext
