#pragma once

#include "gpu/encoder/text_encoder.h"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <memory>
#include <vector>

namespace pretext {

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

}  // namespace pretext
