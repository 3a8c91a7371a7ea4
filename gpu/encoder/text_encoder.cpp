#include "gpu/encoder/text_encoder.h"

#include "gpu/encoder/bert.h"
#include "gpu/encoder/gpt.h"
#include "gpu/encoder/modern_bert.h"

#include <torch/torch.h>

#include <limits>

namespace pretext {

torch::Tensor attention_mask(const TokenBatch& tokens, bool is_causal) {
  const bool is_full = tokens.num_pieces == tokens.ids.numel();
  const bool is_one_a_row = tokens.starts.size(0) == tokens.ids.size(0);
  if (is_one_a_row && (is_full || is_causal)) return {};
  auto same = tokens.sequences.unsqueeze(2) == tokens.sequences.unsqueeze(1);  // (R, L, L)
  if (is_causal) same = same.tril();
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

std::shared_ptr<TextEncoder> make_text_encoder(const TextEncoderShape& shape) {
  switch (shape.family) {
    case TextFamily::kGpt:
      return std::make_shared<Gpt>(shape);
    case TextFamily::kModernBert:
      return std::make_shared<ModernBert>(shape);
    case TextFamily::kBert:
      break;
  }
  return std::make_shared<Bert>(shape);
}

}  // namespace pretext
