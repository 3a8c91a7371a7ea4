#include "gpu/encoder/vit.h"

#include <torch/torch.h>

#include <cmath>

namespace pretext {
namespace {

namespace nn = torch::nn;

constexpr double kEpsilon = 1e-6;  // Of the layer norms, as torchvision's.

/// Attention whose parameters are named as `torch.nn.MultiheadAttention` names them.
class SelfAttention final : public nn::Module {
 public:
  SelfAttention(std::int64_t width, std::int64_t heads) : heads_(heads) {
    in_weight_ = register_parameter("in_proj_weight", torch::empty({3 * width, width}));
    in_bias_ = register_parameter("in_proj_bias", torch::zeros({3 * width}));
    out_ = register_module("out_proj", nn::Linear(width, width));
    nn::init::xavier_uniform_(in_weight_);
    nn::init::zeros_(out_->bias);
  }

  torch::Tensor forward(const torch::Tensor& x) {  // (N, T, D)
    const auto n = x.size(0);
    const auto tokens = x.size(1);
    const auto width = x.size(2);
    const auto parts = torch::linear(x, in_weight_, in_bias_)
                           .view({n, tokens, 3, heads_, width / heads_})
                           .permute({2, 0, 3, 1, 4});  // (3, N, heads, T, D / heads)
    const auto mixed = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
    return out_(mixed.transpose(1, 2).reshape({n, tokens, width}));
  }

 private:
  std::int64_t heads_;
  torch::Tensor in_weight_;
  torch::Tensor in_bias_;
  nn::Linear out_{nullptr};
};

class TransformerBlock final : public nn::Module {
 public:
  TransformerBlock(std::int64_t width, std::int64_t heads) {
    const auto norm = nn::LayerNormOptions({width}).eps(kEpsilon);
    ln_1_ = register_module("ln_1", nn::LayerNorm(norm));
    attention_ = register_module("self_attention", std::make_shared<SelfAttention>(width, heads));
    ln_2_ = register_module("ln_2", nn::LayerNorm(norm));
    // torchvision numbers the layers 0 and 3, with activation and dropout between them.
    auto mlp = std::make_shared<nn::Module>();
    first_ = mlp->register_module("0", nn::Linear(width, 4 * width));
    second_ = mlp->register_module("3", nn::Linear(4 * width, width));
    register_module("mlp", mlp);
    for (auto& layer : {first_, second_}) {
      nn::init::xavier_uniform_(layer->weight);
      nn::init::normal_(layer->bias, 0.0, 1e-6);
    }
  }

  torch::Tensor forward(const torch::Tensor& input) {
    const auto x = input + attention_->forward(ln_1_(input));
    return x + second_(torch::gelu(first_(ln_2_(x))));
  }

 private:
  nn::LayerNorm ln_1_{nullptr};
  std::shared_ptr<SelfAttention> attention_;
  nn::LayerNorm ln_2_{nullptr};
  nn::Linear first_{nullptr};
  nn::Linear second_{nullptr};
};

}  // namespace

VisionTransformer::VisionTransformer(const EncoderShape& shape) {
  const std::int64_t width = shape.kind.width;
  const auto patch = shape.patch_size();
  const auto side = shape.image_size / patch;
  class_token_ = register_parameter("class_token", torch::zeros({1, 1, width}));
  conv_proj_ = register_module(
      "conv_proj", nn::Conv2d(nn::Conv2dOptions(shape.channels, width, patch).stride(patch)));
  const double fan_in = static_cast<double>(shape.channels * patch * patch);
  nn::init::normal_(conv_proj_->weight, 0.0, std::sqrt(1.0 / fan_in));
  nn::init::zeros_(conv_proj_->bias);

  encoder_ = std::make_shared<nn::Module>();
  positions_ = encoder_->register_parameter(
      "pos_embedding", torch::empty({1, side * side + 1, width}).normal_(0.0, 0.02));
  nn::Sequential layers;
  for (int i = 0; i < shape.kind.blocks[0]; ++i) {
    layers->push_back("encoder_layer_" + std::to_string(i),
                      TransformerBlock(width, shape.kind.heads));
  }
  layers_ = encoder_->register_module("layers", layers);
  norm_ =
      encoder_->register_module("ln", nn::LayerNorm(nn::LayerNormOptions({width}).eps(kEpsilon)));
  register_module("encoder", encoder_);
}

torch::Tensor VisionTransformer::forward(const Batch& batch) {
  const auto patches = conv_proj_(batch.images).flatten(2).transpose(1, 2);  // (N, tokens - 1, D)
  const auto token = class_token_.expand({patches.size(0), -1, -1});
  const auto x = torch::cat({token, patches}, 1) + positions_;
  return norm_(layers_->forward(x)).select(1, 0);
}

}  // namespace pretext
