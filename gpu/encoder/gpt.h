#pragma once

#include "gpu/encoder/text_encoder.h"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/normalization.h>

#include <memory>
#include <vector>

namespace pretext {

class TransposedLinear;

/// Attention to what stands before, then a layer of GELU, each behind a norm and added to the
/// stream.
class GptBlock final : public torch::nn::Module {
 public:
  /// `shape.layers`: of how many blocks this is one.
  explicit GptBlock(const TextEncoderShape& shape);

  /// `x`: (R, L, D); `mask`: as `attention_mask`, causal.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask);

 private:
  std::int64_t heads_;
  double dropout_;
  torch::nn::LayerNorm first_norm_{nullptr}, second_norm_{nullptr};
  std::shared_ptr<TransposedLinear> projected_, mix_, inner_, outer_;
};

/// Radford et al., "Language Models are Unsupervised Multitask Learners" (GPT-2), 2019: pre-norm
/// blocks that see only what stands before, learned positions, GELU by tanh; parameters named as
/// Hugging Face's `GPT2Model` has them.
class Gpt final : public TextEncoder {
 public:
  explicit Gpt(const TextEncoderShape& shape);

  torch::Tensor states(const TokenBatch& tokens) override;
  /// The state of each sequence's last piece, which has seen all others.
  torch::Tensor pooled(const torch::Tensor& states, const TokenBatch& tokens) override;
  torch::Tensor word_embeddings() const override { return words_->weight; }

 private:
  double dropout_;
  torch::nn::Embedding words_{nullptr};
  torch::nn::Embedding positions_{nullptr};
  std::vector<std::shared_ptr<GptBlock>> blocks_;
  torch::nn::LayerNorm norm_{nullptr};
};

}  // namespace pretext
