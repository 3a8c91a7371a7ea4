#pragma once

#include "core/encoder/encoder_registry.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>

namespace pretext {

/// A backbone: images in, features out. What is evaluated and exported; heads belong to objectives.
class Encoder : public torch::nn::Module {
 public:
  /// `images`: (N, C, H, W), normalised. Returns (N, D), D = `EncoderShape::num_features()`.
  virtual torch::Tensor forward(const torch::Tensor& images) = 0;
};

/// Builds an encoder with parameters named as torchvision names them (without the classifier).
/// Initial weights are drawn from LibTorch's current generator.
std::shared_ptr<Encoder> make_encoder(const EncoderShape& shape);

}  // namespace pretext
