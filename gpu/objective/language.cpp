#include "gpu/objective/language.h"

#include <torch/torch.h>

namespace pretext {

torch::Tensor LanguageObjective::sample_losses(Encoder& encoder, const Batch& batch) {
  const auto& tokens = batch.tokens;
  const auto losses = torch::cross_entropy_loss(scores(encoder, batch).to(torch::kFloat32),
                                                tokens.targets, {}, at::Reduction::None);
  const auto owners = tokens.sequences.flatten().index_select(0, tokens.predicted);
  const auto zeros = torch::zeros({tokens.starts.size(0)}, losses.options());
  const auto counts = zeros.index_add(0, owners, torch::ones_like(losses));
  return zeros.index_add(0, owners, losses) / counts;  // 0 / 0 is NaN.
}

TextEncoder& LanguageObjective::text_encoder(Encoder& encoder, const Batch& batch) {
  auto* text = dynamic_cast<TextEncoder*>(&encoder);
  TORCH_CHECK(text && batch.is_text(), "language modelling needs text and an encoder of it");
  return *text;
}

}  // namespace pretext
