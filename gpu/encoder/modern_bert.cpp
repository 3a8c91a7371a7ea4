#include "gpu/encoder/modern_bert.h"

#include "gpu/encoder/dropout.h"
#include "gpu/encoder/text_layers.h"

#include <torch/torch.h>

#include <cmath>
#include <optional>

namespace pretext {

namespace nn = torch::nn;

namespace {

constexpr double kRotaryBase = 10000.;  // Su et al., section 3.2.2.

/// Rotations by position: cosine and sine, (R, 1, L, D / heads).
struct Rotations {
  torch::Tensor cosine;
  torch::Tensor sine;
};

Rotations rotations_at(const torch::Tensor& positions, std::int64_t width) {
  const auto options = torch::TensorOptions(torch::kFloat32).device(positions.device());
  const auto powers = torch::arange(0, width, 2, options) / static_cast<double>(width);
  const auto frequencies = torch::pow(kRotaryBase, -powers);                     // (w / 2)
  const auto angles = positions.to(torch::kFloat32).unsqueeze(2) * frequencies;  // (R, L, ·)
  const auto both = torch::cat({angles, angles}, 2).unsqueeze(1);
  return {both.cos(), both.sin()};
}

/// `x`: (R, heads, L, w). Pairs are those w / 2 apart, as Hugging Face has them.
torch::Tensor rotated(const torch::Tensor& x, const Rotations& rotations) {
  const auto halves = x.chunk(2, 3);
  const auto turned = torch::cat({-halves[1], halves[0]}, 3);
  return (x * rotations.cosine + turned * rotations.sine).to(x.scalar_type());
}

}  // namespace

class ModernBertLayer final : public nn::Module {
 public:
  /// The first layer has no norm before its attention: the embeddings' stands there.
  ModernBertLayer(const TextEncoderShape& shape, bool is_first)
      : heads_(shape.heads), dropout_(shape.dropout) {
    const auto width = shape.width;
    if (!is_first) attention_norm_ = register_module("attn_norm", norm(width));
    auto attention = make_holder();
    projected_ = attention->register_module("Wqkv", make_dense(width, 3 * width, false));
    mix_ = attention->register_module("Wo", make_dense(width, width, false));
    register_module("attn", attention);
    inner_norm_ = register_module("mlp_norm", norm(width));
    auto inner = make_holder();
    inner_ = inner->register_module("Wi", make_dense(width, 2 * shape.inner, false));
    outer_ = inner->register_module("Wo", make_dense(shape.inner, width, false));
    register_module("mlp", inner);
    // What is added to the stream starts smaller the more layers add to it.
    const torch::NoGradGuard no_grad;
    const double share = 1.0 / std::sqrt(2.0 * static_cast<double>(shape.layers));
    mix_->weight.mul_(share);
    outer_->weight.mul_(share);
  }

  /// `x`: (R, L, D); `mask`: as `attention_mask`.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask,
                        const Rotations& rotations) {
    const auto parts = projected_(attention_norm_ ? attention_norm_->forward(x) : x).chunk(3, 2);
    const auto mixed =
        attend(rotated(by_head(parts[0], heads_), rotations),
               rotated(by_head(parts[1], heads_), rotations), by_head(parts[2], heads_), mask,
               false, is_training() ? dropout_ : 0.0);
    const auto attended = x + drop(mix_(mixed));
    const auto halves = inner_(inner_norm_->forward(attended)).chunk(2, 2);
    return attended + drop(outer_(torch::gelu(halves[0]) * halves[1]));
  }

 private:
  static std::shared_ptr<WeightNorm> norm(std::int64_t width) {
    return std::make_shared<WeightNorm>(width);
  }
  torch::Tensor drop(const torch::Tensor& x) const {
    return apply_dropout(x, dropout_, is_training());
  }

  std::int64_t heads_;
  double dropout_;
  std::shared_ptr<WeightNorm> attention_norm_, inner_norm_;
  nn::Linear projected_{nullptr}, mix_{nullptr}, inner_{nullptr}, outer_{nullptr};
};

ModernBert::ModernBert(const TextEncoderShape& shape)
    : dropout_(shape.dropout), head_width_(shape.width / shape.heads) {
  auto embeddings = make_holder();
  words_ =
      embeddings->register_module("tok_embeddings", make_embedding(shape.vocabulary, shape.width));
  norm_ = embeddings->register_module("norm", std::make_shared<WeightNorm>(shape.width));
  register_module("embeddings", embeddings);
  auto list = make_holder();
  for (std::int64_t i = 0; i < shape.layers; ++i) {
    layers_.push_back(
        list->register_module(std::to_string(i), std::make_shared<ModernBertLayer>(shape, i == 0)));
  }
  register_module("layers", list);
  final_norm_ = register_module("final_norm", std::make_shared<WeightNorm>(shape.width));
}

torch::Tensor ModernBert::states(const TokenBatch& tokens) {
  auto x = norm_->forward(words_(tokens.ids));
  x = apply_dropout(x, dropout_, is_training());
  const auto mask = attention_mask(tokens);
  const auto rotations = rotations_at(tokens.positions, head_width_);
  for (auto& layer : layers_) x = layer->forward(x, mask, rotations);
  return final_norm_->forward(x);
}

torch::Tensor ModernBert::pooled(const torch::Tensor& states, const TokenBatch& tokens) {
  return states.flatten(0, 1).index_select(0, tokens.starts);
}

}  // namespace pretext
