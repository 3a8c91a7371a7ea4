#include "gpu/encoder/bert.h"

#include "gpu/encoder/dropout.h"
#include "gpu/encoder/text_layers.h"

#include <torch/torch.h>

namespace pretext {

namespace nn = torch::nn;

namespace {

constexpr double kEpsilon = 1e-12;  // Of the layer norms, as BERT's.

}  // namespace

class BertLayer final : public nn::Module {
 public:
  BertLayer(const TextEncoderShape& shape) : heads_(shape.heads), dropout_(shape.dropout) {
    const auto width = shape.width;
    auto own = make_holder();
    query_ = own->register_module("query", make_dense(width, width));
    key_ = own->register_module("key", make_dense(width, width));
    value_ = own->register_module("value", make_dense(width, width));
    auto mixed = make_holder();
    mix_ = mixed->register_module("dense", make_dense(width, width));
    mix_norm_ = mixed->register_module("LayerNorm", make_norm(width, kEpsilon));
    auto attention = make_holder();
    attention->register_module("self", own);
    attention->register_module("output", mixed);
    register_module("attention", attention);
    auto intermediate = make_holder();
    inner_ = intermediate->register_module("dense", make_dense(width, shape.inner));
    register_module("intermediate", intermediate);
    auto output = make_holder();
    outer_ = output->register_module("dense", make_dense(shape.inner, width));
    outer_norm_ = output->register_module("LayerNorm", make_norm(width, kEpsilon));
    register_module("output", output);
  }

  /// `x`: (R, L, D); `mask`: as `attention_mask`.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask) {
    const auto mixed =
        attend(by_head(query_(x), heads_), by_head(key_(x), heads_), by_head(value_(x), heads_),
               mask, false, is_training() ? dropout_ : 0.0);
    const auto attended = mix_norm_(x + drop(mix_(mixed)));
    return outer_norm_(attended + drop(outer_(torch::gelu(inner_(attended)))));
  }

 private:
  torch::Tensor drop(const torch::Tensor& x) const {
    return apply_dropout(x, dropout_, is_training());
  }

  std::int64_t heads_;
  double dropout_;
  nn::Linear query_{nullptr}, key_{nullptr}, value_{nullptr}, mix_{nullptr};
  nn::Linear inner_{nullptr}, outer_{nullptr};
  nn::LayerNorm mix_norm_{nullptr}, outer_norm_{nullptr};
};

Bert::Bert(const TextEncoderShape& shape) : dropout_(shape.dropout) {
  auto embeddings = make_holder();
  words_ =
      embeddings->register_module("word_embeddings", make_embedding(shape.vocabulary, shape.width));
  positions_ = embeddings->register_module("position_embeddings",
                                           make_embedding(shape.positions, shape.width));
  segments_ = embeddings->register_module("token_type_embeddings", make_embedding(2, shape.width));
  norm_ = embeddings->register_module("LayerNorm", make_norm(shape.width, kEpsilon));
  register_module("embeddings", embeddings);
  auto list = make_holder();
  for (std::int64_t i = 0; i < shape.layers; ++i)
    layers_.push_back(list->register_module(std::to_string(i), std::make_shared<BertLayer>(shape)));
  auto encoder = make_holder();
  encoder->register_module("layer", list);
  register_module("encoder", encoder);
  auto pooler = make_holder();
  pooler_ = pooler->register_module("dense", make_dense(shape.width, shape.width));
  register_module("pooler", pooler);
}

torch::Tensor Bert::states(const TokenBatch& tokens) {
  auto x = norm_(words_(tokens.ids) + positions_(tokens.positions) + segments_(tokens.segments));
  x = apply_dropout(x, dropout_, is_training());
  const auto mask = attention_mask(tokens);
  for (auto& layer : layers_) x = layer->forward(x, mask);
  return x;
}

torch::Tensor Bert::pooled(const torch::Tensor& states, const TokenBatch& tokens) {
  return torch::tanh(pooler_(states.flatten(0, 1).index_select(0, tokens.starts)));
}

}  // namespace pretext
