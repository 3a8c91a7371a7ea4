#pragma once

#include <torch/types.h>

namespace pretext {

/// Settings of `nt_xent_loss`.
struct NtXentLossOptions {
  /// Softmax temperature, dimensionless, finite and > 0.
  /// Smaller values let the most similar negatives dominate the gradient.
  double temperature = 0.1;
  /// Rows of the similarity matrix that stand in memory at a time; 0 for as many as suit the
  /// device: 512, on a GPU, which wants more work at once, up to 256 MiB of them.
  std::int64_t block_rows = 0;
};

/// What the loss saw on the way, none of it differentiable.
struct NtXentReadings {
  torch::Tensor loss;            ///< Scalar, nats; differentiable.
  double top1 = 0.0;             ///< Share of rows whose partner is the nearest of all others.
  double positive_cosine = 0.0;  ///< Mean cosine of partners.
  double negative_cosine = 0.0;  ///< Mean cosine of all other pairs.
};

/// Normalised-temperature cross-entropy between two views of a batch.
///
/// Each of the 2N projections must pick its partner among the 2N - 1 others:
///
///     l(i) = -log( exp(s(i, p(i)) / t) / sum_{k != i} exp(s(i, k) / t) )
///
/// with s the cosine similarity, p(i) the other view of the same image and t the temperature. The
/// result is the mean of l over all 2N rows, in nats.
///
/// Chen et al., "A Simple Framework for Contrastive Learning of Visual Representations", ICML 2020,
/// equation 1. https://arxiv.org/abs/2002.05709
///
/// Memory is linear in N: blocks of rows, the gradient written during the forward pass.
///
/// `first`, `second`: projections, shape (N, D), N >= 2, same floating dtype and device. Row i of
/// both stems from image i. Scale is irrelevant. The loss is float32 for half and bfloat16 input,
/// otherwise of the input's dtype. Throws c10::Error when the inputs or options break these rules.
NtXentReadings nt_xent_loss(const torch::Tensor& first, const torch::Tensor& second,
                            const NtXentLossOptions& options = {});

/// The same loss image by image, (N) float32: the mean of its two rows' l. Without gradients; the
/// whole similarity matrix stands in memory. Throws as `nt_xent_loss`.
torch::Tensor nt_xent_losses(const torch::Tensor& first, const torch::Tensor& second,
                             double temperature);

}  // namespace pretext
