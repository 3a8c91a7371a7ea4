#include "gpu/encoder/text_encoder.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

namespace pretext {

namespace nn = torch::nn;

namespace {

constexpr double kEpsilon = 1e-12;   // Of the layer norms, as BERT's.
constexpr double kDeviation = 0.02;  // Of initial weights.

nn::LayerNorm layer_norm(std::int64_t width) {
  return nn::LayerNorm(nn::LayerNormOptions({width}).eps(kEpsilon));
}

/// Weights from N(0, 0.02), biases 0, as Hugging Face's BertPreTrainedModel does.
nn::Linear dense(std::int64_t in, std::int64_t out) {
  nn::Linear layer(in, out);
  nn::init::normal_(layer->weight, 0.0, kDeviation);
  nn::init::zeros_(layer->bias);
  return layer;
}

nn::Embedding embedding(std::int64_t count, std::int64_t width) {
  nn::Embedding table(count, width);
  nn::init::normal_(table->weight, 0.0, kDeviation);
  return table;
}

/// A module that only holds others, so that names come out as "attention.self.query".
std::shared_ptr<nn::Module> holder() {
  return std::make_shared<nn::Module>();
}

}  // namespace

torch::Tensor attention_mask(const TokenBatch& tokens) {
  const bool is_full = tokens.num_pieces == tokens.ids.numel();
  if (is_full && tokens.starts.size(0) == tokens.ids.size(0)) return {};
  const auto same = tokens.sequences.unsqueeze(2) == tokens.sequences.unsqueeze(1);  // (R, L, L)
  return torch::zeros(same.sizes(), tokens.sequences.options().dtype(torch::kFloat32))
      .masked_fill_(same.logical_not(), -std::numeric_limits<float>::infinity())
      .unsqueeze(1);
}

torch::Tensor mean_by_sequence(const torch::Tensor& states, const TokenBatch& tokens) {
  const auto count = tokens.starts.size(0);
  const auto flat = states.flatten(0, 1);  // (R * L, D)
  // Padding is gathered into a row of its own, which is cut off.
  const auto number = tokens.sequences.flatten();
  const auto target = torch::where(number < 0, torch::full_like(number, count), number);
  const auto sums =
      torch::zeros({count + 1, flat.size(1)}, flat.options()).index_add(0, target, flat);
  const auto sizes = torch::zeros({count + 1}, flat.options())
                         .index_add(0, target, torch::ones({flat.size(0)}, flat.options()));
  return (sums / sizes.clamp_min(1).unsqueeze(1)).narrow(0, 0, count);
}

torch::Tensor TextEncoder::forward(const Batch& batch) {
  return mean_by_sequence(states(batch.tokens), batch.tokens);
}

class BertLayer final : public nn::Module {
 public:
  BertLayer(const TextEncoderShape& shape) : heads_(shape.heads), dropout_(shape.dropout) {
    const auto width = shape.width;
    auto own = holder();
    query_ = own->register_module("query", dense(width, width));
    key_ = own->register_module("key", dense(width, width));
    value_ = own->register_module("value", dense(width, width));
    auto mixed = holder();
    mix_ = mixed->register_module("dense", dense(width, width));
    mix_norm_ = mixed->register_module("LayerNorm", layer_norm(width));
    auto attention = holder();
    attention->register_module("self", own);
    attention->register_module("output", mixed);
    register_module("attention", attention);
    auto intermediate = holder();
    inner_ = intermediate->register_module("dense", dense(width, shape.inner));
    register_module("intermediate", intermediate);
    auto output = holder();
    outer_ = output->register_module("dense", dense(shape.inner, width));
    outer_norm_ = output->register_module("LayerNorm", layer_norm(width));
    register_module("output", output);
  }

  /// `x`: (R, L, D); `mask`: as `attention_mask`.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask) {
    const auto by_head = [&](const torch::Tensor& projected) {
      return projected.view({x.size(0), x.size(1), heads_, -1}).transpose(1, 2);
    };
    const auto bias = mask.defined() ? std::make_optional(mask.to(x.scalar_type())) : std::nullopt;
    const auto mixed =
        at::scaled_dot_product_attention(by_head(query_(x)), by_head(key_(x)), by_head(value_(x)),
                                         bias, is_training() ? dropout_ : 0.0);
    const auto attended = mix_norm_(x + drop(mix_(mixed.transpose(1, 2).flatten(2))));
    return outer_norm_(attended + drop(outer_(torch::gelu(inner_(attended)))));
  }

 private:
  torch::Tensor drop(const torch::Tensor& x) const {
    return dropout_ > 0 ? torch::dropout(x, dropout_, is_training()) : x;
  }

  std::int64_t heads_;
  double dropout_;
  nn::Linear query_{nullptr}, key_{nullptr}, value_{nullptr}, mix_{nullptr};
  nn::Linear inner_{nullptr}, outer_{nullptr};
  nn::LayerNorm mix_norm_{nullptr}, outer_norm_{nullptr};
};

Bert::Bert(const TextEncoderShape& shape) : dropout_(shape.dropout) {
  auto embeddings = holder();
  words_ = embeddings->register_module("word_embeddings", embedding(shape.vocabulary, shape.width));
  positions_ =
      embeddings->register_module("position_embeddings", embedding(shape.positions, shape.width));
  segments_ = embeddings->register_module("token_type_embeddings", embedding(2, shape.width));
  norm_ = embeddings->register_module("LayerNorm", layer_norm(shape.width));
  register_module("embeddings", embeddings);
  auto list = holder();
  for (std::int64_t i = 0; i < shape.layers; ++i)
    layers_.push_back(list->register_module(std::to_string(i), std::make_shared<BertLayer>(shape)));
  auto encoder = holder();
  encoder->register_module("layer", list);
  register_module("encoder", encoder);
  auto pooler = holder();
  pooler_ = pooler->register_module("dense", dense(shape.width, shape.width));
  register_module("pooler", pooler);
}

torch::Tensor Bert::states(const TokenBatch& tokens) {
  auto x = norm_(words_(tokens.ids) + positions_(tokens.positions) + segments_(tokens.segments));
  if (dropout_ > 0) x = torch::dropout(x, dropout_, is_training());
  const auto mask = attention_mask(tokens);
  for (auto& layer : layers_) x = layer->forward(x, mask);
  return x;
}

torch::Tensor Bert::pooled(const torch::Tensor& states, const TokenBatch& tokens) {
  return torch::tanh(pooler_(states.flatten(0, 1).index_select(0, tokens.starts)));
}

std::shared_ptr<TextEncoder> make_text_encoder(const TextEncoderShape& shape) {
  return std::make_shared<Bert>(shape);
}

}  // namespace pretext
