#pragma once

#include "core/encoder/encoder_registry.h"
#include "gpu/training/batch.h"

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>

namespace pretext {

/// A backbone: images or text in, features out. What is evaluated and exported; heads belong to
/// objectives.
class Encoder : public torch::nn::Module {
 public:
  /// Features of each image or sequence, (N, D); images are normalised.
  virtual torch::Tensor forward(const Batch& batch) = 0;
  /// Brings the weights into the layout that this network trains fastest in.
  virtual void lay_out() {}
};

/// Builds an encoder with parameters named as torchvision names them (without the classifier).
/// Initial weights are drawn from LibTorch's current generator.
std::shared_ptr<Encoder> make_encoder(const EncoderShape& shape);

}  // namespace pretext
