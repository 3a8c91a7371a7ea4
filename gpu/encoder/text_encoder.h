#pragma once

#include "core/encoder/text_encoder.h"
#include "gpu/encoder/encoder.h"
#include "gpu/training/batch.h"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <memory>
#include <vector>

namespace pretext {

/// Additive attention mask of a batch, (R, 1, L, L): 0 between pieces of one sequence, -inf between
/// others. Undefined where each row is one sequence without padding.
torch::Tensor attention_mask(const TokenBatch& tokens);

/// Mean over the pieces of each sequence, (S, D), of their states (R, L, D). Padding belongs to
/// none.
torch::Tensor mean_by_sequence(const torch::Tensor& states, const TokenBatch& tokens);

/// An encoder of text: pieces in, a state a piece out.
class TextEncoder : public Encoder {
 public:
  /// Returns (R, L, D).
  virtual torch::Tensor states(const TokenBatch& tokens) = 0;
  /// What tells whether two segments belong together: (S, D) of states.
  virtual torch::Tensor pooled(const torch::Tensor& states, const TokenBatch& tokens) = 0;
  /// (V, D); a language model's decoder has the same weights.
  virtual torch::Tensor word_embeddings() const = 0;
  /// Features of each sequence: the mean of its pieces' states, (S, D).
  torch::Tensor forward(const Batch& batch) override;
};

class BertLayer;

/// Devlin et al., "BERT", NAACL 2019: post-norm blocks, learned positions, exact GELU; parameters
/// named as Hugging Face's `BertModel` has them.
class Bert final : public TextEncoder {
 public:
  explicit Bert(const TextEncoderShape& shape);

  torch::Tensor states(const TokenBatch& tokens) override;
  /// tanh of a dense layer on the state of [CLS].
  torch::Tensor pooled(const torch::Tensor& states, const TokenBatch& tokens) override;
  torch::Tensor word_embeddings() const override { return words_->weight; }

 private:
  double dropout_;
  torch::nn::Embedding words_{nullptr};
  torch::nn::Embedding positions_{nullptr};
  torch::nn::Embedding segments_{nullptr};
  torch::nn::LayerNorm norm_{nullptr};
  std::vector<std::shared_ptr<BertLayer>> layers_;
  torch::nn::Linear pooler_{nullptr};
};

/// Initial weights are drawn from LibTorch's current generator.
std::shared_ptr<TextEncoder> make_text_encoder(const TextEncoderShape& shape);

}  // namespace pretext
