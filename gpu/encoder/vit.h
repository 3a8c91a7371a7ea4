#pragma once

#include "gpu/encoder/encoder.h"

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>

namespace pretext {

/// Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021: pre-norm blocks, class token,
/// learned positions; parameters named as torchvision's `VisionTransformer` has them.
class VisionTransformer final : public Encoder {
 public:
  explicit VisionTransformer(const EncoderShape& shape);
  torch::Tensor forward(const Batch& batch) override;

 private:
  torch::nn::Conv2d conv_proj_{nullptr};
  torch::Tensor class_token_;  // (1, 1, D)
  std::shared_ptr<torch::nn::Module> encoder_;
  torch::Tensor positions_;  // (1, tokens, D)
  torch::nn::Sequential layers_{nullptr};
  torch::nn::LayerNorm norm_{nullptr};
};

}  // namespace pretext
