#pragma once

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include <memory>

namespace pretext {

// What the encoders of text are made of. Weights are drawn from N(0, 0.02), biases are 0, as
// Hugging Face's models have them.

torch::nn::Linear make_dense(std::int64_t in, std::int64_t out, bool has_bias = true);
torch::nn::Embedding make_embedding(std::int64_t count, std::int64_t width);
torch::nn::LayerNorm make_norm(std::int64_t width, double epsilon);

/// A layer norm without bias, as ModernBERT's.
class WeightNorm final : public torch::nn::Module {
 public:
  explicit WeightNorm(std::int64_t width);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  torch::Tensor weight_;
};

/// A module that only holds others, so that names come out as "attention.self.query".
std::shared_ptr<torch::nn::Module> make_holder();

/// Attention of several heads: `queries`, `keys`, `values` (R, heads, L, D / heads) to (R, L, D).
/// `mask`: as `attention_mask`; where it is undefined, `is_causal` alone says who sees whom.
torch::Tensor attend(const torch::Tensor& queries, const torch::Tensor& keys,
                     const torch::Tensor& values, const torch::Tensor& mask, bool is_causal,
                     double dropout_probability);

/// (R, L, D) to (R, heads, L, D / heads).
torch::Tensor by_head(const torch::Tensor& projected, std::int64_t heads);

}  // namespace pretext
