#include "gpu/encoder/text_layers.h"

#include "gpu/encoder/dropout.h"

#include <torch/torch.h>

#include <cmath>

namespace pretext {

namespace nn = torch::nn;

namespace {

constexpr double kDeviation = 0.02;      // Of initial weights.
constexpr double kModernEpsilon = 1e-5;  // Of ModernBERT's layer norms.

/// As `scaled_dot_product_attention`, which on the CPU has no fused kernel with dropout either and
/// would draw on one thread.
torch::Tensor attend_and_drop(const torch::Tensor& queries, const torch::Tensor& keys,
                              const torch::Tensor& values, const torch::Tensor& mask,
                              double dropout_probability) {
  const double scale = 1.0 / std::sqrt(static_cast<double>(queries.size(-1)));
  auto scores = torch::matmul(queries * scale, keys.transpose(-2, -1));  // (R, heads, L, L)
  if (mask.defined()) scores.add_(mask);
  return torch::matmul(apply_dropout(scores.softmax(-1), dropout_probability, true), values);
}

}  // namespace

nn::Linear make_dense(std::int64_t in, std::int64_t out, bool has_bias) {
  nn::Linear layer(nn::LinearOptions(in, out).bias(has_bias));
  nn::init::normal_(layer->weight, 0.0, kDeviation);
  if (has_bias) nn::init::zeros_(layer->bias);
  return layer;
}

nn::Embedding make_embedding(std::int64_t count, std::int64_t width) {
  nn::Embedding table(count, width);
  nn::init::normal_(table->weight, 0.0, kDeviation);
  return table;
}

nn::LayerNorm make_norm(std::int64_t width, double epsilon) {
  return nn::LayerNorm(nn::LayerNormOptions({width}).eps(epsilon));
}

WeightNorm::WeightNorm(std::int64_t width)
    : weight_(register_parameter("weight", torch::ones({width}))) {}

torch::Tensor WeightNorm::forward(const torch::Tensor& x) const {
  return torch::layer_norm(x, weight_.sizes(), weight_, {}, kModernEpsilon);
}

std::shared_ptr<nn::Module> make_holder() {
  return std::make_shared<nn::Module>();
}

torch::Tensor attend(const torch::Tensor& queries, const torch::Tensor& keys,
                     const torch::Tensor& values, const torch::Tensor& mask, bool is_causal,
                     double dropout_probability) {
  const bool is_causal_alone = is_causal && !mask.defined();
  const bool drops_here = dropout_probability > 0 && queries.is_cpu() && !is_causal_alone;
  const auto bias =
      mask.defined() ? std::make_optional(mask.to(queries.scalar_type())) : std::nullopt;
  const auto mixed = drops_here
                         ? attend_and_drop(queries, keys, values, mask, dropout_probability)
                         : at::scaled_dot_product_attention(queries, keys, values, bias,
                                                            dropout_probability, is_causal_alone);
  return mixed.transpose(1, 2).flatten(2);
}

torch::Tensor by_head(const torch::Tensor& projected, std::int64_t heads) {
  return projected.view({projected.size(0), projected.size(1), heads, -1}).transpose(1, 2);
}

}  // namespace pretext
