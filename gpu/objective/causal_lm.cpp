#include "gpu/objective/causal_lm.h"

#include "gpu/loss/linear_cross_entropy.h"
#include "gpu/objective/language.h"

#include <torch/torch.h>

namespace pretext {
namespace {

class CausalLm final : public LanguageObjective {
 public:
  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    const auto decoder = text.word_embeddings();
    const auto no_bias = torch::zeros({decoder.size(0)}, decoder.options());
    const auto language = linear_cross_entropy(predicting(text, batch.tokens), decoder, no_bias,
                                               batch.tokens.targets);
    return {language.loss,
            {{"train/lm_loss", language.loss.item<double>()},
             {"train/lm_accuracy", language.accuracy}}};
  }

  torch::Tensor scores(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    return torch::mm(predicting(text, batch.tokens), text.word_embeddings().t());
  }

  bool is_causal() const override { return true; }

 private:
  /// States of the pieces that predict another, (M, D).
  static torch::Tensor predicting(TextEncoder& text, const TokenBatch& tokens) {
    return text.states(tokens).flatten(0, 1).index_select(0, tokens.predicted);
  }
};

}  // namespace

std::shared_ptr<Objective> make_gpt(const Experiment& /*experiment*/, std::int64_t /*features*/) {
  return std::make_shared<CausalLm>();
}

}  // namespace pretext
