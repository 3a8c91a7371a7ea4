#pragma once

#include "gpu/encoder/text_encoder.h"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/normalization.h>

#include <memory>
#include <vector>

namespace pretext {

class GptBlock;

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
