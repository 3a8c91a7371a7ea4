#include "gpu/objective/masked_lm.h"

#include "gpu/encoder/text_encoder.h"
#include "gpu/loss/linear_cross_entropy.h"

#include <torch/torch.h>

namespace pretext {
namespace {

namespace nn = torch::nn;

constexpr double kEpsilon = 1e-12;   // Of the layer norm, as BERT's.
constexpr double kDeviation = 0.02;  // Of initial weights.

nn::Linear dense(std::int64_t in, std::int64_t out) {
  nn::Linear layer(in, out);
  nn::init::normal_(layer->weight, 0.0, kDeviation);
  nn::init::zeros_(layer->bias);
  return layer;
}

class MaskedLm final : public LanguageObjective {
 public:
  MaskedLm(std::int64_t features, std::int64_t vocabulary, bool has_pairs) {
    auto transform = std::make_shared<nn::Module>();
    dense_ = transform->register_module("dense", dense(features, features));
    norm_ = transform->register_module(
        "LayerNorm", nn::LayerNorm(nn::LayerNormOptions({features}).eps(kEpsilon)));
    auto predictions = std::make_shared<nn::Module>();
    predictions->register_module("transform", transform);
    bias_ = predictions->register_parameter("bias", torch::zeros({vocabulary}));
    register_module("predictions", predictions);
    if (has_pairs) relation_ = register_module("seq_relationship", dense(features, 2));
  }

  ObjectiveOutput forward(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    const auto& tokens = batch.tokens;
    const auto states = text.states(tokens);
    const auto ready = transform(states, tokens);
    const auto language =
        linear_cross_entropy(ready, text.word_embeddings(), bias_, tokens.originals);
    ObjectiveOutput output{language.loss,
                           {{"train/mlm_loss", language.loss.item<double>()},
                            {"train/mlm_accuracy", language.accuracy}}};
    if (relation_) add_pairs(text, states, tokens, output);
    return output;
  }

  torch::Tensor scores(Encoder& encoder, const Batch& batch) override {
    auto& text = text_encoder(encoder, batch);
    return torch::addmm(bias_, transform(text.states(batch.tokens), batch.tokens),
                        text.word_embeddings().t());
  }

 private:
  static TextEncoder& text_encoder(Encoder& encoder, const Batch& batch) {
    auto* text = dynamic_cast<TextEncoder*>(&encoder);
    TORCH_CHECK(text && batch.is_text(),
                "masked language modelling needs text and an encoder of it");
    return *text;
  }

  /// Of the hidden pieces only: the decoder costs more than the rest of a small encoder.
  torch::Tensor transform(const torch::Tensor& states, const TokenBatch& tokens) {
    return norm_(torch::gelu(dense_(states.flatten(0, 1).index_select(0, tokens.masked))));
  }

  void add_pairs(TextEncoder& text, const torch::Tensor& states, const TokenBatch& tokens,
                 ObjectiveOutput& output) {
    const auto has_pair = (tokens.pair_labels >= 0).nonzero().squeeze(1);
    if (has_pair.size(0) == 0) return;
    const auto labels = tokens.pair_labels.index_select(0, has_pair);
    const auto scores = relation_(text.pooled(states, tokens).index_select(0, has_pair));
    const auto loss = torch::cross_entropy_loss(scores.to(torch::kFloat32), labels);
    const auto hits = (scores.detach().argmax(1) == labels).to(torch::kFloat32).mean();
    output.loss = output.loss + loss;
    output.readings["train/pair_loss"] = loss.item<double>();
    output.readings["train/pair_accuracy"] = hits.item<double>();
  }

  nn::Linear dense_{nullptr};
  nn::LayerNorm norm_{nullptr};
  torch::Tensor bias_;
  nn::Linear relation_{nullptr};
};

std::shared_ptr<Objective> make(const Experiment& experiment, std::int64_t features,
                                bool has_pairs) {
  return std::make_shared<MaskedLm>(features, experiment.integer("encoder.vocabulary"), has_pairs);
}

}  // namespace

std::shared_ptr<Objective> make_mlm(const Experiment& experiment, std::int64_t features) {
  return make(experiment, features, false);
}

std::shared_ptr<Objective> make_mlm_with_pairs(const Experiment& experiment,
                                               std::int64_t features) {
  return make(experiment, features, true);
}

}  // namespace pretext
