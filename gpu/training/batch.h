#pragma once

#include <torch/types.h>

#include <cstdint>

namespace pretext {

/// Rows of pieces, each of one or several sequences that do not see each other, padded at its end.
/// R rows of L pieces, S sequences, M predicted pieces; all int64. A *place* is row · L + column.
struct TokenBatch {
  torch::Tensor ids;            ///< (R, L); [PAD] behind a row's last sequence.
  torch::Tensor segments;       ///< (R, L); 0 or 1: first or second segment.
  torch::Tensor positions;      ///< (R, L); within the sequence.
  torch::Tensor sequences;      ///< (R, L); number of the sequence in the batch, -1 for padding.
  torch::Tensor starts;         ///< (S); place of each sequence's first piece.
  torch::Tensor predicted;      ///< (M); places whose states predict a piece, ascending.
  torch::Tensor targets;        ///< (M); ids of these pieces: what was hidden there, or comes next.
  torch::Tensor pair_labels;    ///< (S); 0 in order, 1 random or swapped, -1 without a pair.
  std::int64_t num_pieces = 0;  ///< Without padding.

  TokenBatch to(const torch::Device& device) const;
  /// Rows [begin, begin + count), sequences and places counted from 0.
  TokenBatch rows(std::int64_t begin, std::int64_t count) const;
};

/// What one step gives to an encoder and an objective: images or text.
struct Batch {
  torch::Tensor images;        ///< (V * N, C, H, W): view 0 of all N samples, then view 1.
  TokenBatch tokens;           ///< Text instead.
  TokenBatch originals;        ///< What damaged texts were, sequence by sequence; may be absent.
  std::int64_t num_views = 1;  ///< V
  torch::Tensor labels;        ///< (N) in [0, classes); undefined unless learning from labels.

  bool is_text() const { return tokens.ids.defined(); }
  Batch to(const torch::Device& device) const;
  /// Micro-batch `number` of `count` of equal size: each has its samples' views.
  Batch part(std::int64_t number, std::int64_t count) const;
};

}  // namespace pretext
