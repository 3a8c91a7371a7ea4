#pragma once

#include "gpu/encoder/text_encoder.h"

#include <torch/nn/modules/embedding.h>

#include <memory>
#include <vector>

namespace pretext {

class ModernBertLayer;
class WeightNorm;

/// An encoder as one would build it today: pre-norm, no biases, rotary positions (Su et al.,
/// "RoFormer", 2021), GeGLU (Shazeer, 2020); every layer sees the whole sequence. No segments:
/// pairs are told apart by [SEP] alone. Warner et al., "ModernBERT", 2024; parameters named as
/// Hugging Face's `ModernBertModel` has them.
class ModernBert final : public TextEncoder {
 public:
  explicit ModernBert(const TextEncoderShape& shape);

  torch::Tensor states(const TokenBatch& tokens) override;
  /// The state of [CLS].
  torch::Tensor pooled(const torch::Tensor& states, const TokenBatch& tokens) override;
  torch::Tensor word_embeddings() const override { return words_->weight; }

 private:
  double dropout_;
  std::int64_t head_width_;
  torch::nn::Embedding words_{nullptr};
  std::shared_ptr<WeightNorm> norm_;
  std::vector<std::shared_ptr<ModernBertLayer>> layers_;
  std::shared_ptr<WeightNorm> final_norm_;
};

}  // namespace pretext
