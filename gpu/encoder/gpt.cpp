#include "gpu/encoder/gpt.h"

#include "gpu/encoder/dropout.h"
#include "gpu/encoder/text_layers.h"

#include <torch/torch.h>

#include <cmath>

namespace pretext {

namespace nn = torch::nn;

namespace {

constexpr double kEpsilon = 1e-5;    // Of the layer norms, as GPT-2's.
constexpr double kDeviation = 0.02;  // Of initial weights.

}  // namespace

/// A linear layer whose weights lie (in, out), as GPT-2's checkpoints have them.
class TransposedLinear final : public nn::Module {
 public:
  TransposedLinear(std::int64_t in, std::int64_t out, double deviation)
      : weight_(register_parameter("weight", torch::randn({in, out}) * deviation)),
        bias_(register_parameter("bias", torch::zeros({out}))) {}

  torch::Tensor forward(const torch::Tensor& x) const { return torch::matmul(x, weight_) + bias_; }

 private:
  torch::Tensor weight_;
  torch::Tensor bias_;
};

GptBlock::GptBlock(const TextEncoderShape& shape) : heads_(shape.heads), dropout_(shape.dropout) {
  const auto width = shape.width;
  // What is added to the stream starts smaller the more blocks add to it.
  const double added = kDeviation / std::sqrt(2.0 * static_cast<double>(shape.layers));
  const auto layer = [](nn::Module& holder, const char* name, std::int64_t in, std::int64_t out,
                        double deviation) {
    return holder.register_module(name, std::make_shared<TransposedLinear>(in, out, deviation));
  };
  first_norm_ = register_module("ln_1", make_norm(width, kEpsilon));
  auto attention = make_holder();
  projected_ = layer(*attention, "c_attn", width, 3 * width, kDeviation);
  mix_ = layer(*attention, "c_proj", width, width, added);
  register_module("attn", attention);
  second_norm_ = register_module("ln_2", make_norm(width, kEpsilon));
  auto inner = make_holder();
  inner_ = layer(*inner, "c_fc", width, shape.inner, kDeviation);
  outer_ = layer(*inner, "c_proj", shape.inner, width, added);
  register_module("mlp", inner);
}

torch::Tensor GptBlock::forward(const torch::Tensor& x, const torch::Tensor& mask) {
  const auto drop = [&](const torch::Tensor& added) {
    return apply_dropout(added, dropout_, is_training());
  };
  const auto parts = projected_->forward(first_norm_(x)).chunk(3, 2);
  const auto mixed = attend(by_head(parts[0], heads_), by_head(parts[1], heads_),
                            by_head(parts[2], heads_), mask, true, is_training() ? dropout_ : 0.0);
  const auto attended = x + drop(mix_->forward(mixed));
  const auto inner = torch::gelu(inner_->forward(second_norm_(attended)), "tanh");
  return attended + drop(outer_->forward(inner));
}

Gpt::Gpt(const TextEncoderShape& shape) : dropout_(shape.dropout) {
  words_ = register_module("wte", make_embedding(shape.vocabulary, shape.width));
  positions_ = register_module("wpe", make_embedding(shape.positions, shape.width));
  auto list = make_holder();
  for (std::int64_t i = 0; i < shape.layers; ++i)
    blocks_.push_back(list->register_module(std::to_string(i), std::make_shared<GptBlock>(shape)));
  register_module("h", list);
  norm_ = register_module("ln_f", make_norm(shape.width, kEpsilon));
}

torch::Tensor Gpt::states(const TokenBatch& tokens) {
  auto x = words_(tokens.ids) + positions_(tokens.positions);
  x = apply_dropout(x, dropout_, is_training());
  const auto mask = attention_mask(tokens, true);
  for (auto& block : blocks_) x = block->forward(x, mask);
  return norm_(x);
}

torch::Tensor Gpt::pooled(const torch::Tensor& states, const TokenBatch& tokens) {
  const auto numbers = tokens.sequences.flatten();
  const auto sizes = torch::bincount(numbers.index({numbers >= 0}), {}, tokens.starts.size(0));
  return states.flatten(0, 1).index_select(0, tokens.starts + sizes - 1);
}

}  // namespace pretext
